"""Serving until a signal: the bot against Slack, or the bot and a sandbox of its own."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import uvloop

from bot.app import MOST_PROCESSES, SlackRefusal, WinWin
from bot.clock import SystemClock
from bot.config import Secret, Settings, Socket
from bot.sandbox.people import APP_TOKEN, BOT_TOKEN, Command, Shortcut
from bot.services.errors import StorageError
from bot.wording.files import Folders, WordingError

REFUSED = 2
"""Exit code for settings, files, tokens or a database that cannot be used."""

COMMAND = Command("/winwin", "[what it is about] or help", "Prepare a negotiation, or see how it works.")
SHORTCUT = Shortcut("prepare", "Prepare a win-win")

_GARBAGE = 10_000
"""New objects before Python looks for garbage among them; a form's submission alone makes hundreds."""

_NOISY = ("slack_sdk", "slack_bolt", "aiohttp.access", "apscheduler", "asyncio", "alembic")


def serve(settings: Settings, serving: Callable[[Settings], Coroutine[Any, Any, None]]) -> int:
    """Serves until SIGTERM or Ctrl-C and returns the exit code; what stands in the way is one message."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)  # below that some print what people wrote
    try:
        uvloop.run(_until_signal(serving(settings)))
    except (SlackRefusal, StorageError, WordingError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


async def slack(settings: Settings) -> None:
    """The bot against Slack. Raises ConfigError where a token is missing."""
    connection = settings.connection()
    bot = WinWin(settings, connection, SystemClock())
    if isinstance(connection, Socket) and connection.note:
        print(connection.note, flush=True)
    try:
        who = await bot.start()
        _keep()
        if settings.shares_database and isinstance(connection, Socket):
            print(f"Slack's connections suffice for {MOST_PROCESSES} processes like this one.", flush=True)
        print(f"Win-Win serves Slack {who} ({settings.slack_api_url}). Ctrl-C stops it.", flush=True)
        await asyncio.Event().wait()
    finally:
        await bot.stop()


def _keep() -> None:
    """What the start read stays, as the imports do: looking through it for garbage would stop everybody, again and
    again. What requests leave behind is looked through less often than Python would."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)


async def sandbox(settings: Settings) -> None:
    """The same bot against a small Slack on loopback, with a database that is thrown away at the end."""
    from bot.sandbox.server import SandboxServer, free_port  # only here: Slack itself needs none of it

    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="winwin-sandbox-") as folder:
        server = SandboxServer(
            clock.now,
            jump=lambda: bot.jump(),
            commands=(COMMAND,),
            shortcuts=(SHORTCUT,),
            folders=Folders(settings.winwin_templates_dir),
        )
        url = await server.start(port=free_port(settings.port) if settings.port else 0)
        inside = sandboxed(settings, server.api_url, Path(folder))
        bot = WinWin(inside, inside.connection(), clock)
        try:
            await bot.start()
            print(f"The sandbox is open at {url}\nOpen it in a browser, type /winwin and press Enter.", flush=True)
            await asyncio.Event().wait()
        finally:
            await bot.stop()
            await server.stop()


def sandboxed(settings: Settings, api_url: str, folder: Path) -> Settings:
    """The settings of a bot that knows only the sandbox: no token and no database of the person's own."""
    return Settings(
        slack_bot_token=Secret(BOT_TOKEN),
        slack_app_token=Secret(APP_TOKEN),
        slack_api_url=api_url,
        winwin_data_dir=folder,
        winwin_templates_dir=settings.winwin_templates_dir,
        log_level=settings.log_level,
    )


async def _until_signal(serving: Coroutine[Any, Any, None]) -> None:
    """Ends `serving` at the first signal; it cleans up by itself."""
    task = asyncio.ensure_future(serving)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
