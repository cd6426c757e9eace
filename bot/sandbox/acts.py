"""What a person does in conversations: type commands and messages, press what messages offer."""

from typing import Any

from bot.sandbox import elements, payloads
from bot.sandbox.elements import STATEFUL, Element
from bot.sandbox.errors import BOTS_FAULT, CannotDo, Json, Refused
from bot.sandbox.parts import Parts, may_press
from bot.sandbox.people import PEOPLE, SLACKBOT
from bot.sandbox.sockets import Unacknowledged
from bot.sandbox.workspace import Channel, Message


class Acts:
    """Each act answers once the bot acknowledged it or did not; CannotDo is what no person could do in Slack."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._workspace = parts.workspace

    async def command(self, user: str, channel_id: str, text: str) -> Json:
        """A slash command, typed in a channel."""
        channel = self._writable(user, channel_id)
        command, _, rest = text.strip().partition(" ")
        if command not in {one.command for one in self._workspace.commands}:
            raise CannotDo(f"{command} is not a valid command here.")
        token = self._parts.triggers.hook(channel.id, user)
        trigger = self._parts.triggers.trigger(user, channel.id)
        said = payloads.escape(rest.strip(), self._workspace)
        hook = f"{self._parts.url}/respond/{token}"
        try:
            answer = await self._parts.deliver(
                "slash_commands", payloads.slash_command(user, channel, command, said, trigger, hook)
            )
        except Unacknowledged as silence:
            self._workspace.blame(command, f"The command was {silence}.")
            self._tell(user, channel, f"{silence.code}: {command} did not respond")
            return {"acked": False, "timeout": True}
        if answer:
            self._respond(token, command, answer)
        return {"acked": True}

    async def shortcut(self, user: str, callback_id: str, channel_id: str | None) -> Json:
        """A global shortcut; `channel_id` is where the person looks."""
        _person(user)
        if callback_id not in {one.callback_id for one in self._workspace.shortcuts}:
            raise CannotDo(f"There is no shortcut {callback_id}.")
        trigger = self._parts.triggers.trigger(user, channel_id)
        body = payloads.shortcut(user, callback_id, self._workspace.next_ts(), trigger)
        answer = await self._parts.interact(body, f"The shortcut {callback_id}")
        return {"acked": False, "timeout": True} if answer is None else {"acked": True}

    async def message(self, user: str, channel_id: str, text: str, thread_ts: str | None) -> Json:
        """An ordinary message of a person; told to the bot where it subscribed to message.im."""
        channel = self._writable(user, channel_id)
        if not text.strip():
            raise CannotDo("An empty message is not sent.")
        said = payloads.escape(text, self._workspace)
        message = Message(channel.id, self._workspace.next_ts(), user, said, thread_ts=thread_ts)
        self._workspace.say(message)
        if channel.is_bots_dm and "message.im" in self._workspace.options.events:
            try:
                await self._parts.deliver("events_api", payloads.message_event(message), answers=False)
            except Unacknowledged as silence:
                self._workspace.blame("message.im", f"The event was {silence}.")
                return {"acked": False, "timeout": True, "ts": message.ts}
        return {"acked": True, "ts": message.ts}

    async def press(
        self, user: str, channel_id: str, ts: str, block_id: str, action_id: str, value: Any, *, confirmed: bool
    ) -> Json:
        """A button, an overflow or a menu of a message."""
        channel = self._seen(user, channel_id)
        message = channel.messages.get(ts)
        if message is None or not message.visible_to(user):
            raise CannotDo("This person sees no such message.")
        element = elements.find(message.blocks, block_id, action_id)
        may_press(element, confirmed)
        value = self._picked(message, element, user, value)
        token = self._parts.triggers.hook(channel.id, user, message.ts)
        body = payloads.action_in_message(
            user,
            channel,
            message,
            self._states(message, user),
            payloads.action(element, value, self._workspace.next_ts()),
            self._parts.triggers.trigger(user, channel.id),
            f"{self._parts.url}/respond/{token}",
        )
        outcome, message.warning = await self._parts.press(body, element)
        self._workspace.changed()
        return outcome

    def invite(self, channel_id: str, *, member: bool) -> Json:
        """Makes the bot a member of a channel, or no longer one."""
        channel = self._workspace.channels.get(channel_id)
        if channel is None or channel.is_bots_dm or len(channel.place.name) == 0:
            raise CannotDo("The bot can be invited to channels only.")
        channel.bot_is_member = member
        self._workspace.changed()
        return {}

    def _picked(self, message: Message, element: Element, user: str, value: Any) -> Any:
        if element.json["type"] == "button":
            return None
        picked = elements.accept(element.json, value, elements.choices(element.json, user, self._workspace))
        if element.json["type"] == "overflow" and picked is None:
            raise CannotDo("Choose one of the menu's options.")
        message.values.setdefault(element.key[0], {})[element.key[1]] = picked
        return picked

    def _states(self, message: Message, user: str) -> Json:
        states: Json = {}
        for element in elements.elements_of(message.blocks):
            if element.json["type"] in STATEFUL:
                block_id, action_id, _ = element.key
                offered = elements.choices(element.json, user, self._workspace)
                first = elements.initial(element.json, message.channel, offered)
                value = message.values.get(block_id, {}).get(action_id, first)
                states.setdefault(block_id, {})[action_id] = elements.state(element.json, value)
        return states

    def _seen(self, user: str, channel_id: str) -> Channel:
        _person(user)
        channel = self._workspace.channels.get(channel_id)
        if channel is None or user not in channel.members:
            raise CannotDo("This person is in no such conversation.")
        return channel

    def _writable(self, user: str, channel_id: str) -> Channel:
        channel = self._seen(user, channel_id)
        if channel.is_bots_dm and self._workspace.options.messages_tab != "on":
            raise CannotDo("Sending messages to this app has been turned off.")
        return channel

    def _respond(self, token: str, where: str, answer: Json) -> None:
        """An acknowledgement may carry an answer, which counts as one use of the response_url."""
        try:
            self._parts.chat.respond(self._parts.triggers.use(token), answer)
        except Refused as refused:
            if refused.code in BOTS_FAULT:
                self._workspace.blame(where, str(refused))

    def _tell(self, user: str, channel: Channel, text: str) -> None:
        """A private line from Slack itself."""
        ts = self._workspace.next_ts()
        self._workspace.say(Message(channel.id, ts, SLACKBOT, text, only_for=user))


def _person(user: str) -> None:
    if user not in PEOPLE:
        raise CannotDo("There is no such person.")
