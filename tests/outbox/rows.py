"""Rows for the outbox's tests."""

from datetime import UTC, datetime

from bot.services.deliveries import Delivery, Kind, NewDelivery
from bot.services.model import Person

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def new_row(
    key: str,
    due_at: datetime = NOON,
    lane: str | None = None,
    installation: str = "T1",
    kind: Kind = Kind.NUDGE,
) -> NewDelivery:
    """Without a lane it has one of its own."""
    owner = Person(installation, f"U-{key}")
    return NewDelivery(key, kind, owner, "N1", 1, lane or f"D-{key}", due_at)


def delivery(
    number: int = 1,
    lane: str = "D1",
    installation: str = "T1",
    attempts: int = 1,
    uncertain: bool = False,
    doubts: int = 0,
    due_at: datetime = NOON,
    kind: Kind = Kind.NUDGE,
) -> Delivery:
    """A claimed row, as a handler sees it."""
    return Delivery(
        f"key-{number}",
        kind,
        Person(installation, "U1"),
        "N1",
        1,
        lane,
        due_at,
        id=number,
        attempts=attempts,
        uncertain_at=due_at if uncertain else None,
        doubts=doubts,
        claim="claim 1",
    )
