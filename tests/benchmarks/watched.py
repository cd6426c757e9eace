"""The bot with a heartbeat in its loop, otherwise as `python -m bot run`: `python -m tests.benchmarks.watched`."""

import asyncio
import signal
import sys

from bot.config import Settings
from bot.serving import serve, slack
from tests.benchmarks.heartbeat import Heartbeat


async def watched(settings: Settings) -> None:
    heart = Heartbeat()
    heart.start()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, heart.tell)
    await slack(settings)


if __name__ == "__main__":
    sys.exit(serve(Settings.load(needs_slack=True), watched))
