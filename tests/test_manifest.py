"""`manifest.yml` against what Slack accepts and what the product promises, and its form for HTTP."""

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.__main__ import main
from bot.cli.inputs import BadInput
from bot.cli.manifest import request_url
from bot.config import EVENTS
from bot.sandbox.workspace import Options

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT.parent / "shared/data/slack"  # Slack's own, where somebody keeps them


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return loaded


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [value] if isinstance(value, str) else []


def test_it_needs_three_scopes_and_offers_one_more(manifest: dict[str, Any]) -> None:
    needed, offered = ["commands", "chat:write", "users:read"], ["im:history"]
    assert manifest["oauth_config"] == {"scopes": {"bot": needed, "bot_optional": offered}}
    assert Options().scopes == (*needed, *offered)


def test_it_subscribes_to_no_event(manifest: dict[str, Any]) -> None:
    assert "event_subscriptions" not in manifest["settings"]


def test_it_works_over_socket_mode_with_interactivity(manifest: dict[str, Any]) -> None:
    assert manifest["settings"] == {
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,  # Slack does not let an app switch it off again
    }


def test_private_messages_are_open_for_reading_and_there_is_no_home_tab(manifest: dict[str, Any]) -> None:
    assert manifest["features"]["app_home"] == {
        "home_tab_enabled": False,
        "messages_tab_enabled": True,  # without it every private message fails with messages_tab_disabled
        "messages_tab_read_only_enabled": True,
    }


def test_the_command_hands_over_people_and_channels_as_ids(manifest: dict[str, Any]) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/winwin"
    assert command["should_escape"] is True
    assert "url" not in command  # Socket Mode has none


def test_the_shortcut_opens_from_anywhere(manifest: dict[str, Any]) -> None:
    (shortcut,) = manifest["features"]["shortcuts"]
    assert (shortcut["name"], shortcut["type"], shortcut["callback_id"]) == ("Prepare a win-win", "global", "prepare")


def test_every_text_keeps_to_slacks_lengths(manifest: dict[str, Any]) -> None:
    display, features = manifest["display_information"], manifest["features"]
    assert manifest["_metadata"]["major_version"] == 2
    assert 1 <= len(display["name"]) <= 35
    assert 1 <= len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert len(display["background_color"]) == 7
    assert 1 <= len(features["bot_user"]["display_name"]) <= 80
    assert len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command["usage_hint"]) <= 1000
        assert len(command["description"]) <= 2000


def test_its_words_are_plain(manifest: dict[str, Any]) -> None:
    for text in texts(manifest):
        assert "!" not in text
        assert text == text.strip() + ("\n" if text.endswith("\n") else "")


def test_slacks_own_schema_accepts_it(manifest: dict[str, Any], over_http: dict[str, Any]) -> None:
    for schema in SCHEMAS.glob("manifest.schema.*.json"):
        for one in (manifest, over_http):
            jsonschema.validate(one, json.loads(schema.read_text(encoding="utf-8")))


@pytest.fixture
def over_http(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["manifest", "https://bot.example.org"]) == 0
    loaded: dict[str, Any] = yaml.safe_load(capsys.readouterr().out)
    return loaded


def test_over_http_it_differs_in_three_places(manifest: dict[str, Any], over_http: dict[str, Any]) -> None:
    url = "https://bot.example.org/slack/events"
    wanted = copy.deepcopy(manifest)
    wanted["features"]["slash_commands"][0]["url"] = url
    wanted["settings"]["interactivity"]["request_url"] = url
    wanted["settings"]["socket_mode_enabled"] = False

    assert over_http == wanted


def test_without_an_address_it_is_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest"]) == 0
    assert capsys.readouterr().out == (ROOT / "manifest.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://bot.example.org", "https://bot.example.org/slack/events"),
        ("https://bot.example.org/", "https://bot.example.org/slack/events"),
        ("https://bot.example.org:8443/win-win/", "https://bot.example.org:8443/win-win/slack/events"),
        ("https://bot.example.org/slack/events", "https://bot.example.org/slack/events"),
        ("HTTPS://Bot.example.org", "HTTPS://Bot.example.org/slack/events"),
        ("http://localhost:3000", "http://localhost:3000/slack/events"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000/slack/events"),
        ("http://[::1]:3000", "http://[::1]:3000/slack/events"),
    ],
)
def test_the_address_may_be_written_in_many_ways(address: str, url: str) -> None:
    assert request_url(address, EVENTS) == url


@pytest.mark.parametrize(
    "address",
    [
        "http://bot.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "bot.example.org",
        "https://",
        "https://ann:secret@bot.example.org",
        "https://bot.example.org/?a=1",
        "https://bot.example.org/#a",
        'https://bot.example.org/"\n',
        "wss://bot.example.org",
        "",
    ],
)
def test_an_address_that_slack_would_not_send_to_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match=r"must be like https://your\.host"):
        request_url(address, EVENTS)


def test_a_refusal_is_one_line_and_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "http://bot.example.org"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("manifest: the address must be like https://your.host")
    assert error.count("\n") == 1
