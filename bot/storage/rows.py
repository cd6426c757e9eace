"""How the services' values lie in the tables. Here, and only here, sealed text is opened for the store."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import RowMapping, Table
from sqlalchemy.dialects import sqlite

from bot.coaching.brief import Brief, Rung, Sealed
from bot.services.deliveries import Delivery, DeliveryState, Kind, NewDelivery
from bot.services.model import Negotiation, Person, State
from bot.storage.tables import brief, delivery, negotiation

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert_for(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that can say ON CONFLICT; both dialects write it alike, though each has a class of its own."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # 20 ms that a start on SQLite saves

        return postgresql.insert(table)
    return sqlite.insert(table)


def person_values(person: Person) -> dict[str, str]:
    return {"installation": person.installation, "user_id": person.user, "team": person.team}


def brief_values(value: Brief) -> dict[str, Any]:
    return {
        "title": value.title,
        "counterpart": value.counterpart,
        "counterpart_id": value.counterpart_id,
        "meeting_at": value.meeting_at,
        "my_win": value.my_win,
        "their_win": value.their_win,
        "shared_win": value.shared_win,
        "walk_away": value.walk_away.reveal(),
        "place": value.place,
        "rungs": ",".join(str(rung.minutes) for rung in Rung if rung in value.rungs),
    }


def negotiation_from(row: RowMapping) -> Negotiation:
    """A row of negotiation joined with one of brief."""
    return Negotiation(
        id=row[negotiation.c.id],
        owner=_person(row, negotiation),
        state=State(row[negotiation.c.state]),
        revision=row[brief.c.revision],
        confirmed=row[negotiation.c.confirmed],
        brief=_brief(row),
        place=row[negotiation.c.place],
        rehearsed_at=row[negotiation.c.rehearsed_at],
        cancelled_at=row[negotiation.c.cancelled_at],
    )


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


def delivery_from(row: RowMapping) -> Delivery:
    rung = row[delivery.c.rung]
    return Delivery(
        key=row[delivery.c.key],
        kind=Kind(row[delivery.c.kind]),
        owner=_person(row, delivery),
        negotiation_id=row[delivery.c.negotiation_id],
        revision=row[delivery.c.revision],
        lane=row[delivery.c.lane],
        due_at=row[delivery.c.due_at],
        rung=None if rung is None else Rung.of_minutes(rung),
        view_id=row[delivery.c.view_id],
        note=row[delivery.c.note],
        id=row[delivery.c.id],
        state=DeliveryState(row[delivery.c.state]),
        attempts=row[delivery.c.attempts],
        uncertain_at=row[delivery.c.uncertain_at],
        claim=row[delivery.c.claim] or "",
        mark=row[delivery.c.mark],
        outcome=row[delivery.c.outcome],
        settled_at=row[delivery.c.settled_at],
    )


def _person(row: RowMapping, table: Table) -> Person:
    return Person(row[table.c.installation], row[table.c.user_id], row[table.c.team])


def _brief(row: RowMapping) -> Brief:
    rungs = row[brief.c.rungs].split(",") if row[brief.c.rungs] else []
    return Brief(
        title=row[brief.c.title],
        counterpart=row[brief.c.counterpart],
        counterpart_id=row[brief.c.counterpart_id],
        meeting_at=row[brief.c.meeting_at],
        my_win=row[brief.c.my_win],
        their_win=row[brief.c.their_win],
        shared_win=row[brief.c.shared_win],
        walk_away=Sealed(row[brief.c.walk_away]),
        place=row[brief.c.place],
        rungs=frozenset(Rung.of_minutes(int(minutes)) for minutes in rungs),
    )
