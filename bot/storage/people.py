"""PeopleStore: the time zone that Slack told us of a person."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Executable, select

from bot.services.model import Person, Told
from bot.storage.database import Database
from bot.storage.owned import mine, whose
from bot.storage.rows import insert_for, person_values
from bot.storage.tables import person as table

_TOLD = select(table.c.zone, table.c.updated_at).where(mine(table))


def told(connection: Connection, person: Person) -> Told | None:
    row = connection.execute(_TOLD, whose(person)).one_or_none()
    return Told(*row) if row else None


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
        known = await self.told(person)
        return known.zone if known else None

    async def told(self, person: Person) -> Told | None:
        return await self.database.read(lambda connection: told(connection, person))

    async def remember_zone(self, person: Person, zone: str, now: datetime) -> None:
        known = {"team": person.team, "zone": zone, "updated_at": now}

        def remember(connection: Connection) -> None:
            connection.execute(_remember(connection.dialect.name), person_values(person) | known)

        await self.database.run_one(remember)
