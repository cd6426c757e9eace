"""What the bot is told has the shape that Slack sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import extract_enterprise_id, extract_is_enterprise_install, extract_team_id

from bot.sandbox import payloads
from bot.sandbox.elements import Element
from bot.sandbox.people import ANN, BOT_USER, DEALS, TEAM_ID
from bot.sandbox.workspace import Message, Workspace
from tests.sandbox.blocks import Json, actions, button, field, options, overflow
from tests.sandbox.conftest import noon

COMMON = {"type", "team", "user", "api_app_id", "token", "enterprise", "is_enterprise_install"}


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Acme renewal", "Acme renewal"),
        ("Q&A <now>", "Q&amp;A &lt;now&gt;"),
        ("with @ben in #deals", "with <@U0BEN0001|ben> in <#C0DEALS01|deals>"),
        ("@nobody #nowhere a@ben", "@nobody #nowhere a@ben"),
        ("<!channel>", "&lt;!channel&gt;"),
    ],
)
def test_what_is_typed_arrives_escaped(workspace: Workspace, typed: str, sent: str) -> None:
    assert payloads.escape(typed, workspace) == sent


@given(st.text().filter(lambda text: "@" not in text and "#" not in text))
def test_no_typed_text_acts_and_none_is_lost(typed: str) -> None:
    sent = payloads.escape(typed, Workspace(noon))

    assert not set("<>") & set(sent)
    assert sent.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == typed


def test_a_command_is_flat_like_a_form(workspace: Workspace) -> None:
    channel = workspace.channels[DEALS]
    body = payloads.slash_command(ANN, channel, "/winwin", "Acme", "1.2.x", "http://hook")

    assert all(isinstance(value, str) for value in body.values())
    assert (body["user_name"], body["channel_name"], body["text"]) == ("ann", "deals", "Acme")
    assert extract_team_id(body) == TEAM_ID


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (payloads.shortcut(ANN, "prepare", "1.2", "t"), {"action_ts", "callback_id", "trigger_id"}),
        (payloads.view_submission(ANN, {"id": "V1"}, "t"), {"trigger_id", "view", "response_urls"}),
        (payloads.view_closed(ANN, {"id": "V1"}, is_cleared=True), {"view", "is_cleared"}),
        (
            payloads.action_in_view(ANN, {"id": "V1"}, {"action_id": "a"}, "t"),
            {"container", "trigger_id", "view", "actions"},
        ),
    ],
)
def test_every_interaction_says_who_and_whence(body: Json, more: set[str]) -> None:
    assert body.keys() == COMMON | more
    assert body["user"] == {"id": ANN, "username": "ann", "name": "ann", "team_id": TEAM_ID}
    assert extract_team_id(body) == TEAM_ID
    assert extract_enterprise_id(body) is None
    assert extract_is_enterprise_install(body) is False


@pytest.mark.parametrize("only_for", [None, ANN])
def test_an_action_on_a_message_carries_it_unless_it_is_ephemeral(workspace: Workspace, only_for: str | None) -> None:
    channel = workspace.channels[DEALS]
    message = Message(DEALS, "1.2", BOT_USER, "text", [actions(button())], thread_ts="1.1", only_for=only_for)
    body = payloads.action_in_message(ANN, channel, message, {}, {"action_id": "go"}, "t", "http://hook")

    assert body.keys() - {"message"} == COMMON | {
        *("container", "trigger_id", "channel", "state", "response_url", "actions")
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": "1.2",
        "channel_id": DEALS,
        "is_ephemeral": only_for is not None,
        "thread_ts": "1.1",
    }
    assert ("message" in body) is (only_for is None)


@pytest.mark.parametrize(
    ("element", "value", "body"),
    [
        (button(value="v"), None, {"text": {"type": "plain_text", "text": "Go"}, "value": "v"}),
        (overflow("One"), "one", {"selected_option": options("One")[0]}),
        (field("A")["element"], "x", {"value": "x"}),
    ],
)
def test_an_action_says_what_was_done(element: Json, value: str | None, body: Json) -> None:
    action = payloads.action(Element(actions(element), element), value, "1.2")

    ids = {"type": element["type"], "action_id": element["action_id"], "block_id": "acts", "action_ts": "1.2"}
    assert action == ids | body


def test_a_message_of_the_bot_shows_its_profile_and_that_of_a_person_none() -> None:
    mine = payloads.as_message(Message(DEALS, "1.2", BOT_USER, "x", metadata={"event_type": "e"}, edited_ts="1.3"))

    assert mine["bot_profile"]["name"] == "Win-Win"
    assert mine["edited"] == {"user": BOT_USER, "ts": "1.3"}
    assert "metadata" not in mine
    assert "bot_id" not in payloads.as_message(Message(DEALS, "1.2", ANN, "x"))


def test_an_event_has_an_envelope_of_its_own() -> None:
    body = payloads.message_event(Message("D0ANN0001", "1777896000.000000", ANN, "hello"))

    assert (body["type"], body["event"]["channel_type"], body["event_time"]) == ("event_callback", "im", 1777896000)
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == BOT_USER
