"""The workspace's memory: conversations, messages, what the bot did wrong, and who wants to hear of changes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.errors import Json, Refused
from bot.sandbox.people import BOT_NAME, PEOPLE, PLACES, Command, Kind, Person, Place, Shortcut


@dataclass(slots=True, eq=False)
class Message:
    """A message as it was posted. `only_for` makes it ephemeral: visible to that person alone."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    deleted: bool = False
    warning: Json | None = None
    values: dict[str, Json] = field(default_factory=dict)  # what stands in its menus, by block_id and action_id

    def visible_to(self, user: str) -> bool:
        return self.only_for in (None, user)


@dataclass(slots=True, eq=False)
class Channel:
    """A conversation and its messages, oldest first, threads and ephemerals among them."""

    place: Place
    members: set[str]
    bot_is_member: bool
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.place.id

    @property
    def kind(self) -> Kind:
        return self.place.kind

    @property
    def is_bots_dm(self) -> bool:
        return self.kind is Kind.DM and self.place.bot

    def name_for(self, user: str) -> str:
        """Its name; a direct message has the name of the other one."""
        if self.kind is not Kind.DM:
            return self.place.name
        others = [PEOPLE[member].real_name for member in self.place.members if member != user]
        return ", ".join(others) or BOT_NAME


@dataclass(slots=True)
class Options:
    """What a test or the page may switch; see the contract in `human`."""

    messages_tab: str = "read_only"
    scopes: tuple[str, ...] = ("commands", "chat:write", "users:read", "im:history")
    events: tuple[str, ...] = ()
    edit_window_closed: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the bot did and Slack would not have stood for."""

    id: int
    where: str
    what: str


class Workspace:
    """One small workspace. `now` gives its time (aware); it only stamps messages and shows on the page's clock."""

    def __init__(
        self,
        now: Callable[[], datetime],
        commands: tuple[Command, ...] = (),
        shortcuts: tuple[Shortcut, ...] = (),
    ) -> None:
        self.now = now
        self.commands = commands
        self.shortcuts = shortcuts
        self.options = Options()
        self.channels = {place.id: Channel(place, set(place.members), place.bot) for place in PLACES}
        self.faults: list[Fault] = []
        self.version = 0
        self.offset_seconds = 0.0
        self.calls = 0
        self._faults_ever = 0
        self._last_ts = 0
        self._watchers: list[Callable[[], None]] = []

    def changed(self) -> None:
        """Says that something visible changed."""
        self.version += 1
        for tell in self._watchers:
            tell()

    @contextmanager
    def watched(self, tell: Callable[[], None]) -> Iterator[None]:
        """Calls `tell` after every change."""
        self._watchers.append(tell)
        try:
            yield
        finally:
            self._watchers.remove(tell)

    def blame(self, where: str, what: str) -> None:
        """Records a fault of the bot, as a sentence."""
        self._faults_ever += 1
        self.faults.append(Fault(self._faults_ever, where, what))
        self.changed()

    def next_ts(self) -> str:
        """A message's id: its time in seconds with six digits, never given twice."""
        micros = round(self.now().timestamp() * 1_000_000)
        self._last_ts = max(self._last_ts + 1, micros)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def person(self, user: str) -> Person:
        """Raises Refused (user_not_found)."""
        try:
            return PEOPLE[user]
        except KeyError:
            raise Refused("user_not_found") from None

    def dm_of(self, user: str) -> Channel:
        """The conversation of that person with the bot."""
        return next(c for c in self.channels.values() if c.is_bots_dm and user in c.members)

    def channels_of(self, user: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if user in channel.members]

    def say(self, message: Message) -> Message:
        """Puts a message into its channel. A reply to a parent that is gone becomes a message of its own, as in
        Slack (https://github.com/slack-go/slack/issues/1571)."""
        messages = self.channels[message.channel].messages
        parent = messages.get(message.thread_ts or "")
        message.thread_ts = (parent.thread_ts or parent.ts) if parent and not parent.only_for else None
        messages[message.ts] = message
        self.changed()
        return message

    def remove(self, message: Message) -> None:
        """Deletes a message; a parent whose thread lives stays as a tombstone, and goes with its last reply."""
        messages = self.channels[message.channel].messages
        if self.replies(message):
            message.deleted, message.text, message.blocks = True, "This message was deleted.", []
        else:
            del messages[message.ts]
        parent = messages.get(message.thread_ts or "")
        if parent and parent.deleted and not self.replies(parent):
            del messages[parent.ts]
        self.changed()

    def replies(self, parent: Message) -> list[Message]:
        return [
            m for m in self.channels[parent.channel].messages.values() if m.thread_ts == parent.ts and not m.only_for
        ]
