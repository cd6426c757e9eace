"""The workspace as one person sees it: the STATE of the contract in `human`."""

from bot.sandbox import elements
from bot.sandbox.errors import Json
from bot.sandbox.modals import View
from bot.sandbox.parts import Parts
from bot.sandbox.people import BOT_NAME, BOT_USER, PEOPLE, SLACKBOT, TEAM_DOMAIN, TEAM_ID, TEAM_NAME, Person
from bot.sandbox.workspace import Channel, Message, Options, Workspace


def see(parts: Parts, user: str) -> Json:
    """Everything that `user` sees now."""
    workspace = parts.workspace
    return {
        "version": workspace.version,
        "me": user,
        "team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN},
        "bot": {
            "user_id": BOT_USER,
            "name": BOT_NAME,
            "connections": parts.sockets.count,
            "calls": workspace.calls,
        },
        "people": [_person(person, workspace) for person in PEOPLE.values()],
        "channels": [_channel(workspace, channel, user) for channel in workspace.channels_of(user)],
        "views": [_view(workspace, view) for view in parts.modals.stack(user)],
        "faults": [{"id": fault.id, "where": fault.where, "what": fault.what} for fault in workspace.faults],
        "clock": _clock(workspace),
        "options": as_options(workspace.options),
        "commands": [
            {"command": one.command, "hint": one.hint, "description": one.description} for one in workspace.commands
        ],
        "shortcuts": [{"callback_id": one.callback_id, "name": one.name} for one in workspace.shortcuts],
    }


def as_options(options: Options) -> Json:
    return {
        "messages_tab": options.messages_tab,
        "scopes": list(options.scopes),
        "events": list(options.events),
        "edit_window_closed": options.edit_window_closed,
    }


def _clock(workspace: Workspace) -> Json:
    now = workspace.now()
    return {"now": now.isoformat(), "epoch": now.timestamp(), "offset_seconds": workspace.offset_seconds}


def _person(person: Person, workspace: Workspace) -> Json:
    now = workspace.now()
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.real_name,
        "tz": person.zone,
        "tz_label": person.tz_label(now),
        "tz_offset": person.tz_offset(now),
        "locale": person.locale,
    }


def _channel(workspace: Workspace, channel: Channel, user: str) -> Json:
    visible = [message for message in channel.messages.values() if message.visible_to(user)]
    threads: dict[str, list[Message]] = {}
    for message in visible:
        threads.setdefault(message.thread_ts or "", []).append(message)
    return {
        "id": channel.id,
        "name": channel.name_for(user),
        "kind": channel.kind.value,
        "members": sorted(channel.members),
        "bot_is_member": channel.bot_is_member,
        "can_write": not channel.is_bots_dm or workspace.options.messages_tab == "on",
        "messages": [_message(message, threads.get(message.ts, [])) for message in threads.get("", [])],
    }


def _message(message: Message, replies: list[Message]) -> Json:
    kinds = {BOT_USER: "bot", SLACKBOT: "slackbot"}
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "from": kinds.get(message.user, "person"),
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited_ts is not None,
        "deleted": message.deleted,
        "ephemeral": message.only_for is not None,
        "metadata": message.metadata,
        "thread_ts": message.thread_ts,
        "replies": [_message(reply, []) for reply in replies],
        "warning": message.warning,
    }


def _view(workspace: Workspace, view: View) -> Json:
    json = view.json
    choices: Json = {}
    for element in view.inputs:
        if offered := elements.choices(element.json, view.user, workspace):
            choices.setdefault(element.key[0], {})[element.key[1]] = offered
    return {
        "id": view.id,
        "hash": view.hash,
        "callback_id": json.get("callback_id", ""),
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
        "title": json["title"]["text"],
        "submit": json["submit"]["text"] if "submit" in json else None,
        "close": json["close"]["text"] if "close" in json else "Cancel",
        "blocks": json["blocks"],
        "notify_on_close": bool(json.get("notify_on_close")),
        "clear_on_close": bool(json.get("clear_on_close")),
        "values": view.values,
        "choices": choices,
        "errors": view.errors,
        "busy": view.busy,
        "trouble": view.trouble,
        "warning": view.warning,
    }
