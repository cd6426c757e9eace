"""Connections that their threads keep."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import NoReturn

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.services.errors import StorageError
from bot.storage import engines
from bot.storage.connections import Connections
from bot.storage.database import Database
from bot.storage.engines import open_source
from tests.databases import PostgreSQL

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def connections(database_url: str) -> Iterator[Connections]:
    opened = Connections(open_source(database_url))
    with opened.statement() as connection:
        connection.execute(text("CREATE TABLE proof (number INTEGER)"))
    yield opened
    opened.close()


def add(connection: Connection, number: int) -> None:
    connection.execute(text("INSERT INTO proof VALUES (:number)"), {"number": number})


def change(connection: Connection, number: int) -> None:
    connection.execute(text("UPDATE proof SET number = :number"), {"number": number})


def add_and_fail(connection: Connection) -> None:
    add(connection, 1)
    raise ZeroDivisionError


def numbers(connections: Connections) -> list[int]:
    with connections.statement() as connection:
        return list(connection.scalars(text("SELECT number FROM proof ORDER BY number")))


def process_id(connections: Connections) -> int:
    with connections.statement() as connection:
        return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)


def test_a_statement_commits_by_itself(connections: Connections) -> None:
    with pytest.raises(ZeroDivisionError), connections.statement() as connection:
        add_and_fail(connection)

    assert numbers(connections) == [1]


def test_a_transaction_holds_together(connections: Connections) -> None:
    with pytest.raises(ZeroDivisionError), connections.transaction() as connection:
        add_and_fail(connection)
    with connections.transaction() as connection:
        add(connection, 2)
        add(connection, 3)

    assert numbers(connections) == [2, 3]


@on_postgresql
def test_a_thread_keeps_its_connection_and_shares_it_with_no_other(connections: Connections) -> None:
    with ThreadPoolExecutor(1) as other:
        theirs = [other.submit(process_id, connections).result() for _ in range(2)]

    assert theirs[0] == theirs[1]
    assert process_id(connections) == process_id(connections) != theirs[0]


@on_postgresql
def test_what_is_cut_in_mid_work_is_told_and_what_comes_next_connects_anew(connections: Connections) -> None:
    for cut in (connections.statement, connections.transaction):
        with pytest.raises(DBAPIError, match="terminating connection"), cut() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

        with connections.transaction() as connection:
            add(connection, 1)

    assert numbers(connections) == [1, 1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_could_not_be_committed_is_not_committed_later(connections: Connections, database_url: str) -> None:
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM proof").fetchall()
        with connections.statement() as connection:
            connection.execute(text("PRAGMA busy_timeout = 0"))
        with pytest.raises(DBAPIError, match="locked"), connections.transaction() as connection:
            add(connection, 1)

    with connections.transaction() as connection:
        add(connection, 2)
    assert numbers(connections) == [2]


@on_postgresql
def test_a_server_that_is_back_is_used_again(connections: Connections, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> NoReturn:
        raise psycopg.OperationalError("the server is away")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(psycopg, "connect", away)
        for told in ("terminating connection", "the server is away", "the server is away"):
            with pytest.raises(DBAPIError, match=told), connections.transaction() as connection:
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    assert numbers(connections) == []


@on_postgresql
async def test_what_a_stopped_process_holds_comes_free_and_what_it_meant_to_do_is_undone(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await database.run_one(lambda one: one.execute(text("CREATE TABLE proof (number INTEGER)")))
    await database.run_one(lambda one: add(one, 1))
    monkeypatch.setattr(engines, "_HOLDS_AT_MOST", "100ms")
    stopped = Database.open(database_url)
    holds, goes_on = threading.Event(), threading.Event()

    def stop_in_mid_work(connection: Connection) -> None:
        change(connection, 2)
        holds.set()
        goes_on.wait()

    resumed = asyncio.create_task(stopped.run(stop_in_mid_work))
    await asyncio.to_thread(holds.wait)
    try:
        async with asyncio.timeout(30):
            await database.run_one(lambda one: change(one, 3))
    finally:
        goes_on.set()

    with pytest.raises(StorageError, match="idle-in-transaction"):
        await resumed
    assert await database.read(lambda one: one.scalar(text("SELECT number FROM proof"))) == 3
    await stopped.close()


@on_postgresql
def test_closing_leaves_no_connection(postgresql: PostgreSQL, database_url: str) -> None:
    opened = Connections(open_source(database_url))
    with ThreadPoolExecutor(2) as threads:
        theirs = {threads.submit(process_id, opened).result() for _ in range(3)}
    opened.close()

    server = Connections(open_source(postgresql.uri))
    deadline = time.monotonic() + 10
    with server.statement() as connection:
        while theirs & set(connection.scalars(text("SELECT pid FROM pg_stat_activity"))):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    server.close()
