"""PeopleStore: the time zone that Slack told us of a person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, select

from bot.services.model import Person
from bot.storage.database import Database
from bot.storage.owned import mine, whose
from bot.storage.rows import insert_for, person_values
from bot.storage.tables import person as table

_ZONE = select(table.c.zone).where(mine(table))

_ASKED_AT = select(table.c.updated_at).where(mine(table))


def zone_of(connection: Connection, person: Person) -> str | None:
    zone: str | None = connection.scalar(_ZONE, whose(person))
    return zone


@cache
def _remember(dialect: str) -> Executable:
    row = insert_for(dialect, table)
    newer = {key: row.excluded[key] for key in ("team", "zone", "updated_at")}
    return row.on_conflict_do_update(index_elements=list(table.primary_key), set_=newer)


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The table `person`."""

    database: Database

    async def zone(self, person: Person) -> str | None:
        return await self.database.read(lambda connection: zone_of(connection, person))

    async def asked_at(self, person: Person) -> datetime | None:
        return await self.database.read(lambda connection: connection.scalar(_ASKED_AT, whose(person)))

    async def remember_zone(self, person: Person, zone: str, now: datetime) -> None:
        known = {"team": person.team, "zone": zone, "updated_at": now}

        def remember(connection: Connection) -> None:
            connection.execute(_remember(connection.dialect.name), person_values(person) | known)

        await self.database.run_one(remember)
