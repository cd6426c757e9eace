"""The short form: three storms that hold every kind of fault and are over in a minute, beside each other.

Each has its own kinds, whatever the seed; only what people do is drawn. So that nothing waits for a minute, whatever
may be left in doubt is private, where Slack can be asked; or, where it does not tell, a downtime passes the minute.
"""

from dataclasses import dataclass
from random import Random

from bot.sandbox.trouble import Trouble, Way
from tests.chaos.plan import CLIENT_TIMEOUT, VERBS, Event, Fault, Matter, Plan, drawn_acts, drawn_matter

SECONDS = 9.0
SEED_SECONDS = 140.0
"""What takes longer hangs."""

PRIVATE_VERBS = tuple(verb for verb in VERBS if verb != "move")
"""What keeps a private script private."""


@dataclass(frozen=True, slots=True)
class Storm:
    """One of the three."""

    replicas: int
    faults: frozenset[Fault]
    events: tuple[Event, ...]
    troubles: tuple[Trouble, ...]
    postgresql: bool = True
    private: bool = True


def _post(way: Way, seconds: float = 0.0) -> Trouble:
    return Trouble("chat.postMessage", way, seconds=seconds, retry_after=2)


_SLOW = _post(Way.HANG, 0.8)
"""So that a kill or a stop finds something in flight."""

_HANGS = CLIENT_TIMEOUT + 0.5

RESTARTS = Storm(
    3,
    frozenset({Fault.DATABASE, Fault.SOCKETS, Fault.BLINK, Fault.ROLL, Fault.REFUSED}),
    (
        Event(1.5, Fault.DATABASE, seconds=1.0, how="immediate"),
        Event(3.5, Fault.BLINK, 1, 3.0),
        Event(4.0, Fault.SOCKETS, seconds=0.0, how="drop"),
        Event(5.5, Fault.SOCKETS, seconds=1.0, how="refuse"),
        Event(7.0, Fault.SOCKETS, seconds=0.0, how="disconnect"),
        Event(8.0, Fault.ROLL),
    ),
    (
        *(_SLOW, _post(Way.RATE_LIMITED), _SLOW, _SLOW),
        *(Trouble("chat.update", way) for way in (Way.HTTP_500, Way.RATE_LIMITED)),
        *(Trouble("chat.delete", way) for way in (Way.HTTP_500, Way.RATE_LIMITED)),
    ),
    private=False,
)
"""Public scripts, so nothing here leaves a post in doubt."""

SILENCE = Storm(
    1,
    frozenset({Fault.KILL, Fault.SILENT, Fault.DEAF, Fault.SLEEP}),
    (Event(3.0, Fault.KILL, seconds=0.5), Event(8.5, Fault.SLEEP, seconds=180.0)),
    (
        *(_SLOW, _post(Way.DROP), _post(Way.LOSE), _post(Way.HANG, _HANGS), _SLOW, _SLOW),
        Trouble("chat.update", Way.HANG, seconds=_HANGS),
        Trouble("chat.delete", Way.DROP),
        *(Trouble("conversations.history", way) for way in (Way.RATE_LIMITED, Way.LOSE, Way.HTTP_500)),
        Trouble("conversations.history", Way.HANG, seconds=_HANGS),
        Trouble("users.info", Way.HTTP_500),
        Trouble("users.info", Way.HANG, seconds=_HANGS),
    ),
    postgresql=False,
)

LOST_LEASES = Storm(
    2,
    frozenset({Fault.FREEZE, Fault.KILL, Fault.REFUSED}),
    (Event(1.5, Fault.FREEZE, 0, 31.0), Event(3.0, Fault.KILL, 1, 0.5)),
    (
        *(_SLOW, _post(Way.RATE_LIMITED), _SLOW, _post(Way.HTTP_500), _SLOW, _SLOW),
        Trouble("auth.test", Way.HTTP_500),
        Trouble("apps.connections.open", Way.RATE_LIMITED),
    ),
)

STORMS = (RESTARTS, SILENCE, LOST_LEASES)


def make(seed: int) -> Plan:
    """The same plan for the same seed; three seeds in a row hold all of STORMS."""
    rng, storm = Random(seed), STORMS[(seed - 1) % len(STORMS)]
    verbs = PRIVATE_VERBS if storm.private else VERBS
    matters = tuple(_matter(rng, storm, number) for number in range(6))
    late = tuple(_matter(rng, storm, 50 + number) for number in range(4))
    acts = tuple(sorted(drawn_acts(rng, SECONDS, matters, late, verbs), key=lambda act: act.at))
    weather: dict[str, tuple[Trouble | None, ...]] = {}
    for trouble in storm.troubles:
        weather[trouble.method] = (*weather.get(trouble.method, ()), trouble)
    return Plan(
        seed,
        storm.postgresql,
        storm.replicas,
        storm.private,
        storm.faults,
        SECONDS,
        matters,
        late,
        acts,
        storm.events,
        weather,
    )


def _matter(rng: Random, storm: Storm, number: int) -> Matter:
    drawn = drawn_matter(rng, number, SECONDS)
    return Matter(number, drawn.person, "private", drawn.rung_at) if storm.private else drawn
