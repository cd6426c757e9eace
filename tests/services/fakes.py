"""Fakes at our own ports: a clock that stands still and a Slack that remembers what it was told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.services.errors import DeliveryError
from bot.services.model import Arrived, Message, Packed, Person
from bot.services.pages import CancelledPage, DigestPage, FailedPage, MessagePage, NudgePage, ScriptPage, ViewPage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANN = Person("T1", "U_ANN", "T1")
BEN = Person("T1", "U_BEN", "T1")


@dataclass
class FakeClock:
    """Shows the time a test sets."""

    time: datetime = NOW

    def now(self) -> datetime:
        return self.time

    def real(self, instant: datetime) -> datetime:
        return instant

    def pass_(self, span: timedelta) -> None:
        self.time += span


@dataclass
class FakeSlack:
    """The Messenger port. `messages` is what people see: (channel, ts) -> text, with the thread in `threads`.

    Attributes:
        parts: how many messages a script takes.
        refusals: errors for the next calls, oldest first; None lets one call pass.
        silences: errors in the place of answers to the next posts, which are taken all the same.
        tells: it can be asked which messages arrived.
    """

    parts: int = 1
    closed_views: set[str] = field(default_factory=set)
    refusals: list[DeliveryError | None] = field(default_factory=list)
    messages: dict[tuple[str, str], str] = field(default_factory=dict)
    threads: dict[tuple[str, str], str | None] = field(default_factory=dict)
    views: dict[str, list[ViewPage]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=FakeClock)
    times: dict[str, datetime] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    silences: list[DeliveryError | None] = field(default_factory=list)
    posted: int = 0
    asked: int = 0
    tells: bool = True

    def compose(self, page: MessagePage) -> Sequence[Message]:
        match page:
            case ScriptPage():
                return [Message(f"{page.script.goal} [{part}]") for part in range(self.parts)]
            case CancelledPage():
                return [Message("cancelled")]
            case NudgePage():
                late = " late" if page.occasion.late else ""
                return [Message(f"nudge {page.occasion.focus.minutes}{late}")]
            case DigestPage():
                return [Message(", ".join(self.compose(nudge)[0].text for nudge in page.nudges))]
            case FailedPage():
                return [Message(f"failed {page.code}")]

    def pack(self, message: Message) -> Packed:
        return Packed(message.text.encode())

    async def post(
        self, owner: Person, target: str, message: Message | Packed, thread_ts: str | None = None, mark: str = ""
    ) -> tuple[str, str]:
        self._answer()
        self.posted += 1
        channel = target.replace("U_", "D_")
        self.messages[channel, str(self.posted)] = message.text if isinstance(message, Message) else message.decode()
        self.threads[channel, str(self.posted)] = thread_ts
        self.marks[mark] = str(self.posted)
        self.times[str(self.posted)] = self.clock.now()
        if self.silences and (silence := self.silences.pop(0)):
            raise silence
        return channel, str(self.posted)

    async def arrived(self, owner: Person, channel: str, since: datetime, thread_ts: str | None = None) -> Arrived:
        self.asked += 1
        here = {ts for where, ts in self.messages if where == channel and self.times[ts] >= since}
        found = {mark: (channel, ts) for mark, ts in self.marks.items() if ts in here}
        return Arrived(found, whole=True) if self.tells else Arrived({}, whole=False)

    async def update(self, owner: Person, channel: str, ts: str, message: Message) -> None:
        self._answer()
        if (channel, ts) not in self.messages:
            raise DeliveryError("message_not_found", permanent=True)
        self.messages[channel, ts] = message.text

    async def delete(self, owner: Person, channel: str, ts: str) -> None:
        self._answer()
        self.messages.pop((channel, ts), None)

    async def permalink(self, owner: Person, channel: str, ts: str) -> str | None:
        return f"https://acme.test/{channel}/{ts}"

    async def show(self, owner: Person, view_id: str, page: ViewPage) -> bool:
        self.views.setdefault(view_id, []).append(page)
        return view_id not in self.closed_views

    async def zone(self, person: Person) -> str | None:
        self._answer()
        return self.zones.get(person.user)

    def _answer(self) -> None:
        if self.refusals and (refusal := self.refusals.pop(0)):
            raise refusal

    def texts(self, channel: str) -> list[str]:
        return [text for (where, _), text in self.messages.items() if where == channel]
