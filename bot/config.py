"""The settings: frozen values from the environment and `.env`. Every fault is named at once, with its cure,
and no message holds a value, because any of them may be a token that went to the wrong place."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv.parser import parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict
from pydantic_settings import PydanticBaseSettingsSource as Source

_HOMES = {"xoxb-": "SLACK_BOT_TOKEN", "xapp-": "SLACK_APP_TOKEN"}


class ConfigError(Exception):
    """The settings cannot be used. Each fault is a sentence for a person and says how to mend it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(["The settings need mending:", *(f"  - {fault}" for fault in self.faults)]))


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Socket:
    """What a connection over Socket Mode takes. `note` says why this way, where two were open."""

    bot_token: SecretStr
    app_token: SecretStr
    note: str = ""


def _secret(prefix: str = "") -> AfterValidator:
    """Refuses what cannot be this secret, and says where a token that went astray belongs."""

    def check(secret: SecretStr) -> SecretStr:
        value = secret.get_secret_value()
        for start, home in _HOMES.items():
            if value.startswith(start) and start != prefix:
                raise PydanticCustomError("astray", "holds a token that belongs in {home}", {"home": home})
        if not re.fullmatch(rf"{prefix}[!-~]+", value):
            raise ValueError
        return secret

    return AfterValidator(check)


def _api_url(value: str) -> str:
    """The address with one slash at its end: methods' names are put right behind it."""
    if not re.fullmatch(r"https?://([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?(/[^?#\s]*)?", value, re.ASCII | re.IGNORECASE):
        raise ValueError
    return value.rstrip("/") + "/"


def _database_url(secret: SecretStr) -> SecretStr:
    """The address under its one name: `postgres://` is an old way to write `postgresql://`."""
    scheme, _, rest = secret.get_secret_value().partition("://")
    if scheme == "sqlite" and re.fullmatch("/.+", rest):
        return secret
    if scheme in ("postgresql", "postgres") and rest:
        return SecretStr(f"postgresql://{rest}")
    raise ValueError


def _folder(value: str | Path) -> Path:
    """An absolute path, so that a change of the working directory moves nothing."""
    return Path(os.path.expanduser(value)).absolute()


def _existing(path: Path) -> Path:
    if not os.path.isdir(path):  # unlike Path.is_dir, never raises
        raise ValueError
    return path


def _makeable(path: Path) -> Path:
    return _existing(path) if os.path.lexists(path) else path


class Settings(BaseSettings):
    """One field per setting: its name in capitals is the one in the environment, its description the rule
    that a fault quotes. The constructor takes values alone; `load` reads the environment."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    slack_bot_token: Annotated[SecretStr, _secret("xoxb-")] | None = Field(
        default=None,
        description='the "Bot User OAuth Token" (xoxb-...) from "OAuth & Permissions" on your app\'s page at Slack',
    )
    slack_app_token: Annotated[SecretStr, _secret("xapp-")] | None = Field(
        default=None,
        description='an "App-Level Token" (xapp-...) with the scope connections:write '
        'from "Basic Information" on your app\'s page at Slack',
    )
    slack_signing_secret: Annotated[SecretStr, _secret()] | None = Field(
        default=None, description='the "Signing Secret" from "Basic Information" on your app\'s page at Slack'
    )
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        default="https://slack.com/api/", description="an http or https address, like https://slack.com/api/"
    )
    database_url: Annotated[SecretStr, AfterValidator(_database_url)] | None = Field(
        default=None, description="sqlite:///path/file.db or postgresql://user@host/name"
    )
    winwin_data_dir: Annotated[Path, BeforeValidator(_folder), AfterValidator(_makeable)] = Field(
        default=Path(".winwin"), description="a folder, or a path where one can be made"
    )
    winwin_templates_dir: Annotated[Path, BeforeValidator(_folder), AfterValidator(_existing)] | None = Field(
        default=None, description="a folder that exists"
    )
    winwin_mode: Annotated[Mode, BeforeValidator(str.lower)] | None = Field(default=None, description="socket or http")
    port: int = Field(default=3000, ge=0, le=65535, description="a whole number from 0 to 65535 (0 takes a free port)")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(str.upper)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: Source, *_: Source, **__: Source
    ) -> tuple[Source, ...]:
        return (init_settings,)

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
        environment = EnvSettingsSource(cls)
        if environ is not None:
            environment.env_vars = {name.lower(): value for name, value in environ.items() if value}
        if faults := list(_broken(env_file)):
            raise ConfigError(faults)
        file = DotEnvSettingsSource(cls, env_file, dotenv_filtering="only_existing")
        given = {name: value.strip() for name, value in {**file(), **environment()}.items()}
        faults = [*_slips({**file.env_vars, **environment.env_vars}), *(_unconnected(given) if needs_slack else ())]
        try:
            settings = cls(**given)
        except ValidationError as error:
            faults += map(_fault, error.errors(include_input=False))
        if faults:
            raise ConfigError(faults)
        return settings

    @property
    def has_slack(self) -> bool:
        """Whether any token or secret of a Slack app is given."""
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_signing_secret)

    @property
    def database(self) -> SecretStr:
        """The database's address; without DATABASE_URL a SQLite file in the data folder."""
        return self.database_url or SecretStr(f"sqlite:///{self.winwin_data_dir / 'winwin.db'}")

    @property
    def shares_database(self) -> bool:
        """Whether other processes may serve over the same database."""
        return self.database.get_secret_value().startswith("postgresql")

    def connection(self) -> Socket:
        """How to reach Slack. Raises ConfigError, which names each token that is missing."""
        bot, app = self.slack_bot_token, self.slack_app_token
        faults = list(_unconnected(dict(self)))
        if faults or bot is None or app is None:
            raise ConfigError(faults)
        both = self.slack_signing_secret and not self.winwin_mode
        note = "Socket Mode: an app token and a signing secret are given, and WINWIN_MODE is not." if both else ""
        return Socket(bot, app, note)


def _rule(field: str) -> str:
    return f"{Settings.model_fields[field].description}."


def _fault(error: ErrorDetails) -> str:
    field = str(error["loc"][0])
    astray = f" {error['msg']}; it" if error["type"] == "astray" else ""
    return f"{field.upper()}{astray} must be {_rule(field)}"


def _unconnected(given: Mapping[str, Any]) -> Iterator[str]:
    """What is missing to reach Slack: a signing secret without an app token means HTTP."""
    app, secret, mode = (given.get(name) for name in ("slack_app_token", "slack_signing_secret", "winwin_mode"))
    if not given.get("slack_bot_token"):
        yield f"SLACK_BOT_TOKEN is missing: give {_rule('slack_bot_token')}"
    if str(mode).lower() == Mode.HTTP or (secret and not app and not mode):
        yield "HTTP mode comes later: give SLACK_APP_TOKEN, and leave WINWIN_MODE empty."
    elif not app:
        yield f"SLACK_APP_TOKEN is missing: give {_rule('slack_app_token')}"


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
    ours = [field.removeprefix("winwin_") for field in Settings.model_fields if field.startswith("winwin_")]
    for name in sorted(names):
        slip = name.removeprefix("winwin_")
        if name.startswith("winwin_") and slip not in ours:
            near = get_close_matches(slip, ours, n=1) or ours
            yield f"{name.upper()} is no setting: use {' or '.join(f'WINWIN_{one.upper()}' for one in near)}."
