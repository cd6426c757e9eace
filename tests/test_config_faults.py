"""What the settings refuse, in which words, and that no secret leaves them."""

import string
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import RULES, ConfigError, Settings

BOT, APP, SIGNING = "xoxb-1-bot", "xapp-1-app", "5f0e3c"
NAMES = [name.upper() for name in RULES]


def load(**environ: str) -> Settings:
    return Settings.load(environ, None)


def faults(environ: dict[str, str], file: Path | None = None, *, needs_slack: bool = False) -> tuple[str, ...]:
    try:
        Settings.load(environ, file, needs_slack=needs_slack)
    except ConfigError as error:
        return error.faults
    return ()


def fault(**environ: str) -> str:
    (only,) = faults(environ)
    return only


class TestFaults:
    @pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
    @pytest.mark.parametrize("value", ["xoxp-1-user", "xoxb", "xapp-", "a b", "xoxb-é", "Bearer xoxb-1"])
    def test_a_token_of_another_kind(self, name: str, value: str) -> None:
        assert fault(**{name: value}).startswith(f"{name} ")

    def test_tokens_that_changed_places(self) -> None:
        bot, app = faults({"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT})
        assert bot.startswith("SLACK_BOT_TOKEN holds a token that belongs in SLACK_APP_TOKEN; it must be the")
        assert app.startswith("SLACK_APP_TOKEN holds a token that belongs in SLACK_BOT_TOKEN; it must be an")

    def test_a_token_is_no_signing_secret(self) -> None:
        assert "belongs in SLACK_BOT_TOKEN" in fault(SLACK_SIGNING_SECRET=BOT)

    @pytest.mark.parametrize(
        ("name", "value", "rule"),
        [
            ("SLACK_API_URL", "slack.com/api", "an http or https address"),
            ("SLACK_API_URL", "ftp://slack.com/api", "an http or https address"),
            ("SLACK_API_URL", "https:///api", "an http or https address"),
            ("SLACK_API_URL", "https://ann:secret@slack.com/api", "an http or https address"),
            ("SLACK_API_URL", "https://slack.com/api?team=1", "an http or https address"),
            ("SLACK_API_URL", "http://[::1/api", "an http or https address"),
            ("SLACK_API_URL", "http://slack.com:port/api", "an http or https address"),
            ("DATABASE_URL", "mysql://ann@db/winwin", "sqlite:///path/file.db or postgresql://user@host/name"),
            ("DATABASE_URL", "postgresql+psycopg://ann@db/winwin", "sqlite:///path/file.db or postgresql://"),
            ("DATABASE_URL", "winwin.db", "sqlite:///path/file.db or postgresql://"),
            ("DATABASE_URL", "sqlite://", "sqlite:///path/file.db or postgresql://"),
            ("DATABASE_URL", "sqlite:///", "sqlite:///path/file.db or postgresql://"),
            ("DATABASE_URL", "sqlite://winwin.db", "sqlite:///path/file.db or postgresql://"),
            ("DATABASE_URL", "postgresql://", "sqlite:///path/file.db or postgresql://"),
            ("WINWIN_DATA_DIR", __file__, "a folder, or a path where one can be made"),
            ("WINWIN_TEMPLATES_DIR", __file__, "a folder that exists"),
            ("WINWIN_TEMPLATES_DIR", "/nowhere/at/all", "a folder that exists"),
            ("WINWIN_TEMPLATES_DIR", "/" + "long" * 200, "a folder that exists"),
            ("WINWIN_MODE", "websocket", "socket or http"),
            ("WINWIN_HOST", "localhost", "an address of this machine"),
            ("WINWIN_HOST", "127.0.0.1:3000", "an address of this machine"),
            ("PORT", "-1", "a whole number from 0 to 65535"),
            ("PORT", "65536", "a whole number from 0 to 65535"),
            ("PORT", "three", "a whole number from 0 to 65535"),
            ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ],
    )
    def test_each_says_what_it_must_be(self, name: str, value: str, rule: str) -> None:
        assert fault(**{name: value}).startswith(f"{name} must be {rule}")

    def test_a_file_in_the_place_of_the_folder_that_is_taken_where_none_is_given(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".winwin").touch()
        monkeypatch.chdir(tmp_path)
        assert fault().startswith("WINWIN_DATA_DIR must be a folder")

    def test_all_are_named_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text("SLACK_BOT_TOKEN=oops\nWINWIN_DIR=x\n", encoding="utf-8")
        named = faults(dict.fromkeys(("PORT", "LOG_LEVEL", "DATABASE_URL", "WINWIN_MODE"), "x"), file, needs_slack=True)
        assert sorted(line.split()[0] for line in named) == [
            "DATABASE_URL",
            "LOG_LEVEL",
            "PORT",
            "SLACK_APP_TOKEN",
            "SLACK_BOT_TOKEN",
            "WINWIN_DIR",
            "WINWIN_MODE",
        ]

    def test_a_person_reads_one_line_for_each(self) -> None:
        with pytest.raises(ConfigError) as caught:
            load(PORT="x", LOG_LEVEL="x")
        assert str(caught.value).splitlines() == [
            "The settings need mending:",
            "  - PORT must be a whole number from 0 to 65535 (0 takes a free port).",
            "  - LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL.",
        ]

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("WINWIN_DATADIR", "WINWIN_DATA_DIR"),
            ("WINWIN_MODUS", "WINWIN_MODE"),
            ("winwin_template", "WINWIN_TEMPLATES_DIR"),
        ],
    )
    def test_a_slip_of_the_pen(self, slip: str, meant: str) -> None:
        assert fault(**{slip: "x"}) == f"{slip.upper()} is no setting: use {meant}."

    def test_a_name_that_is_near_to_none(self) -> None:
        assert fault(WINWIN_QUUX="x").endswith("WINWIN_TEMPLATES_DIR or WINWIN_MODE or WINWIN_HOST.")

    @pytest.mark.parametrize("line", ["SLACK_BOT_TOKEN: xoxb-Qz7", "SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN='xoxb-Qz7"])
    def test_a_line_that_says_nothing(self, line: str, tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text(f"# tokens\n\n{line}\nPORT=1\n", encoding="utf-8")
        assert faults({}, file) == (f"{file}, line 3: write NAME=value.",)

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
        assert faults({}, tmp_path / ".env") == (f"{tmp_path}/.env cannot be read: it must be a text file in UTF-8.",)


SECRET = st.text(string.ascii_letters + string.digits + " é\"'{}%\\:/?@[", min_size=1).map(lambda text: f"Qz7{text}Qz7")
PREFIXES = st.sampled_from(["", "xoxb-", "xapp-", "xoxp-", "https://", "http://[", "postgresql://", "sqlite:///", "/"])


class TestSecrecy:
    @given(st.dictionaries(st.sampled_from(NAMES), st.builds("{}{}".format, PREFIXES, SECRET)))
    def test_no_fault_shows_a_value(self, environ: dict[str, str]) -> None:
        assert "Qz7" not in "".join(faults(environ, needs_slack=True))

    def test_no_error_hangs_on_to_the_one_that_saw_the_value(self) -> None:
        with pytest.raises(ConfigError) as caught:
            load(SLACK_BOT_TOKEN=f"Qz{7}")
        assert "Qz7" not in "".join(traceback.format_exception(caught.value))

    def test_no_token_nor_password_shows_in_what_is_printed(self) -> None:
        settings = load(
            SLACK_BOT_TOKEN=BOT,
            SLACK_APP_TOKEN=APP,
            SLACK_SIGNING_SECRET=SIGNING,
            DATABASE_URL="postgresql://ann:hushhush@db/winwin",
        )
        connections = [settings.connection(), replace(settings, slack_app_token=None).connection()]
        for shown in (repr(settings), str(settings), repr(connections), *map(str, connections)):
            assert not any(secret in shown for secret in (BOT, APP, SIGNING, "hushhush"))
