"""What every test of the stores starts from."""

import pytest

from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from tests.databases import database, database_url, postgresql

__all__ = ["database", "database_url", "postgresql"]


@pytest.fixture
def negotiations(database: Database) -> SqlNegotiations:
    return SqlNegotiations(database)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


@pytest.fixture
def people(database: Database) -> SqlPeople:
    return SqlPeople(database)
