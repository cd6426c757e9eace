"""How the services' values lie in the tables. Here, and only here, sealed text is opened for the store."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, FromClause, Table, literal_column

from bot.coaching.brief import Brief, Rung, Sealed
from bot.services.deliveries import Delivery, DeliveryState, Kind, NewDelivery, Reminder
from bot.services.model import Negotiation, Person, State
from bot.storage.columns import storable
from bot.storage.tables import brief, delivery, negotiation

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_for(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that can say ON CONFLICT; both dialects write it alike, though each has a class of its own. Only one is
    ever loaded: the other would cost a start on SQLite 20 ms, and one on PostgreSQL 2 MiB."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def person_values(person: Person) -> dict[str, str]:
    return {"installation": person.installation, "user_id": person.user, "team": person.team}


def brief_values(value: Brief) -> dict[str, Any]:
    """What a row of `brief` holds; `brief_from` reads it back."""
    return {
        "title": storable(value.title),
        "counterpart": storable(value.counterpart),
        "counterpart_id": value.counterpart_id,
        "meeting_at": value.meeting_at,
        "my_win": storable(value.my_win),
        "their_win": storable(value.their_win),
        "shared_win": storable(value.shared_win),
        "walk_away": storable(value.walk_away.reveal()),
        "place": value.place,
        "rungs": ",".join(str(rung.minutes) for rung in Rung if rung in value.rungs),
    }


SEEN = (
    *(negotiation.c[name] for name in ("installation", "user_id", "team", "id", "state")),
    *(brief.c.revision, negotiation.c.confirmed),
    *(negotiation.c[name] for name in ("place", "rehearsed_at", "cancelled_at")),
    *(brief.c[name] for name in ("title", "counterpart", "counterpart_id", "meeting_at")),
    *(brief.c[name] for name in ("my_win", "their_win", "shared_win", "walk_away", "place", "rungs")),
)
"""What `negotiation_from` takes, in its order: reading by position costs a third of reading by name."""


def negotiation_from(row: Sequence[Any]) -> Negotiation:
    """A row of SEEN. Raises ValueError where it is not that long."""
    installation, user, team, id_, state, revision, confirmed, place, rehearsed_at, cancelled_at, *words = row
    owner = Person(installation, user, team)
    seen = brief_from(*words)
    return Negotiation(id_, owner, State(state), revision, confirmed, seen, place, rehearsed_at, cancelled_at)


def delivery_values(value: NewDelivery, now: datetime) -> dict[str, Any]:
    return {
        **person_values(value.owner),
        "key": value.key,
        "kind": value.kind,
        "negotiation_id": value.negotiation_id,
        "revision": value.revision,
        "lane": value.lane,
        "rung": value.rung.minutes if value.rung else None,
        "view_id": value.view_id,
        "note": value.note,
        "state": DeliveryState.PENDING,
        "due_at": value.due_at,
        "wake_at": value.due_at,
        "attempts": 0,
        "mark": secrets.token_hex(8),
        "outcome": "",
        "created_at": now,
    }


DELIVERY = tuple(
    delivery.c[name]
    for name in (
        *("installation", "user_id", "team", "key", "kind", "negotiation_id", "revision", "lane", "due_at", "rung"),
        *("view_id", "note", "id", "state", "attempts", "uncertain_at", "doubts", "claim", "mark", "outcome"),
        "settled_at",
    )
)
"""What `delivery_from` takes, in its order."""


def readable(row: FromClause) -> ColumnElement[bool]:
    """Whether `delivery_from` can read a row of `delivery`. While replicas are upgraded one by one, the newer may write
    kinds and rungs that the older leave to them."""
    kinds: list[ColumnElement[str]] = [literal_column(f"'{kind}'") for kind in Kind]
    rungs: list[ColumnElement[int]] = [literal_column(f"{rung.minutes}") for rung in Rung]
    return row.c.kind.in_(kinds) & (row.c.rung.is_(None) | row.c.rung.in_(rungs))


def delivery_from(row: Sequence[Any], known: Reminder | None = None) -> Delivery:
    """A row of DELIVERY."""
    installation, user, team, key, kind, negotiation_id, revision, lane, due_at, rung, *more = row
    view_id, note, id_, state, attempts, uncertain_at, doubts, claim, mark, outcome, settled_at = more
    return Delivery(
        key,
        Kind(kind),
        Person(installation, user, team),
        negotiation_id,
        revision,
        lane,
        due_at,
        None if rung is None else Rung.of_minutes(rung),
        view_id,
        note,
        id_,
        DeliveryState(state),
        attempts,
        uncertain_at,
        doubts,
        claim or "",
        mark,
        outcome,
        settled_at,
        known=known,
    )


def brief_from(
    title: str,
    counterpart: str,
    counterpart_id: str | None,
    meeting_at: datetime | None,
    my_win: str,
    their_win: str,
    shared_win: str,
    walk_away: str,
    place: str | None,
    rungs: str,
) -> Brief:
    """A row's part of `brief`, in the order of SEEN."""
    return Brief(
        title=title,
        counterpart=counterpart,
        counterpart_id=counterpart_id,
        meeting_at=meeting_at,
        my_win=my_win,
        their_win=their_win,
        shared_win=shared_win,
        walk_away=Sealed(walk_away),
        place=place,
        rungs=_rungs(rungs),
    )


@cache
def _rungs(minutes: str) -> frozenset[Rung]:
    chosen = {int(one) for one in minutes.split(",") if one}
    return frozenset(rung for rung in Rung if rung.minutes in chosen)  # a newer version may know more
