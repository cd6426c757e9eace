"""The SDK alone, with no database: `COUNT DUE_AT`. It knows what to send and when; a kill would lose all of it."""

import asyncio
import sys
import time

from tests.benchmarks.peers.posting import poster
from tests.benchmarks.readymade import nudges


async def main(count: int, due_at: float) -> None:
    reminders = nudges(count)
    async with poster() as posting:
        print("ready", flush=True)
        await asyncio.sleep(due_at - time.time())
        await asyncio.gather(*(posting.post(user, words) for user, words in reminders))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
