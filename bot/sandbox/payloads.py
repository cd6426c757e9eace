"""What Slack sends to an app, in full shape; after the examples in https://docs.slack.dev/reference/interaction-payloads."""

import re
import secrets

from bot.sandbox.elements import Element, Value, state
from bot.sandbox.errors import Json
from bot.sandbox.people import (
    APP_ID,
    BOT_ID,
    BOT_NAME,
    BOT_USER,
    PEOPLE,
    TEAM_DOMAIN,
    TEAM_ID,
    TEAM_NAME,
    VERIFICATION_TOKEN,
    Kind,
)
from bot.sandbox.workspace import Channel, Message, Workspace


def escape(text: str, workspace: Workspace) -> str:
    """What a person typed, as Slack passes it on: control characters escaped, @name and #channel as ids."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    people = {person.name: f"<@{person.id}|{person.name}>" for person in PEOPLE.values()}
    places = {c.place.name: f"<#{c.id}|{c.place.name}>" for c in workspace.channels.values() if c.place.name}
    text = re.sub(r"(?<!\S)@([\w.-]+)", lambda m: people.get(m[1], m[0]), text)
    return re.sub(r"(?<!\S)#([\w.-]+)", lambda m: places.get(m[1], m[0]), text)


def slash_command(user: str, channel: Channel, command: str, text: str, trigger_id: str, response_url: str) -> Json:
    """Over Socket Mode the form of a command arrives as one flat object. `should_escape` is on."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": PEOPLE[user].name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def shortcut(user: str, callback_id: str, action_ts: str, trigger_id: str) -> Json:
    return {
        **_common("shortcut", user),
        "action_ts": action_ts,
        "callback_id": callback_id,
        "trigger_id": trigger_id,
    }


def view_submission(user: str, view: Json, trigger_id: str) -> Json:
    return {**_common("view_submission", user), "trigger_id": trigger_id, "view": view, "response_urls": []}


def view_closed(user: str, view: Json, *, is_cleared: bool) -> Json:
    return {**_common("view_closed", user), "view": view, "is_cleared": is_cleared}


def action_in_view(user: str, view: Json, action: Json, trigger_id: str) -> Json:
    return {
        **_common("block_actions", user),
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger_id,
        "view": view,
        "actions": [action],
    }


def action_in_message(
    user: str, channel: Channel, message: Message, states: Json, action: Json, trigger_id: str, response_url: str
) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    body = {
        **_common("block_actions", user),
        "container": container,
        "trigger_id": trigger_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": states},
        "response_url": response_url,
        "actions": [action],
    }
    return body if message.only_for else {**body, "message": as_message(message)}


def action(element: Element, value: Value, action_ts: str) -> Json:
    """One entry of `actions`."""
    block_id, action_id, kind = element.key
    body = {"type": kind, "action_id": action_id, "block_id": block_id, "action_ts": action_ts}
    if kind == "button":
        return {**body, **{key: element.json[key] for key in ("text", "value", "style") if key in element.json}}
    return {**state(element.json, value), **body}


def message_event(message: Message) -> Json:
    """A person's message to the bot, as the Events API tells it."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": {**as_message(message), "channel": message.channel, "channel_type": "im", "event_ts": message.ts},
        "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": int(float(message.ts)),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def as_message(message: Message, *, with_metadata: bool = False) -> Json:
    """A message as the Web API and the payloads carry it."""
    body: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": TEAM_ID}
    if message.user == BOT_USER:
        body |= {"bot_id": BOT_ID, "app_id": APP_ID, "bot_profile": _bot_profile()}
    if message.blocks:
        body["blocks"] = message.blocks
    if message.thread_ts:
        body["thread_ts"] = message.thread_ts
    if message.edited_ts:
        body["edited"] = {"user": message.user, "ts": message.edited_ts}
    if with_metadata and message.metadata:
        body["metadata"] = message.metadata
    return body


def channel_name(channel: Channel) -> str:
    """Slack's fixed words for conversations without a public name."""
    return {Kind.DM: "directmessage", Kind.PRIVATE: "privategroup"}.get(channel.kind, channel.place.name)


def _common(kind: str, user: str) -> Json:
    name = PEOPLE[user].name
    return {
        "type": kind,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "user": {"id": user, "username": name, "name": name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _bot_profile() -> Json:
    return {
        "id": BOT_ID,
        "app_id": APP_ID,
        "name": BOT_NAME,
        "team_id": TEAM_ID,
        "deleted": False,
        "team_name": TEAM_NAME,
    }
