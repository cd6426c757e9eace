"""The settings: frozen values from the environment and `.env`. Every fault is named at once, with its cure,
and no message holds a value, because any of them may be a token that went to the wrong place."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from io import StringIO
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

from dotenv import dotenv_values
from dotenv.parser import parse_stream

EVENTS = "/slack/events"
"""Where Slack sends every payload over HTTP."""

_DATA = ".winwin"
_HOMES = {"xoxb-": "SLACK_BOT_TOKEN", "xapp-": "SLACK_APP_TOKEN"}


class ConfigError(Exception):
    """The settings cannot be used. Each fault is a sentence for a person and says how to mend it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(["The settings need mending:", *(f"  - {fault}" for fault in self.faults)]))


class _Wrong(ValueError):
    """What is said of a value beside the rule that it breaks; never the value."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A token or an address with a password: it does not print."""

    _value: str = field(repr=False)

    def reveal(self) -> str:
        return self._value


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Socket:
    """What a connection over Socket Mode takes. `note` says why this way, where two were open."""

    bot_token: Secret
    app_token: Secret
    note: str = ""


@dataclass(frozen=True, slots=True)
class Http:
    """What serving Slack over HTTP takes; port 0 is any free one."""

    bot_token: Secret
    signing_secret: Secret
    host: str
    port: int


# How each setting is read: from what was typed to its value. ValueError refuses it.


def _secret(prefix: str = "") -> Callable[[str], Secret]:
    """Refuses what cannot be this secret, and says where a token that went astray belongs."""

    def read(value: str) -> Secret:
        for start, home in _HOMES.items():
            if value.startswith(start) and start != prefix:
                raise _Wrong(f"holds a token that belongs in {home}; it")
        if not re.fullmatch(rf"{prefix}[!-~]+", value):
            raise ValueError
        return Secret(value)

    return read


def _api_url(value: str) -> str:
    """The address with one slash at its end: methods' names are put right behind it."""
    if not re.fullmatch(r"https?://([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?(/[^?#\s]*)?", value, re.ASCII | re.IGNORECASE):
        raise ValueError
    return value.rstrip("/") + "/"


def _database_url(value: str) -> Secret:
    """The address under its one name: `postgres://` is an old way to write `postgresql://`."""
    scheme, _, rest = value.partition("://")
    if scheme == "sqlite" and re.fullmatch("/.+", rest):
        return Secret(value)
    if scheme in ("postgresql", "postgres") and rest:
        return Secret(f"postgresql://{rest}")
    raise ValueError


def _makeable(value: str) -> Path:
    """An absolute path, so that a change of the working directory moves nothing."""
    path = Path(os.path.expanduser(value)).absolute()
    if os.path.lexists(path) and not os.path.isdir(path):  # unlike Path.is_dir, never raises
        raise ValueError
    return path


def _existing(value: str) -> Path:
    path = _makeable(value)
    if not os.path.isdir(path):
        raise ValueError
    return path


def _mode(value: str) -> Mode:
    return Mode(value.lower())


def _host(value: str) -> str:
    return str(ip_address(value))


def _port(value: str) -> int:
    if not re.fullmatch("[0-9]+", value) or int(value) > 65535:
        raise ValueError
    return int(value)


def _level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
        raise ValueError
    return value.upper()


class Rule(NamedTuple):
    """How a setting is read, and what a fault says that it must be."""

    read: Callable[[str], Any]
    words: str


_AT_SLACK = "on your app's page at Slack"
RULES = {
    "slack_bot_token": Rule(
        _secret("xoxb-"), f'the "Bot User OAuth Token" (xoxb-...) from "OAuth & Permissions" {_AT_SLACK}'
    ),
    "slack_app_token": Rule(
        _secret("xapp-"),
        f'an "App-Level Token" (xapp-...) with the scope connections:write from "Basic Information" {_AT_SLACK}',
    ),
    "slack_signing_secret": Rule(_secret(), f'the "Signing Secret" from "Basic Information" {_AT_SLACK}'),
    "slack_api_url": Rule(_api_url, "an http or https address, like https://slack.com/api/"),
    "database_url": Rule(_database_url, "sqlite:///path/file.db or postgresql://user@host/name"),
    "winwin_data_dir": Rule(_makeable, "a folder, or a path where one can be made"),
    "winwin_templates_dir": Rule(_existing, "a folder that exists"),
    "winwin_mode": Rule(_mode, "socket or http"),
    "winwin_host": Rule(_host, "an address of this machine, like 127.0.0.1, or 0.0.0.0 for all of them"),
    "port": Rule(_port, "a whole number from 0 to 65535 (0 takes a free port)"),
    "log_level": Rule(_level, "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
}
"""One for each setting; its name in capitals is the one in the environment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Values that were read by their rules: the constructor takes them as they are, `load` reads the environment."""

    slack_bot_token: Secret | None = None
    slack_app_token: Secret | None = None
    slack_signing_secret: Secret | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: Secret | None = None
    winwin_data_dir: Path = field(default_factory=lambda: Path(_DATA).absolute())
    winwin_templates_dir: Path | None = None
    winwin_mode: Mode | None = None
    # All addresses: in a container the proxy before it could not reach loopback, and what Slack did not sign is
    # refused. Not HOST, which some shells and conda set to something else.
    winwin_host: str = "0.0.0.0"
    port: int = 3000
    log_level: str = "INFO"

    @classmethod
    def load(
        cls,
        environ: Mapping[str, str] | None = None,
        env_file: Path | None = Path(".env"),
        *,
        needs_slack: bool = False,
    ) -> "Settings":
        """Reads `environ` (by default the process's) and the file; `environ` wins, an empty value is none.

        Raises ConfigError, which names every fault; with `needs_slack` each missing token too.
        """
        if broken := list(_broken(env_file)):
            raise ConfigError(broken)
        file = dotenv_values(env_file, encoding="utf-8-sig") if env_file else {}
        typed = _typed(file) | _typed(os.environ if environ is None else environ)
        faults = [*_slips(typed), *(_unconnected(typed) if needs_slack else ())]
        values: dict[str, Any] = {}
        given = {"winwin_data_dir": _DATA} | typed
        for name in (name for name in RULES if name in given):
            try:
                values[name] = RULES[name].read(given[name])
            except ValueError as error:
                faults.append(_fault(name, error))
        if faults:
            raise ConfigError(faults)
        return cls(**values)

    @property
    def has_slack(self) -> bool:
        """Whether any token or secret of a Slack app is given."""
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_signing_secret)

    @property
    def database(self) -> Secret:
        """The database's address; without DATABASE_URL a SQLite file in the data folder."""
        return self.database_url or Secret(f"sqlite:///{self.winwin_data_dir / 'winwin.db'}")

    @property
    def shares_database(self) -> bool:
        """Whether other processes may serve over the same database."""
        return self.database.reveal().startswith("postgresql")

    def connection(self) -> Socket | Http:
        """How Slack is reached. Raises ConfigError, which names each token or secret that is missing."""
        given = {name: getattr(self, name) for name in RULES}
        bot, app, secret = self.slack_bot_token, self.slack_app_token, self.slack_signing_secret
        if bot and secret and _over_http(given):
            return Http(bot, secret, self.winwin_host, self.port)
        if bot and app and not _over_http(given):
            both = secret and not self.winwin_mode
            note = "Socket Mode: an app token and a signing secret are given, and WINWIN_MODE is not." if both else ""
            return Socket(bot, app, note)
        raise ConfigError(_unconnected(given))


def _rule(name: str) -> str:
    return f"{RULES[name].words}."


def _fault(name: str, error: ValueError) -> str:
    astray = f" {error}" if isinstance(error, _Wrong) else ""
    return f"{name.upper()}{astray} must be {_rule(name)}"


def _typed(given: Mapping[str, str | None]) -> dict[str, str]:
    """By the fields' names, without the blanks around a pasted value; an empty value is none."""
    return {name.lower(): value.strip() for name, value in given.items() if value and value.strip()}


def _over_http(given: Mapping[str, Any]) -> bool:
    """Chosen, or the only way that is open: many have the signing secret at hand, so an app token comes before it."""
    app, secret, mode = (given.get(name) for name in ("slack_app_token", "slack_signing_secret", "winwin_mode"))
    return str(mode).lower() == Mode.HTTP or bool(secret and not app and not mode)


def _unconnected(given: Mapping[str, Any]) -> Iterator[str]:
    """What is missing to reach Slack."""
    or_http = "" if given.get("winwin_mode") else " Or SLACK_SIGNING_SECRET, for HTTP."
    wanted = "slack_signing_secret" if _over_http(given) else "slack_app_token"
    for name, more in (("slack_bot_token", ""), (wanted, or_http)):
        if not given.get(name):
            yield f"{name.upper()} is missing: give {_rule(name)}{more}"


def _broken(env_file: Path | None) -> Iterator[str]:
    """Lines of the file that would be passed over without a word."""
    if env_file is None or not os.path.isfile(env_file):
        return
    try:
        lines = list(parse_stream(StringIO(env_file.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError):
        yield f"{env_file} cannot be read: it must be a text file in UTF-8."
        return
    for line in lines:
        if line.error or (line.key and line.value is None):
            empty = line.original.string.partition(line.original.string.strip())[0].count("\n")
            yield f"{env_file}, line {line.original.line + empty}: write NAME=value."


def _slips(names: Iterable[str]) -> Iterator[str]:
    """A name that begins with WINWIN_ and is none of ours would be ignored without a word."""
    ours = [name.removeprefix("winwin_") for name in RULES if name.startswith("winwin_")]
    for name in sorted(names):
        slip = name.removeprefix("winwin_")
        if name.startswith("winwin_") and slip not in ours:
            near = get_close_matches(slip, ours, n=1) or ours
            yield f"{name.upper()} is no setting: use {' or '.join(f'WINWIN_{one.upper()}' for one in near)}."
