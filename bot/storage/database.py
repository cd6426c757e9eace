"""The database: runs the stores' plain work in threads of its own, migrates, and locks a file for one process."""

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError

from bot.services.errors import StorageError
from bot.storage import migrations
from bot.storage.connections import Connections
from bot.storage.engines import POSTGRESQL_THREADS, Source, open_source
from bot.storage.syncing import Syncing

T = TypeVar("T")
Work = Callable[[Connection], T]
Opened = Callable[[], AbstractContextManager[Connection]]


class Database:
    """Threads of its own, each with its connection: one writer and one reader on SQLite, ten on PostgreSQL.

    A method that runs work raises StorageError where the database does not answer. Cancelling the caller does not
    take back work that has begun.
    """

    def __init__(self, source: Source, writer: Executor, reader: Executor) -> None:
        self._source = source
        self._connections = Connections(source)
        self._writer = writer
        self._reader = reader
        self._syncing = Syncing(source.file) if source.file else None
        self._serving: int | None = None

    @classmethod
    def open(cls, url: str) -> Self:
        """Opens `sqlite:///path` or `postgresql://...` (see `open_source`), connecting at the first use."""
        source = open_source(url)
        if source.file:
            return cls(source, _threads("writer", 1), _threads("reader", 1))
        threads = _threads("database", POSTGRESQL_THREADS)
        return cls(source, threads, threads)

    async def run(self, work: Work[T]) -> T:
        """Runs `work` in one transaction; an exception rolls it back."""
        return await self._write(self._connections.transaction, work)

    async def run_one(self, work: Work[T]) -> T:
        """Runs `work`, which writes by a single statement."""
        return await self._write(self._connections.statement, work)

    async def read(self, work: Work[T]) -> T:
        """Runs `work`, which only reads; each of its statements sees a moment of its own."""
        return await self._in(self._reader, self._connections.statement, work)

    async def migrate(self) -> None:
        """Brings the schema up to date, also while another process does the same. Raises StorageError where
        the database cannot be reached or was made by a newer Win-Win."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._migrate)

    def lock_for_serving(self) -> bool:
        """Keeps a SQLite file for this process until it closes or dies. False on PostgreSQL, which many may serve.
        Raises StorageError where another process holds the file."""
        if not self._source.file:
            return False
        descriptor = os.open(f"{self._source.file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise StorageError(f"Another Win-Win is already using {self._source.words}.") from None
        self._serving = descriptor
        return True

    async def close(self) -> None:
        """Waits for work that has begun, then closes every connection and gives up the file."""
        if self._syncing:
            self._syncing.stop()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._writer.shutdown()
        self._reader.shutdown()
        self._connections.close()
        if self._serving is not None:
            os.close(self._serving)
            self._serving = None

    async def _write(self, opened: Opened, work: Work[T]) -> T:
        try:
            return await self._in(self._writer, opened, work)
        finally:  # also where nobody waits for it any more
            if self._syncing:
                self._syncing.soon()

    async def _in(self, executor: Executor, opened: Opened, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(executor, self._attempt, opened, work)

    def _attempt(self, opened: Opened, work: Work[T]) -> T:
        try:
            with opened() as connection:
                return work(connection)
        except (OperationalError, InterfaceError, InternalError) as error:
            raise StorageError(f"Cannot use {self._source.words}: {_reason(error)}.") from error

    def _migrate(self) -> None:
        try:
            with self._connections.statement() as connection:
                if migrations.is_current(connection):
                    return
            with _alone(self._source.file):
                self._upgrade()
        except DBAPIError as error:
            raise StorageError(f"Cannot use {self._source.words}: {_reason(error)}.") from error

    def _upgrade(self) -> None:
        if self._source.file:
            with self._connections.statement() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        with self._connections.transaction() as connection:
            migrations.upgrade(connection)


def _threads(name: str, count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix=f"winwin-{name}")


def _reason(error: DBAPIError) -> str:
    """The driver's own first line, which names hosts and users but no password and no value of ours."""
    lines = str(error.orig).strip().splitlines()
    return lines[0].rstrip(".:") if lines else type(error.orig).__name__


@contextmanager
def _alone(file: Path | None) -> Iterator[None]:
    """Lets one process in at a time: SQLite does not wait when two switch a new file to WAL together."""
    if file is None:
        yield
        return
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
