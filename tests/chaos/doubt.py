"""When the bot may not have known what became of a message. Pure.

Only what touched the process that sent it counts: who sent what is known of every message of a storm. Where a record
does not say it, any process may have been the one.
"""

import math
from collections.abc import Iterator

from tests.chaos.plan import ALMOST
from tests.chaos.record import Disturbed, Record, Said

LEASE = 25.0
"""A stop this long may outlast the rest of a lease."""

MARK_SECONDS = 2.0
"""From Slack's answer to the mark in the database, on a busy machine: a kill in it leaves the outcome unknown."""

AFTER_OUTAGE = 20.0
"""A mark that waits for the database is tried again with pauses of up to 15 s."""

BEHIND = 0.5
"""What a process wrote is read a little later, by then it may be dead."""

THAWED = 1.0
"""A process that was stopped between a look and a write writes as soon as it goes on."""


def doubtful(record: Record, one: Said) -> bool:
    """Whether its sender may not have learnt that Slack took this, or not have written it down: it died, or it was
    stopped until its own limit for the call, and so perhaps its lease, was over."""
    if one.unknown:
        return True
    marked = _marked(record, one)
    spans = [span for span in _spans(record, one) if span.begun < marked and span.ended + BEHIND > one.begun]
    return any(span.gone or span.ended - one.begun > ALMOST for span in spans)


def written_late(record: Record, one: Said) -> bool:
    """Whether its sender was stopped between its last look at the lease and its write, so that somebody else may have
    sent the same."""
    frozen = (span for span in _spans(record, one) if not span.gone and span.ended - span.begun > LEASE)
    return any(span.begun <= one.begun < span.ended + THAWED for span in frozen)


def excused(record: Record, one: Said, copy: Said) -> bool:
    """Whether a copy may follow: the outcome of this one was unknown and nobody could ask, or the copy was written by
    a process that did not know that its time was over."""
    if written_late(record, copy):
        return True
    return doubtful(record, one) and not _was_told(record, one, copy.begun)


def forgotten(record: Record, one: Said) -> bool:
    """Whether a script may stand in Slack without the database knowing: nobody could find out about it, or one that
    was written late took its place."""
    others = (other for other in record.said if (other.title, other.channel) == (one.title, one.channel))
    if any(written_late(record, other) for other in others if other is one or other.begun > one.begun):
        return True
    return doubtful(record, one) and not _was_told(record, one, math.inf)


def paused(record: Record, one: Said, since: float) -> bool:
    """Whether its sender was stopped between a last look, before `since`, and its write."""
    stops = (span for span in _spans(record, one) if not span.gone)
    return any(since > span.begun - THAWED and one.begun < span.ended + THAWED for span in stops)


def _spans(record: Record, one: Said) -> Iterator[Disturbed]:
    return (span for span in record.disturbed if one.sender in (None, span.replica))


def _marked(record: Record, one: Said) -> float:
    """Until when its mark may have been on its way into the database."""
    marked = one.ended + MARK_SECONDS
    for begin, end in record.outages:
        if begin < marked and end > one.begun:
            marked = max(marked, end + AFTER_OUTAGE)
    for stop in sorted((span for span in _spans(record, one) if not span.gone), key=lambda span: span.begun):
        if stop.begun < marked and stop.ended > one.begun:
            marked = max(marked, stop.ended + MARK_SECONDS)
    return marked


def _was_told(record: Record, one: Said, before: float) -> bool:
    """Whether Slack told what had become of it before something began to be sent again. The last word counts, and is
    about this one: only one message at a time is under way, or asked about, in a private channel. A bot that could ask
    and did not is no excuse."""
    if not record.asks or not one.channel.startswith("D") or not _told_before(record, one):
        return False
    told = [asked.told for asked in record.asked if asked.channel == one.channel and one.begun < asked.begun < before]
    return all(told) if math.isinf(before) else not told or told[-1]


def _told_before(record: Record, one: Said) -> bool:
    """Whether an earlier private message, whose outcome was known, gave the channel to ask in."""
    mine = (other for other in record.said if other.channel == one.channel and other.ended < one.begun)
    return any(not doubtful(record, other) for other in mine)
