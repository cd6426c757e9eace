"""The chat.* methods of the Web API, and what a response_url takes."""

import secrets
from typing import Any

from bot.sandbox import elements, limits
from bot.sandbox.errors import Json, Refused
from bot.sandbox.payloads import as_message
from bot.sandbox.people import BOT_USER, PEOPLE, Kind
from bot.sandbox.shapes import MESSAGE_CHARACTERS
from bot.sandbox.triggers import Hook
from bot.sandbox.workspace import Channel, Message, Workspace

POST_CHARACTERS = 40_000
UPDATE_BYTES = 4_000
"""Documented as characters; counted as bytes in UTF-8 here, so that no alphabet is a surprise."""


class Chat:
    """Each public method takes a call's arguments and returns the answer without its `ok`, or raises Refused."""

    def __init__(self, workspace: Workspace, permalinks: str) -> None:
        self._workspace = workspace
        self._permalinks = permalinks

    def post_message(self, args: Json) -> Json:
        """https://docs.slack.dev/reference/methods/chat.postMessage"""
        channel = self._writable(str(args.get("channel", "")))
        message = self.made(channel, args)
        self._workspace.say(message)
        return {"channel": channel.id, "ts": message.ts, "message": as_message(message, with_metadata=True)}

    def post_ephemeral(self, args: Json) -> Json:
        channel = self._writable(str(args.get("channel", "")))
        user = str(args.get("user", ""))
        if user not in channel.members:
            raise Refused("user_not_in_channel")
        message = self.made(channel, args)
        message.only_for = user
        self._workspace.say(message)
        return {"message_ts": message.ts}

    def update(self, args: Json) -> Json:
        """https://docs.slack.dev/reference/methods/chat.update: text alone takes the blocks away."""
        message = self._own(args, "cant_update_message")
        if self._workspace.options.edit_window_closed:
            raise Refused("edit_window_closed")
        if len(str(args.get("text") or "").encode()) > UPDATE_BYTES:
            raise Refused("msg_too_long", f"the text of chat.update holds {UPDATE_BYTES} bytes")
        text, blocks = self._content(args)
        message.text = text if "text" in args else message.text
        message.blocks = blocks
        message.metadata = _metadata(args) or message.metadata
        message.edited_ts, message.warning = self._workspace.next_ts(), None
        self._workspace.changed()
        return {
            "channel": message.channel,
            "ts": message.ts,
            "text": message.text,
            "message": as_message(message, with_metadata=True),
        }

    def delete(self, args: Json) -> Json:
        message = self._own(args, "cant_delete_message")
        self._workspace.remove(message)
        return {"channel": message.channel, "ts": message.ts}

    def get_permalink(self, args: Json) -> Json:
        channel = self._known(str(args.get("channel", "")))
        ts = str(args.get("message_ts", ""))
        message = channel.messages.get(ts)
        if message is None or message.only_for:
            raise Refused("message_not_found")
        link = f"{self._permalinks}/archives/{channel.id}/p{ts.replace('.', '')}"
        if message.thread_ts:
            link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
        return {"channel": channel.id, "permalink": link}

    def respond(self, hook: Hook, body: Json) -> None:
        """https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: ephemeral unless
        `in_channel`; `replace_original` and `delete_original` act on the message that the interaction was on."""
        channel = self._workspace.channels[hook.channel]
        original = channel.messages.get(hook.ts or "")
        if body.get("delete_original") or body.get("replace_original"):
            if original is None:
                raise Refused("message_not_found")
            self._replace(original, body)
            return
        message = self.made(channel, {"thread_ts": original.thread_ts if original else None, **body})
        message.only_for = None if body.get("response_type") == "in_channel" else hook.user
        self._workspace.say(message)

    def made(self, channel: Channel, args: Json) -> Message:
        """A message of the bot, checked, not yet said."""
        text, blocks = self._content(args)
        return Message(
            channel=channel.id,
            ts=self._workspace.next_ts(),
            user=BOT_USER,
            text=text[:POST_CHARACTERS],
            blocks=blocks,
            metadata=_metadata(args),
            thread_ts=args.get("thread_ts"),
        )

    def _replace(self, original: Message, body: Json) -> None:
        if body.get("delete_original"):
            self._workspace.remove(original)
            return
        original.text, original.blocks = self._content(body)
        original.warning = None
        self._workspace.changed()

    def _content(self, args: Json) -> tuple[str, list[Json]]:
        text, blocks = args.get("text") or "", args.get("blocks") or []
        if not text and not blocks:
            raise Refused("no_text")
        if not isinstance(text, str):
            raise Refused("invalid_arguments", "text must be a string")
        if faults := limits.message_faults(blocks):
            raise Refused.blocks(faults)
        if (size := limits.characters(blocks)) > MESSAGE_CHARACTERS:
            raise Refused("msg_blocks_too_long", f"{size} characters in all; a message's blocks hold about 13,200")
        return text, elements.with_ids(blocks, lambda: secrets.token_urlsafe(4))

    def _known(self, channel_id: str) -> Channel:
        """A conversation that the bot can know of."""
        channel = self._workspace.channels.get(channel_id)
        if channel is None or (not channel.bot_is_member and channel.kind in (Kind.PRIVATE, Kind.DM)):
            raise Refused("channel_not_found")
        return channel

    def _writable(self, channel_id: str) -> Channel:
        """A conversation, or a person's id for the private messages with that person."""
        channel = self._workspace.dm_of(channel_id) if channel_id in PEOPLE else self._known(channel_id)
        if not channel.bot_is_member:
            raise Refused("not_in_channel")
        if channel.is_bots_dm and self._workspace.options.messages_tab == "off":
            raise Refused("messages_tab_disabled")
        return channel

    def _own(self, args: Json, otherwise: str) -> Message:
        message = self._known(str(args.get("channel", ""))).messages.get(str(args.get("ts", "")))
        if message is None or message.only_for or message.deleted:
            raise Refused("message_not_found")
        if message.user != BOT_USER:
            raise Refused(otherwise)
        return message


def _metadata(args: Json) -> Json | None:
    """https://docs.slack.dev/messaging/message-metadata"""
    metadata: Any = args.get("metadata")
    if metadata in (None, {}):
        return None
    sound = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not sound or not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format", "metadata takes an event_type and an event_payload")
    return dict(metadata)
