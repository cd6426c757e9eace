"""The composition root: the only file that knows every room of the bot. It owns start and stop."""

import asyncio
import os
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SystemClock
from bot.coaching.gate import Problem
from bot.coaching.ladder import QuietHours
from bot.config import EVENTS, ConfigError, Http, Settings, Socket
from bot.outbox.alarm import Alarm
from bot.outbox.drain import Drain
from bot.services.delivering import Delivering
from bot.services.errors import DeliveryError, StorageError
from bot.services.method import Method
from bot.services.people import People
from bot.services.preparing import Preparing
from bot.services.publishing import Publishing
from bot.services.rehearsing import Rehearsing
from bot.services.reminding import Reminding
from bot.services.trouble import Complaint, pauses
from bot.slack.background import Background, soon
from bot.slack.bolt import build_bolt
from bot.slack.desk import Desk
from bot.slack.failures import Failures
from bot.slack.http import HttpMode
from bot.slack.messenger import SlackMessenger
from bot.slack.socket import ALLOWED, CONNECTIONS, SocketMode
from bot.slack.views.blank import BlankForm
from bot.slack.web import Web, new_client, new_session
from bot.storage import dismissals
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.wording.files import Folders
from bot.wording.method import load_method
from bot.wording.phrases import load_coach
from bot.wording.words import Words, load_words

_STOP_SECONDS = 9.0
"""How long a stop may take; ten are promised."""

_BACKGROUND_SECONDS = 3.0
"""How much of them work that follows an answer may take. The door takes as much at most, and the outbox has the rest: a
message whose outcome is not written down may come twice."""

MOST_PROCESSES = ALLOWED // CONNECTIONS
"""Over Socket Mode; another one waits until one of them ends."""


class SlackRefusal(Exception):
    """Slack does not accept a token. The message is for a person and holds no token."""


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores over one database."""

    negotiations: SqlNegotiations
    outbox: SqlOutbox
    people: SqlPeople


class Door(Protocol):
    """Where payloads come in; `way` says how, once it is open."""

    @property
    def way(self) -> str: ...

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Takes no more work, finishes what is being answered, closes."""


class WinWin:
    """A whole bot in one process: `start`, then `stop`. Every room is stopped in the reverse order of its start."""

    def __init__(self, settings: Settings, connection: Socket | Http, clock: SystemClock) -> None:
        self._settings = settings
        self._connection = connection
        self._clock = clock
        self._opened = AsyncExitStack()

    async def start(self) -> str:
        """Starts every room and says in half a line who the bot is, where, and how Slack reaches it.

        Raises WordingError, StorageError, SlackRefusal or ConfigError where it cannot serve. While Slack is away it
        tries on.
        """
        folders = Folders(self._settings.winwin_templates_dir)
        client = await self._open_client()
        web = Web(client)
        asked = asyncio.create_task(_identity(web))  # while the answer travels, words are read and the database opened
        self._opened.push_async_callback(_given_up, asked)
        words, (method, gate_words) = await asyncio.to_thread(lambda: (load_words(folders), read_method(folders)))
        self.stores = await self._open_stores()
        identity = await asked
        messenger = SlackMessenger(web, words)
        stores = self.stores
        people = People(stores.people, stores.negotiations, stores.outbox, messenger, method, self._clock, self._wake)
        self.drain = self._build_drain(messenger, method, people)
        desk = self._build_desk(people, web, words, method, gate_words)
        await self.drain.start()
        self._opened.push_async_callback(self._stop_drain)
        self._opened.push_async_callback(desk.background.drain, _BACKGROUND_SECONDS)
        door = self._door(client, identity, desk)
        self._opened.push_async_callback(door.stop)
        await _open(door)
        return f"as @{identity.get('user', 'winwin')} in {identity.get('team', 'your workspace')} {door.way}"

    async def stop(self) -> None:
        """Takes no more work, finishes what it holds, closes what it opened."""
        self._stops_at = time.monotonic() + _STOP_SECONDS
        await self._opened.aclose()

    async def _stop_drain(self) -> None:
        await self.drain.stop(max(self._stops_at - time.monotonic(), _BACKGROUND_SECONDS))

    async def jump(self) -> float | None:
        """Moves the clock to the next row of the outbox (the sandbox's button) and waits until it went out.
        Returns how many seconds the clock runs ahead, or None where nothing is planned."""
        await self.drain.idle()
        due = await self.stores.outbox.next_due()
        if due is None:
            return None
        self._clock.jump(due)
        self.drain.wake()
        await self.drain.idle()
        return self._clock.offset.total_seconds()

    async def _open_stores(self) -> Stores:
        database = Database.open(self._settings.database.reveal())
        self._opened.push_async_callback(database.close)
        alone = database.lock_for_serving()
        await database.migrate()
        stores = Stores(SqlNegotiations(database), SqlOutbox(database), SqlPeople(database))
        if alone:
            await stores.outbox.release(self._clock.now())
        return stores

    async def _open_client(self) -> AsyncWebClient:
        session = await self._opened.enter_async_context(new_session())
        token = self._connection.bot_token.reveal()
        return new_client(token, self._settings.slack_api_url, session)

    def _build_drain(self, messenger: SlackMessenger, method: Method, people: People) -> Drain:
        stores = self.stores
        handler = Delivering.over(stores.negotiations, stores.outbox, people, messenger, method, self._clock)
        return Drain(stores.outbox, handler, self._clock, Alarm(self._clock))

    def _build_desk(
        self, people: People, web: Web, words: Words, method: Method, gate_words: Mapping[Problem, str]
    ) -> Desk:
        stores, clock, background = self.stores, self._clock, Background()
        return Desk(
            Preparing(stores.negotiations, method, clock),
            Publishing(stores.negotiations, stores.outbox, stores.people, method, clock, self._wake),
            Reminding(stores.negotiations, clock, self._wake),
            Rehearsing(stores.negotiations, method),
            people,
            web,
            words,
            gate_words,
            Failures(web, words, background),
            background,
            BlankForm(words),
        )

    def _door(self, client: AsyncWebClient, identity: Mapping[str, Any], desk: Desk) -> Door:
        bolt = build_bolt(client, identity, desk)
        match self._connection:
            case Http(signing_secret=secret, host=host, port=port):
                return HttpMode(bolt, secret.reveal(), desk.background, host=host, port=port, path=EVENTS)
            case Socket(app_token=token):
                return SocketMode(bolt, token.reveal(), client, desk.background)

    def _wake(self) -> None:
        """Not before the current answer has left: the outcome must not reach Slack ahead of it."""
        soon(self.drain.wake)


def read_method(folders: Folders) -> tuple[Method, Mapping[Problem, str]]:
    """The method's words as values, and the gate's sentences. Raises WordingError (file, line, what is wrong)."""
    texts = load_method(folders)
    coach = load_coach(folders, fillers=texts.fillers)
    return Method(texts.fillers, texts.leads, texts.sensitive, coach, QuietHours()), texts.gate_words


def count_dismissals(settings: Settings) -> Mapping[str, int]:
    """How often the findings of each rule were dismissed. Only reads, and makes no file. Raises StorageError."""
    url = settings.database.reveal()
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        raise StorageError("There is no database yet, so nothing was dismissed. Start Win-Win once first.")
    return asyncio.run(_counted(url))


async def _counted(url: str) -> Mapping[str, int]:
    database = Database.open(url)
    try:
        return await database.read(dismissals.counted)
    finally:
        await database.close()


async def _identity(web: Web) -> Mapping[str, Any]:
    """Who the bot is, asked once. While Slack is away it tries on; a refused token raises SlackRefusal."""
    waits, complaint = pauses(), Complaint("Slack cannot be reached; trying again with growing pauses")
    while True:
        try:
            return await web.call("auth.test")
        except DeliveryError as error:
            if error.permanent:
                raise SlackRefusal(
                    f"Slack does not accept SLACK_BOT_TOKEN ({error.code}). "
                    'Copy it again from "OAuth & Permissions" on your app\'s page at Slack.'
                ) from None
            complaint.because(error.code)
            await asyncio.sleep(max(next(waits), error.retry_after or 0))


async def _given_up(asked: asyncio.Task[Mapping[str, Any]]) -> None:
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)


async def _open(door: Door) -> None:
    try:
        await door.start()
    except DeliveryError as error:
        raise SlackRefusal(
            f"Slack does not accept SLACK_APP_TOKEN ({error.code}). "
            'Copy it again from "Basic Information" on your app\'s page at Slack.'
        ) from None
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise ConfigError([f"WINWIN_HOST and PORT cannot be listened on ({reason}): give others."]) from None
