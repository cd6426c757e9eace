"""The settings: what is read, from where, and which way to Slack follows."""

import re
import subprocess
import sys
from dataclasses import MISSING, FrozenInstanceError, fields
from pathlib import Path

import pytest

from bot.config import RULES, ConfigError, Http, Mode, Settings, Socket

ROOT = Path(__file__).parent.parent
BOT, APP, SIGNING = "xoxb-1-bot", "xapp-1-app", "5f0e3c"
NAMES = [name.upper() for name in RULES]


def load(**environ: str) -> Settings:
    return Settings.load(environ, None)


def env_file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    return path


class TestReading:
    def test_nothing_given_is_a_whole_configuration(self) -> None:
        settings = load()
        assert not settings.has_slack
        assert settings.slack_api_url == "https://slack.com/api/"
        assert (settings.port, settings.log_level, settings.winwin_mode) == (3000, "INFO", None)
        assert settings.winwin_templates_dir is None

    def test_everything_given(self, tmp_path: Path) -> None:
        settings = load(
            SLACK_BOT_TOKEN=BOT,
            SLACK_APP_TOKEN=APP,
            SLACK_SIGNING_SECRET=SIGNING,
            SLACK_API_URL="http://127.0.0.1:8080/api",
            DATABASE_URL="postgresql://ann@db/winwin",
            WINWIN_DATA_DIR=str(tmp_path / "data"),
            WINWIN_TEMPLATES_DIR=str(tmp_path),
            WINWIN_MODE="socket",
            WINWIN_HOST="127.0.0.1",
            PORT="0",
            LOG_LEVEL="debug",
        )
        assert settings.slack_bot_token
        assert settings.slack_bot_token.reveal() == BOT
        assert settings.slack_api_url == "http://127.0.0.1:8080/api/"
        assert settings.database.reveal() == "postgresql://ann@db/winwin"
        assert settings.winwin_data_dir == tmp_path / "data"
        assert settings.winwin_templates_dir == tmp_path
        assert (settings.winwin_mode, settings.port, settings.log_level) == (Mode.SOCKET, 0, "DEBUG")
        assert settings.winwin_host == "127.0.0.1"

    def test_the_process_and_the_working_directory_are_where_it_looks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PORT", "4000")
        env_file(tmp_path, "LOG_LEVEL=ERROR\n")
        settings = Settings.load()
        assert (settings.port, settings.log_level) == (4000, "ERROR")

    def test_an_environment_that_is_handed_over_is_the_only_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "4000")
        assert load().port == 3000

    def test_the_constructor_reads_no_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PORT", "4000")
        assert Settings().port == 3000
        assert Settings(port=5).port == 5

    def test_the_environment_comes_before_the_file(self, tmp_path: Path) -> None:
        file = env_file(tmp_path, f"PORT=1\nLOG_LEVEL=ERROR\nSLACK_BOT_TOKEN='{BOT}'\nEDITOR=vi\n")
        settings = Settings.load({"PORT": "2"}, file)
        assert (settings.port, settings.log_level, settings.has_slack) == (2, "ERROR", True)

    def test_an_empty_value_is_none(self, tmp_path: Path) -> None:
        file = env_file(tmp_path, "PORT=7\nSLACK_APP_TOKEN=\n")
        settings = Settings.load({"PORT": "", "SLACK_BOT_TOKEN": ""}, file)
        assert settings.port == 7
        assert not settings.has_slack

    def test_a_file_that_is_not_there_is_none(self, tmp_path: Path) -> None:
        assert Settings.load({}, tmp_path / ".env") == load()

    def test_a_file_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("PORT=7\n", encoding="utf-8-sig")
        assert Settings.load({}, tmp_path / ".env").port == 7

    def test_spaces_around_a_pasted_value_do_not_count(self) -> None:
        settings = load(SLACK_BOT_TOKEN=f" {BOT}\n", SLACK_API_URL=" https://slack.com/api ")
        assert settings.slack_bot_token
        assert settings.slack_bot_token.reveal() == BOT
        assert settings.slack_api_url == "https://slack.com/api/"

    @pytest.mark.parametrize(
        ("written", "used"),
        [
            ("https://slack-gov.com/api", "https://slack-gov.com/api/"),
            ("https://slack.com/api///", "https://slack.com/api/"),
            ("http://127.0.0.1:3001", "http://127.0.0.1:3001/"),
            ("http://[::1]:3001/api/", "http://[::1]:3001/api/"),
            ("HTTP://double/api", "HTTP://double/api/"),
        ],
    )
    def test_slacks_address_ends_in_one_slash(self, written: str, used: str) -> None:
        assert load(SLACK_API_URL=written).slack_api_url == used

    def test_settings_do_not_change(self) -> None:
        with pytest.raises(FrozenInstanceError):
            Settings().port = 1  # type: ignore[misc]


class TestData:
    def test_data_are_kept_where_the_bot_is_started(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        settings = load()
        monkeypatch.chdir("/")
        assert settings.winwin_data_dir == tmp_path / ".winwin"
        assert settings.database.reveal() == f"sqlite:///{tmp_path}/.winwin/winwin.db"
        assert list(tmp_path.iterdir()) == []

    def test_a_tilde_is_the_home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert load(WINWIN_DATA_DIR="~/winwin").winwin_data_dir == tmp_path / "winwin"

    @pytest.mark.parametrize(
        ("written", "used"),
        [
            ("sqlite:///path/file.db", "sqlite:///path/file.db"),
            ("sqlite:////var/lib/winwin.db", "sqlite:////var/lib/winwin.db"),
            ("postgresql://ann@db/winwin", "postgresql://ann@db/winwin"),
            ("postgresql:///winwin?host=/tmp/socket", "postgresql:///winwin?host=/tmp/socket"),
            ("postgres://ann:secret@db:5432/winwin", "postgresql://ann:secret@db:5432/winwin"),
        ],
    )
    def test_a_database_has_one_spelling(self, written: str, used: str) -> None:
        assert load(DATABASE_URL=written).database.reveal() == used


class TestConnection:
    def test_two_tokens_are_enough(self) -> None:
        connection = load(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP).connection()
        assert isinstance(connection, Socket)
        assert connection.bot_token.reveal() == BOT
        assert connection.app_token.reveal() == APP
        assert connection.note == ""

    def test_both_ways_open_is_socket_mode_and_says_so(self) -> None:
        settings = load(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP, SLACK_SIGNING_SECRET=SIGNING)
        connection = settings.connection()
        assert isinstance(connection, Socket)
        assert connection.note.startswith("Socket Mode: ")
        assert "WINWIN_MODE" in connection.note

    def test_a_chosen_mode_needs_no_note(self) -> None:
        settings = load(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP, SLACK_SIGNING_SECRET=SIGNING, WINWIN_MODE="Socket")
        connection = settings.connection()
        assert isinstance(connection, Socket)
        assert connection.note == ""

    @pytest.mark.parametrize("more", [{}, {"WINWIN_MODE": "http"}, {"WINWIN_MODE": "HTTP", "SLACK_APP_TOKEN": APP}])
    def test_a_signing_secret_means_http(self, more: dict[str, str]) -> None:
        connection = load(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SIGNING, **more).connection()
        assert isinstance(connection, Http)
        assert (connection.bot_token.reveal(), connection.signing_secret.reveal()) == (BOT, SIGNING)
        assert (connection.host, connection.port) == ("0.0.0.0", 3000)

    @pytest.mark.parametrize(("written", "used"), [("127.0.0.1", "127.0.0.1"), ("::", "::"), ("0::1", "::1")])
    def test_where_http_listens_can_be_said(self, written: str, used: str) -> None:
        settings = load(SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SIGNING, WINWIN_HOST=written, PORT="0")
        connection = settings.connection()
        assert isinstance(connection, Http)
        assert (connection.host, connection.port) == (used, 0)

    def test_a_shells_own_host_is_no_setting(self) -> None:
        assert load(HOST="x86_64-conda-linux-gnu") == load()

    @pytest.mark.parametrize(
        ("given_names", "missing"),
        [
            ({}, ["SLACK_BOT_TOKEN is missing", "SLACK_APP_TOKEN is missing"]),
            ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_APP_TOKEN is missing"]),
            ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN is missing"]),
            ({"SLACK_SIGNING_SECRET": SIGNING}, ["SLACK_BOT_TOKEN is missing"]),
            ({"SLACK_BOT_TOKEN": BOT, "WINWIN_MODE": "http"}, ["SLACK_SIGNING_SECRET is missing"]),
            (
                {"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SIGNING, "WINWIN_MODE": "socket"},
                ["SLACK_APP_TOKEN is missing"],
            ),
            (
                {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "WINWIN_MODE": "HTTP"},
                ["SLACK_SIGNING_SECRET is missing"],
            ),
        ],
    )
    def test_half_given_tokens_name_the_missing_half(self, given_names: dict[str, str], missing: list[str]) -> None:
        with pytest.raises(ConfigError) as caught:
            load(**given_names).connection()
        assert [line.split(":")[0] for line in caught.value.faults] == missing
        with pytest.raises(ConfigError) as at_once:
            Settings.load(given_names, None, needs_slack=True)
        assert at_once.value.faults == caught.value.faults

    @pytest.mark.parametrize(("mode", "told"), [({}, True), ({"WINWIN_MODE": "socket"}, False)])
    def test_a_missing_app_token_tells_of_the_other_way(self, mode: dict[str, str], told: bool) -> None:
        with pytest.raises(ConfigError) as caught:
            load(SLACK_BOT_TOKEN=BOT, **mode).connection()
        assert caught.value.faults[0].endswith("Or SLACK_SIGNING_SECRET, for HTTP.") is told

    @pytest.mark.parametrize("one", [{"SLACK_APP_TOKEN": APP}, {"SLACK_SIGNING_SECRET": SIGNING}])
    def test_loading_for_slack_takes_what_connects(self, one: dict[str, str]) -> None:
        given_names = {"SLACK_BOT_TOKEN": BOT, **one}
        assert Settings.load(given_names, None, needs_slack=True) == load(**given_names)

    @pytest.mark.parametrize(
        "one", [{"SLACK_BOT_TOKEN": BOT}, {"SLACK_APP_TOKEN": APP}, {"SLACK_SIGNING_SECRET": SIGNING}]
    )
    def test_any_token_means_slack(self, one: dict[str, str]) -> None:
        assert load(**one).has_slack

    def test_an_address_alone_does_not(self) -> None:
        assert not Settings(slack_api_url="http://double/").has_slack


class TestExample:
    """`.env.example` and the settings say the same."""

    TEXT = (ROOT / ".env.example").read_text(encoding="utf-8")

    def test_it_names_every_setting_and_no_other(self) -> None:
        assert re.findall(r"^#?\s*([A-Z][A-Z_]+)=", self.TEXT, re.MULTILINE) == NAMES

    def test_a_copy_of_it_changes_nothing(self) -> None:
        assert Settings.load({}, ROOT / ".env.example") == Settings()

    def test_it_tells_every_default(self) -> None:
        told = re.findall(r"Default: (\S.*)\n([A-Z_]+)=", self.TEXT)
        defaults = {field.name.upper(): field.default for field in fields(Settings)}
        simple = {name: str(value) for name, value in defaults.items() if value not in (None, MISSING)}
        simple["WINWIN_DATA_DIR"] = ".winwin"
        assert {name: value for value, name in told if name in simple} == simple

    def test_every_setting_has_its_rule(self) -> None:
        assert list(RULES) == [field.name for field in fields(Settings)]
        assert all(rule.words for rule in RULES.values())


def test_importing_it_looks_at_nothing() -> None:
    code = "import os; os.environ.clear(); import bot.config; print(bot.config.Settings.load({}, None).port)"
    shown = subprocess.run([sys.executable, "-c", code], env={}, cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "3000\n"
