"""What must hold after a storm. Pure: from a record to sentences, one for each violation."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from tests.chaos.doubt import doubtful, excused, forgotten, paused, written_late
from tests.chaos.fates import confirmed_at, rightly
from tests.chaos.nudges import ABOUT, copies, nudges_of, row_of
from tests.chaos.record import Matter, Record, Standing

FAR = 120
"""Rungs of as many minutes keep out of the night."""

NIGHT = 20, 8
"""Hours in which they do not come."""


def judge(record: Record) -> list[str]:
    """Every violation."""
    checks: tuple[Callable[[Record], Iterator[str]], ...] = (
        _settled,
        _promised,
        _went,
        _known,
        _once,
        _strays,
        _stands,
        _wanted,
        _one_at_a_time,
    )
    found = [violation for check in checks for violation in check(record)]
    return [*found, *record.left, *record.exits, *(f"the sandbox blames the bot: {fault}" for fault in record.faults)]


def counts(record: Record) -> Counter[str]:
    """What the run was made of."""
    count: Counter[str] = Counter({"deliveries": len(record.rows), "posts": len(record.said)})
    for row in record.rows:
        count[f"{row.kind} {row.state}"] += 1
    count["unknown outcomes"] = sum(doubtful(record, one) for one in record.said)
    count["duplicate nudges, excused"] = sum(len(group) - 1 for group in copies(record))
    count["stray scripts, excused"] = sum(1 for _ in _unrecorded(record))
    return count


def _settled(record: Record) -> Iterator[str]:
    """No delivery fails while Slack takes it in the end, and none is dropped without a reason that holds."""
    for row in record.rows:
        if row.state == "failed":
            yield f"{row.title}: {row.key} failed ({row.outcome})"
        elif row.state == "dropped" and not rightly(record, row):
            overdue = (row.settled or 0.0) - row.due
            yield f"{row.title}: {row.key} was dropped as {row.outcome}, {overdue:.1f} s overdue"


def _promised(record: Record) -> Iterator[str]:
    """Every rung of a plan that stands has a nudge that went, that waits, or for which another stands."""
    for matter in record.matters.values():
        made = [at for at, revision in confirmed_at(record, matter.title) if revision == matter.confirmed]
        if matter.state != "ready" or matter.rehearsed is not None or matter.meeting is None or not made:
            continue
        since = max(made) + record.moved(max(made))
        for rung in matter.rungs:
            instants = _instants(record, matter, matter.meeting - 60 * rung, rung)
            if since + 1.0 < min(instants) and not _has_nudge(record, matter, rung, instants):
                yield f"{matter.title}: nothing was planned for {rung} minutes before its meeting"


def _instants(record: Record, matter: Matter, due: float, rung: int) -> list[float]:
    """When a rung may come, on the clock of the first plan: at its very instant, or, where a far one would come in the
    night and its plan was made with the zone known, in the last minute before it."""
    moved = record.aged[1] if record.aged else 0.0  # before or after which the night was looked at
    late = [_before_night(due, matter.zone) + moved, _before_night(due + moved, matter.zone)] if rung >= FAR else []
    return [due + moved, *late]


def _before_night(instant: float, zone: str) -> float:
    begins, ends = NIGHT
    local = datetime.fromtimestamp(instant, ZoneInfo(zone))
    if ends <= local.hour < begins:
        return instant
    evening = local if local.hour >= begins else local - timedelta(days=1)
    return evening.replace(hour=begins - 1, minute=59, second=0, microsecond=0).timestamp()


def _has_nudge(record: Record, matter: Matter, rung: int, instants: list[float]) -> bool:
    stands = ("superseded", "past_meeting", "sent_ahead")
    nudges = [row for row in nudges_of(record, matter.title) if row.rung == rung]
    standing = [row for row in nudges if row.state != "dropped" or row.outcome in stands]
    return any(abs(row.planned - instant) < ABOUT for row in standing for instant in instants)


def _went(record: Record) -> Iterator[str]:
    """What the database calls sent was taken by Slack: each nudge, not one of its ladder in its place."""
    came = {row.key for one in record.said if one.kind == "nudge" and (row := row_of(record, one))}
    for row in record.rows:
        if (row.kind, row.state) == ("nudge", "sent") and row.key not in came:
            yield f"{row.title}: {row.key} is marked as sent, and Slack took no message of it"


def _known(record: Record) -> Iterator[str]:
    """What came is a nudge of the database. One that was tried with others and left them has another mark since, and
    was in doubt before."""
    for one in record.said:
        if one.kind == "nudge" and row_of(record, one) is None and not doubtful(record, one):
            yield f"{one.title}: a nudge came that the database does not know"


def _once(record: Record) -> Iterator[str]:
    """A nudge comes twice only after an outcome that was unknown."""
    for group in copies(record):
        if not all(excused(record, one, copy) for one, copy in pairwise(group)):
            yield f"{group[0].title}: a nudge came {len(group)} times, though one knew, or could ask for, its outcome"


def _unrecorded(record: Record) -> Iterator[Standing]:
    posts = {post for matter in record.matters.values() for post in matter.posts}
    return (one for one in record.standing if (one.channel, one.ts) not in posts)


def _strays(record: Record) -> Iterator[str]:
    """A script that stands in Slack is known to the database, unless its outcome was unknown."""
    taken = {(one.channel, one.ts): one for one in record.said}
    for stray in _unrecorded(record):
        if not forgotten(record, taken[stray.channel, stray.ts]):
            yield f"{stray.title}: a script stands twice, or forgotten, though one knew, or could ask for, its outcome"


def _stands(record: Record) -> Iterator[str]:
    """Slack shows what the database says: one script where it belongs, with the newest words, and none elsewhere."""
    there = {(one.channel, one.ts): one for one in record.standing}
    for matter in record.matters.values():
        known = [there[post] for post in matter.posts if post in there]
        never_came = matter.state == "cancelled" and not known  # a stray would be told above
        if len(known) != (0 if matter.place is None else 1) and not never_came:
            yield f"{matter.title}: {len(known)} known scripts stand; its place is {matter.place or 'nowhere'}"
        for one in known:
            if ("Cancelled by" in one.text) != (matter.state == "cancelled"):
                yield f"{matter.title}: it is {matter.state}, and its message says otherwise"
            elif matter.state == "ready" and matter.my_win not in one.text:
                yield f"{matter.title}: its message shows old words"


def _wanted(record: Record) -> Iterator[str]:
    """No nudge begins after its meeting, after its negotiation was cancelled or after the rehearsal."""
    for one in record.said:
        if one.kind != "nudge":
            continue
        matter = record.matter(one.title)
        moved = record.aged[1] - record.moved(one.begun) if record.aged else 0.0
        if matter.meeting is not None and one.begun >= matter.meeting + moved:
            yield f"{one.title}: a nudge came after its meeting"
        for ended, why in ((matter.cancelled, "it was cancelled"), (matter.rehearsed, "the rehearsal")):
            if ended is not None and one.begun > ended + 1.0 and not paused(record, one, ended):
                yield f"{one.title}: a nudge came {one.begun - ended:.1f} s after {why}"


def _one_at_a_time(record: Record) -> Iterator[str]:
    """At most one message is in flight to a channel, as long as its sender lives."""
    said = (one for one in record.said if one.kind != "other")
    calm = [one for one in said if not doubtful(record, one) and not written_late(record, one)]
    for first, second in combinations(calm, 2):
        apart = first.lane != second.lane or first.ts == second.ts
        if not apart and first.begun < second.ended and second.begun < first.ended:
            yield f"{first.title} and {second.title}: two messages were in flight to {first.lane}"
