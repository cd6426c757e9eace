"""PeopleStore: the time zone that Slack told us of a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.services.model import Person
from bot.storage.database import Database
from bot.storage.owned import owned_by
from bot.storage.rows import insert_into, person_values
from bot.storage.tables import person as table


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """The table `person`."""

    database: Database

    async def zone(self, person: Person) -> str | None:
        found = select(table.c.zone).where(owned_by(person, table))
        return await self.database.read(lambda connection: connection.scalar(found))

    async def remember_zone(self, person: Person, zone: str, now: datetime) -> None:
        known = {"team": person.team, "zone": zone, "updated_at": now}

        def remember(connection: Connection) -> None:
            row = insert_into(connection, table).values(**person_values(person) | known)
            connection.execute(row.on_conflict_do_update(index_elements=list(table.primary_key), set_=known))

        await self.database.run_one(remember)
