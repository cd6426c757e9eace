"""What the tests of the stores put in: people, briefs and deliveries, by hand and by chance."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from bot.coaching.brief import Brief, Rung, Sealed
from bot.services.deliveries import Kind, NewDelivery
from bot.services.model import Person

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ANN = Person("T1", "U1", "T1")
BOB = Person("T1", "U2", "T1")
ANN_ELSEWHERE = Person("T2", "U1", "T2")
"""Another person, whose user id happens to be Ann's."""

BRIEF = Brief(title="Acme renewal", counterpart="Dana", my_win="under $100M", walk_away=Sealed("90 days"))


def nudge(
    key: str,
    due_at: datetime = NOW,
    *,
    lane: str | None = None,
    owner: Person = ANN,
    negotiation_id: str = "N1",
    rung: Rung = Rung.DAY,
) -> NewDelivery:
    """A nudge; by default in a lane of its own."""
    return NewDelivery(key, Kind.NUDGE, owner, negotiation_id, 1, lane or key, due_at, rung=rung)


def script(key: str, due_at: datetime = NOW, *, owner: Person = ANN, negotiation_id: str = "N1") -> NewDelivery:
    return NewDelivery(key, Kind.SCRIPT, owner, negotiation_id, 1, "C1", due_at, view_id="V1")


typed = st.text(max_size=200)
"""Whatever can be typed or sent, NUL, lone surrogates and every script included."""

stored = typed.map(lambda text: "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff"))

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_spans = st.timedeltas(timedelta(days=-20_000), timedelta(days=60_000))
instants = st.builds(lambda span, zone: (NOW + span).astimezone(zone), _spans, zones)
"""From 1971 to 2190, to the microsecond, in any zone."""
ids = st.text("CDGUW0123456789", min_size=1, max_size=12)


def briefs(text: st.SearchStrategy[str] = stored) -> st.SearchStrategy[Brief]:
    """Any brief, with its texts drawn from `text`."""
    return st.builds(
        Brief,
        title=text,
        counterpart=text,
        counterpart_id=st.none() | ids,
        meeting_at=st.none() | instants,
        my_win=text,
        their_win=text,
        shared_win=text,
        walk_away=st.builds(Sealed, text),
        place=st.none() | ids,
        rungs=st.frozensets(st.sampled_from(Rung)),
    )
