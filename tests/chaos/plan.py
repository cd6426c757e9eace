"""What one seed does. All choices come from one `Random(seed)`, before anything starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from bot.sandbox.trouble import Trouble, Way

PEOPLE = ("ann", "ben", "chandra")
PLACES = {
    "ann": ("#deals", "#pay-room", "private"),
    "ben": ("#deals", "#pay-room", "private"),
    "chandra": ("#deals", "private"),
}
CALLS = ("chat.postMessage", "chat.update", "chat.delete")
STARTING = ("auth.test", "apps.connections.open")
ASKING = ("conversations.history", "conversations.replies")
READS = (*ASKING, "users.info")
PLANNED_CALLS = 60
"""Calls of each method for which the weather is drawn; those beyond go well."""

PLANNED_READS = 12
"""The same for what is only read, which meets it from the start to the end: asked so often in vain, nothing waits for
longer than a storm may take to settle."""

CLIENT_TIMEOUT = 10.0
"""Seconds after which the bot gives a call up."""

ALMOST = CLIENT_TIMEOUT - 0.5
"""It may have given up a call that took as long."""


class Fault(StrEnum):
    """Each kind of trouble that a seed may hold."""

    KILL = "kill"
    BLINK = "blink"  # SIGSTOP for less than a lease
    FREEZE = "freeze"  # SIGSTOP for more than a lease
    ROLL = "roll"  # SIGTERM and a new process, one after another
    SOCKETS = "sockets"
    SLEEP = "sleep"  # everything down for minutes
    DATABASE = "database"  # PostgreSQL restarted
    REFUSED = "refused"  # 429 and 500
    SILENT = "silent"  # hangs, drops after accepting, loses
    DEAF = "deaf"  # whoever asks what arrived, or for a zone, is refused or hears nothing


LONG = (Fault.FREEZE, Fault.SILENT)
"""Faults after which a delivery waits for a minute or more."""


@dataclass(frozen=True, slots=True)
class Event:
    """A fault at `at` seconds of the storm, to replica `replica`, for `seconds`."""

    at: float
    fault: Fault
    replica: int = 0
    seconds: float = 0.0
    how: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A negotiation to prepare. `rung_at`: when its last rung comes due, in seconds of the storm, None for no
    meeting."""

    number: int
    person: str
    place: str
    rung_at: float | None

    @property
    def title(self) -> str:
        return f"Matter {self.number:02d}"


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does at `at` seconds of the storm."""

    at: float
    verb: str
    matter: Matter


@dataclass(frozen=True, slots=True)
class Plan:
    seed: int
    postgresql: bool
    replicas: int
    asks: bool
    faults: frozenset[Fault]
    seconds: float
    matters: tuple[Matter, ...]
    late: tuple[Matter, ...]  # prepared within the storm
    acts: tuple[Act, ...]
    events: tuple[Event, ...]
    weather: dict[str, tuple[Trouble | None, ...]]

    def __str__(self) -> str:
        where = f"postgresql x{self.replicas}" if self.postgresql else "sqlite"
        asks = ", asks" if self.asks else ""
        return f"{where}{asks}, {', '.join(sorted(self.faults)) or 'calm'}"


VERBS = (
    *("edit", "edit", "move", "move", "cancel", "undo", "take_back"),
    *("elsewhere", "elsewhere", "reschedule", "rehearsed", "stop", "snooze"),
)


def make(seed: int) -> Plan:
    """The same plan for the same seed."""
    rng = Random(seed)
    postgresql = rng.random() < 0.6
    faults = _faults(rng, postgresql)
    asks = seed % 2 == 0
    replicas = rng.choice((1, 2, 2, 3)) if postgresql else 1
    seconds = rng.uniform(7, 11)
    matters = tuple(drawn_matter(rng, number, seconds) for number in range(rng.randint(4, 8)))
    late = tuple(drawn_matter(rng, 50 + number, seconds) for number in range(rng.randint(2, 6)))
    acts = drawn_acts(rng, seconds, matters, late, VERBS)
    moments = [act.at for act in acts]
    events = sorted(_events(rng, faults, replicas, moments), key=lambda event: event.at)
    weather = {method: tuple(_trouble(rng, method, faults) for _ in range(PLANNED_CALLS)) for method in CALLS}
    weather |= {method: tuple(_refusal(rng, method, faults) for _ in range(3)) for method in STARTING}
    faults |= {Fault.DEAF} if rng.random() < 0.4 else set()
    weather |= {method: tuple(_deafness(rng, method, faults) for _ in range(PLANNED_READS)) for method in READS}
    acts = tuple(sorted(acts, key=lambda act: act.at))
    return Plan(seed, postgresql, replicas, asks, faults, seconds, matters, late, acts, tuple(events), weather)


def drawn_acts(
    rng: Random, seconds: float, matters: Sequence[Matter], late: Sequence[Matter], verbs: Sequence[str]
) -> tuple[Act, ...]:
    """What people do with their matters, and those that they prepare within the storm."""
    acts = [Act(rng.uniform(0, seconds), rng.choice(verbs), rng.choice(matters)) for _ in range(rng.randint(6, 16))]
    return (*acts, *(Act(rng.uniform(0, seconds), "prepare", one) for one in late))


def _faults(rng: Random, postgresql: bool) -> frozenset[Fault]:
    quick = [fault for fault in Fault if fault not in (*LONG, Fault.DEAF)]
    chosen = rng.sample([fault for fault in quick if postgresql or fault is not Fault.DATABASE], rng.randint(1, 3))
    return frozenset([*chosen, rng.choice(LONG)] if rng.random() < 0.35 else chosen)


def drawn_matter(rng: Random, number: int, seconds: float) -> Matter:
    soon = rng.uniform(0, seconds) if rng.random() < 0.7 else 4 * 86400.0
    person = rng.choice(PEOPLE)
    return Matter(number, person, rng.choice(PLACES[person]), soon if rng.random() < 0.85 else None)


def _events(rng: Random, faults: frozenset[Fault], replicas: int, moments: Sequence[float]) -> Iterator[Event]:
    """Each soon after somebody did something, so that it finds something in flight."""
    for fault in sorted(faults):
        for _ in range(rng.randint(1, 3) if fault in (Fault.KILL, Fault.SOCKETS, Fault.BLINK) else 1):
            at, replica = rng.choice(moments) + rng.uniform(0.1, 2.0), rng.randrange(replicas)
            match fault:
                case Fault.KILL:
                    yield Event(at, fault, replica, rng.uniform(0, 2))
                case Fault.BLINK:
                    yield Event(at, fault, replica, rng.uniform(0.3, 6))
                case Fault.FREEZE:
                    yield Event(at, fault, replica, rng.uniform(31, 36))
                case Fault.ROLL:
                    yield Event(at, fault)
                case Fault.SLEEP:
                    yield Event(at, fault, how="", seconds=60.0 * rng.choice((3, 10, 20)))
                case Fault.DATABASE:
                    yield Event(at, fault, seconds=rng.uniform(0, 3), how=rng.choice(("fast", "immediate")))
                case Fault.SOCKETS:
                    yield Event(at, fault, seconds=rng.uniform(0, 2), how=rng.choice(("drop", "disconnect", "refuse")))
                case Fault.REFUSED | Fault.SILENT | Fault.DEAF:
                    pass  # in the weather


def _trouble(rng: Random, method: str, faults: frozenset[Fault]) -> Trouble | None:
    """How one call goes wrong; slow answers belong to every seed, so that a kill finds something in flight."""
    kind, seconds = rng.random(), rng.uniform(0.2, 2.5)
    if kind < 0.4:
        return Trouble(method, Way.HANG, seconds=seconds)
    if kind < 0.6 and Fault.REFUSED in faults:
        return _refusal(rng, method, faults)
    if kind < 0.75 and Fault.SILENT in faults:
        way = rng.choice((Way.HANG, Way.DROP, Way.DROP, Way.LOSE))
        return Trouble(method, way, seconds=CLIENT_TIMEOUT + seconds)
    return None


def _refusal(rng: Random, method: str, faults: frozenset[Fault]) -> Trouble | None:
    way, seconds = rng.choice((Way.RATE_LIMITED, Way.HTTP_500)), rng.randint(1, 4)
    return Trouble(method, way, retry_after=seconds) if Fault.REFUSED in faults else None


def _deafness(rng: Random, method: str, faults: frozenset[Fault]) -> Trouble | None:
    """How asking goes wrong: refused, silent, or slow."""
    kind, seconds = rng.random(), rng.uniform(0.2, 2.5)
    if kind < 0.6 and Fault.DEAF in faults:
        way = rng.choice((Way.RATE_LIMITED, Way.HTTP_500, Way.HANG, Way.DROP, Way.LOSE))
        return Trouble(method, way, retry_after=rng.randint(1, 4), seconds=CLIENT_TIMEOUT + seconds)
    return Trouble(method, Way.HANG, seconds=seconds) if kind < 0.8 else None
