"""APScheduler with one job for each reminder in its SQLAlchemyJobStore: `COUNT DUE_AT FILE`.

The best set-up found: the scheduler in the loop itself (in a thread of its own it fights with the loop for the
interpreter and is slower), jobs that carry their words, a SQLite file set as ours is (WAL, no sync at each commit),
and no grace time, without which it would drop what comes late.
"""

import asyncio
import signal
import sys
from datetime import UTC, datetime

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.peers.posting import POSTERS, REMIND, poster
from tests.benchmarks.peers.sqlite import sqlite_engine
from tests.benchmarks.readymade import nudges


def scheduler_on(engine: Engine) -> AsyncIOScheduler:
    defaults = {"misfire_grace_time": None, "coalesce": True}
    stores = {"default": SQLAlchemyJobStore(engine=engine)}
    return AsyncIOScheduler(jobstores=stores, job_defaults=defaults, timezone=UTC)


async def main(count: int, due_at: float, file: str) -> None:
    engine = sqlite_engine(file)
    scheduler = scheduler_on(engine)
    scheduler.start(paused=True)
    when = datetime.fromtimestamp(due_at, UTC)
    for reminder in nudges(count):
        scheduler.add_job(REMIND, "date", run_date=when, args=reminder)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
        stored = connection.exec_driver_sql("SELECT count(*) FROM apscheduler_jobs").scalar_one()
    if stored != count:
        raise RuntimeError(f"{stored} jobs are in the store, expected {count}")
    async with poster() as posting:
        POSTERS.append(posting)
        heart = Heartbeat()
        heart.start()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, heart.tell)
        scheduler.resume()
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
