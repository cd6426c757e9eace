"""A connection for each thread, kept: taking one from a pool and giving it back costs as much as a small statement."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.storage.engines import Source


class Connections:
    """Opened when a thread first needs one, anew where it was cut meanwhile. What fails when a connection is cut in
    mid-work is told, not tried again: nobody knows what became of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._mine = threading.local()
        self._open: set[Connection] = set()

    @contextmanager
    def statement(self) -> Iterator[Connection]:
        """For statements that each commit by themselves."""
        connection = self._connection()
        try:
            with connection.begin():  # SQLAlchemy's own idea of a transaction; the database hears of none
                yield connection
        except DBAPIError:
            self._clear(connection)
            raise

    def _clear(self, connection: Connection) -> None:
        """SQLAlchemy takes a transaction whose COMMIT failed for over; the database may not."""
        if connection.invalidated:
            return
        try:
            connection.connection.rollback()
        except self._source.engine.dialect.loaded_dbapi.Error:
            connection.invalidate()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """For statements that hold together; an exception rolls them back."""
        with self.statement() as connection:
            connection.exec_driver_sql(self._source.begin)
            yield connection

    def close(self) -> None:
        """Once no thread uses any."""
        for connection in self._open:
            connection.close()
        self._open.clear()

    def _connection(self) -> Connection:
        mine: Connection | None = getattr(self._mine, "connection", None)
        if mine is None:
            mine = self._mine.connection = self._source.engine.connect()
            self._open.add(mine)
        elif not mine.invalidated and self._source.is_cut(mine):
            mine.invalidate()  # it connects anew by itself
        return mine
