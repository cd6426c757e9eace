"""procrastinate, a queue of jobs on PostgreSQL: `COUNT DUE_AT DATABASE_URL`.

The best set-up found: all jobs deferred in one batch, twenty at once, looking for due ones every tenth of a second
(by default every five), its tables analyzed.
"""

import asyncio
import logging
import sys
from datetime import UTC, datetime

from procrastinate import App, PsycopgConnector

from tests.benchmarks.peers.posting import AT_ONCE, POSTERS, poster, remind
from tests.benchmarks.readymade import nudges

LOOK_EVERY = 0.1


async def main(count: int, due_at: float, url: str) -> None:
    logging.disable(logging.INFO)
    app = App(connector=PsycopgConnector(conninfo=url, min_size=AT_ONCE, max_size=AT_ONCE))
    task = app.task(remind, name="remind")
    async with app.open_async(), poster() as posting:
        POSTERS.append(posting)
        await app.schema_manager.apply_schema_async()
        later = task.configure(schedule_at=datetime.fromtimestamp(due_at, UTC))
        await later.batch_defer_async(*({"user": user, "words": words} for user, words in nudges(count)))
        await app.connector.execute_query_async("ANALYZE")
        print("ready", flush=True)
        await app.run_worker_async(concurrency=AT_ONCE, fetch_job_polling_interval=LOOK_EVERY)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]))
