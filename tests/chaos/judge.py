"""What must hold after a storm. Pure: from a record to sentences, one for each violation."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from tests.chaos.record import Matter, Record, Row, Said, Standing

LEASE = 25.0
"""A stop this long may outlast the rest of a lease."""

MARK_SECONDS = 2.0
"""From Slack's answer to the mark in the database, on a busy machine: a kill in it leaves the outcome unknown."""

AFTER_OUTAGE = 20.0
"""A mark that waits for the database is tried again with pauses of up to 15 s."""


def judge(record: Record) -> list[str]:
    """Every violation."""
    checks: tuple[Callable[[Record], Iterator[str]], ...] = (
        _settled,
        _promised,
        _went,
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
    count["duplicate nudges, excused"] = sum(len(copies) - 1 for copies in _copies(record).values())
    count["stray scripts, excused"] = sum(1 for _ in _unrecorded(record))
    return count


def excused(record: Record, one: Said, last: float) -> bool:
    """Whether a copy that began as late as `last` may follow: the outcome of this one was unknown, and nobody could
    ask. Where Slack tells, only a process that was stopped between its look at the lease and its write is left."""
    if not doubtful(record, one):
        return False
    if not record.asks or not _told_before(record, one):
        return True
    return any(end - begin > LEASE and begin < last and end > one.begun for begin, end in record.disturbed)


def _told_before(record: Record, one: Said) -> bool:
    """Whether an earlier private message, whose outcome was known, gave the channel to ask in."""
    mine = (other for other in record.said if other.channel == one.channel and other.ended < one.begun)
    return any(not doubtful(record, other) for other in mine)


def doubtful(record: Record, one: Said) -> bool:
    """Whether the bot, or its database, may not have learnt that Slack took this."""
    if one.unknown:
        return True
    marked = one.ended + MARK_SECONDS
    for begin, end in record.outages:
        if begin < marked and end > one.begun:
            marked = max(marked, end + AFTER_OUTAGE)
    return any(begin < marked and end > one.begun for begin, end in record.disturbed)


def _settled(record: Record) -> Iterator[str]:
    """No delivery fails while Slack takes it in the end, and none is dropped without a reason that holds."""
    for row in record.rows:
        if row.state == "failed":
            yield f"{row.title}: {row.key} failed ({row.outcome})"
        elif row.state == "dropped" and not _rightly(record, row):
            overdue = (row.settled or 0.0) - row.due
            yield f"{row.title}: {row.key} was dropped as {row.outcome}, {overdue:.1f} s overdue"


def _promised(record: Record) -> Iterator[str]:
    """Every rung of a plan that stands has a nudge that went, that waits, or for which another stands."""
    for matter in record.matters.values():
        if matter.state != "ready" or matter.rehearsed is not None or matter.meeting is None:
            continue
        planned = [row for row in record.rows if row.title == matter.title and row.revision == matter.confirmed]
        since = max((row.created for row in planned if row.kind == "script"), default=matter.meeting)
        for rung in matter.rungs:
            due = matter.meeting - 60 * rung
            if since + 1.0 < due < record.until and not _has_nudge(record, matter, rung, due):
                yield f"{matter.title}: nothing was planned for {rung} minutes before its meeting"


def _has_nudge(record: Record, matter: Matter, rung: int, due: float) -> bool:
    """Quiet hours move the far rungs; the near one comes at its very instant."""
    nudges = (row for row in record.rows if (row.title, row.kind, row.rung) == (matter.title, "nudge", rung))
    standing = [row for row in nudges if row.state != "dropped" or row.outcome not in ("replanned", "cancelled")]
    shift = record.aged[1] if record.aged else 0.0  # what was over when the plan was moved stayed where it was
    return rung >= 120 or any(min(abs(row.due - due), abs(row.due - due - shift)) < 2.0 for row in standing)


def _rightly(record: Record, row: Row) -> bool:
    matter = _matter(record, row.title)
    settled = row.settled or 0.0
    match row.outcome:
        case "past_meeting":
            return _met(matter, settled)
        case "superseded":
            return row.revision < matter.confirmed or _later(record, row)
        case "replanned":
            return row.due > settled or _later(record, row) or _met(matter, settled)
        case "sent_ahead":
            return any((one.title, one.rung, one.state) == (row.title, row.rung, "sent") for one in record.rows)
        case "cancelled":
            return row.kind == "nudge" and matter.state == "cancelled"
        case "rehearsed" | "stopped" | "not_wanted":
            return row.kind == "nudge"
    return False


def _met(matter: Matter, at: float) -> bool:
    return matter.meeting is not None and at >= matter.meeting


def _later(record: Record, row: Row) -> bool:
    """Another nudge of the same negotiation stands for this one: a later one, or the same in a newer plan."""
    nudges = [one for one in record.rows if one.title == row.title and one.kind == "nudge" and one is not row]
    shift = record.aged[1] if record.aged else 0.0  # what was over when the plan was moved stayed where it was
    return any(one.due + shift > row.due or (one.due == row.due and one.revision > row.revision) for one in nudges)


def _went(record: Record) -> Iterator[str]:
    """What the database calls sent was taken by Slack."""
    nudges = Counter(one.title for one in record.said if one.kind == "nudge")
    rows = Counter(row.title for row in record.rows if (row.kind, row.state) == ("nudge", "sent"))
    for title, sent in rows.items():
        if nudges[title] < sent:
            yield f"{title}: {sent} nudges are marked as sent, Slack took {nudges[title]}"


def _copies(record: Record) -> dict[tuple[str, int], list[Said]]:
    """The nudges that Slack took, by what they are; an instant is a key to the second."""
    copies = defaultdict(list)
    for one in record.said:
        if one.kind == "nudge" and one.due is not None:
            copies[one.title, round(one.due)].append(one)
    return copies


def _once(record: Record) -> Iterator[str]:
    """A nudge comes twice only after an outcome that was unknown."""
    for (title, _), copies in _copies(record).items():
        for one in copies[:-1]:
            if not excused(record, one, copies[-1].begun):
                yield f"{title}: a nudge came {len(copies)} times, though one knew, or could ask for, its outcome"


def _unrecorded(record: Record) -> Iterator[Standing]:
    posts = {post for matter in record.matters.values() for post in matter.posts}
    return (one for one in record.standing if (one.channel, one.ts) not in posts)


def _strays(record: Record) -> Iterator[str]:
    """A script that stands in Slack is known to the database, unless its outcome was unknown."""
    taken = {(one.channel, one.ts): one for one in record.said}
    for stray in _unrecorded(record):
        one = taken[stray.channel, stray.ts]
        private = replace(record, asks=record.asks and stray.channel.startswith("D"))
        if not excused(private, one, math.inf):
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
        matter = _matter(record, one.title)
        shift = record.aged[1] if record.aged and one.begun < record.aged[0] else 0.0
        if matter.meeting is not None and one.begun >= matter.meeting + shift:
            yield f"{one.title}: a nudge came after its meeting"
        for ended, why in ((matter.cancelled, "it was cancelled"), (matter.rehearsed, "the rehearsal")):
            if ended is not None and one.begun > ended + 1.0 and not _paused(record, ended, one.begun):
                yield f"{one.title}: a nudge came {one.begun - ended:.1f} s after {why}"


def _paused(record: Record, begin: float, end: float) -> bool:
    """A process stopped between its last look and its write."""
    return any(begin > start - 1.0 and end < stop + 1.0 for start, stop in record.disturbed)


def _one_at_a_time(record: Record) -> Iterator[str]:
    """At most one message is in flight to a channel, as long as its sender lives."""
    calm = [one for one in record.said if one.kind != "other" and not doubtful(record, one)]
    for first, second in combinations(calm, 2):
        apart = first.lane != second.lane or first.ts == second.ts
        if not apart and first.begun < second.ended and second.begun < first.ended:
            yield f"{first.title} and {second.title}: two messages were in flight to {first.lane}"


def _matter(record: Record, title: str) -> Matter:
    return next(matter for matter in record.matters.values() if matter.title == title)
