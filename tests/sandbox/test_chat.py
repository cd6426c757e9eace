"""What the bot may say, where, and how long."""

import pytest

from bot.sandbox.chat import Chat
from bot.sandbox.errors import Refused
from bot.sandbox.people import ACME, ANN, BEN, BOT_USER, DEALS, PAY, SUPPLY
from bot.sandbox.triggers import Hook
from bot.sandbox.workspace import Message, Workspace
from tests.sandbox.blocks import Json, section

URL = "http://127.0.0.1:3000"
METADATA = {"event_type": "brief", "event_payload": {"id": "1"}}


@pytest.fixture
def chat(workspace: Workspace) -> Chat:
    return Chat(workspace, URL)


def hook(ts: str | None = None) -> Hook:
    return Hook("token", DEALS, ANN, ts, 0.0)


def only(workspace: Workspace, channel: str = DEALS) -> Message:
    (message,) = workspace.channels[channel].messages.values()
    return message


def test_a_post_is_kept_exactly_as_it_was_sent(chat: Chat, workspace: Workspace) -> None:
    blocks = [section("*Bold* &amp; <@U0ANN0001>", block_id="b")]
    answer = chat.post_message({"channel": DEALS, "text": "plain", "blocks": blocks, "metadata": METADATA})
    message = only(workspace)

    assert (message.text, message.blocks, message.metadata) == ("plain", blocks, METADATA)
    assert (answer["channel"], answer["ts"]) == (DEALS, message.ts)
    assert answer["message"]["metadata"] == METADATA
    assert answer["message"]["user"] == BOT_USER


def test_a_post_to_a_person_lands_in_their_private_messages(chat: Chat, workspace: Workspace) -> None:
    answer = chat.post_message({"channel": ANN, "text": "hello"})

    assert answer["channel"] == workspace.dm_of(ANN).id
    assert answer["channel"].startswith("D")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": SUPPLY, "text": "x"}, "not_in_channel"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "#deals", "text": "x"}, "channel_not_found"),
        ({"channel": "D0ANNBEN1", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": DEALS}, "no_text"),
        ({"channel": DEALS, "text": ""}, "no_text"),
        ({"channel": DEALS, "blocks": [section("")]}, "invalid_blocks"),
        ({"channel": DEALS, "blocks": "nonsense"}, "invalid_blocks"),
        ({"channel": DEALS, "blocks": [section("s" * 2700)] * 5}, "msg_blocks_too_long"),
        ({"channel": DEALS, "text": "x", "metadata": {"event_type": 3}}, "invalid_metadata_format"),
    ],
)
def test_what_is_not_posted(chat: Chat, workspace: Workspace, args: Json, code: str) -> None:
    with pytest.raises(Refused, match=code):
        chat.post_message(args)

    assert workspace.channels[DEALS].messages == {}


def test_the_reasons_for_refused_blocks_are_in_the_answer_twice(chat: Chat) -> None:
    with pytest.raises(Refused) as refused:
        chat.post_message({"channel": DEALS, "blocks": [{"type": "banner"}]})

    reason = "unsupported type: banner [json-pointer:/blocks/0]"
    assert refused.value.answer() == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [reason],
        "response_metadata": {"messages": [f"[ERROR] {reason}"]},
    }


def test_a_private_channel_is_hidden_from_a_bot_that_is_not_in_it(chat: Chat, workspace: Workspace) -> None:
    workspace.channels[PAY].bot_is_member = False

    with pytest.raises(Refused, match="channel_not_found"):
        chat.post_message({"channel": PAY, "text": "x"})


def test_after_an_invitation_the_bot_may_post(chat: Chat, workspace: Workspace) -> None:
    workspace.channels[SUPPLY].bot_is_member = True
    chat.post_message({"channel": SUPPLY, "text": "x"})

    assert only(workspace, SUPPLY).text == "x"


def test_an_externally_shared_channel_takes_posts(chat: Chat, workspace: Workspace) -> None:
    chat.post_message({"channel": ACME, "text": "x"})

    assert only(workspace, ACME).text == "x"


def test_with_the_messages_tab_off_nobody_gets_private_messages(chat: Chat, workspace: Workspace) -> None:
    workspace.options.messages_tab = "off"

    with pytest.raises(Refused, match="messages_tab_disabled"):
        chat.post_message({"channel": ANN, "text": "x"})


@pytest.mark.parametrize(("length", "kept"), [(40_000, 40_000), (40_001, 40_000)])
def test_a_very_long_text_is_cut(chat: Chat, workspace: Workspace, length: int, kept: int) -> None:
    chat.post_message({"channel": DEALS, "text": "x" * length})

    assert len(only(workspace).text) == kept


def test_an_update_changes_the_message_in_its_place(chat: Chat, workspace: Workspace) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one", "blocks": [section()], "metadata": METADATA})["ts"]
    answer = chat.update({"channel": DEALS, "ts": ts, "text": "two", "blocks": [section("two", block_id="b")]})
    message = only(workspace)

    assert (message.ts, message.text, message.blocks) == (ts, "two", [section("two", block_id="b")])
    assert message.edited_ts is not None
    assert message.metadata == METADATA
    assert answer["text"] == "two"


def test_an_update_with_text_alone_takes_the_blocks_away(chat: Chat, workspace: Workspace) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one", "blocks": [section()]})["ts"]
    chat.update({"channel": DEALS, "ts": ts, "text": "two"})

    assert only(workspace).blocks == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ts": "1.2"}, "message_not_found"),
        ({"channel": ANN}, "channel_not_found"),
        ({"text": "x" * 4001}, "msg_too_long"),
        ({"text": "ж" * 2001}, "msg_too_long"),
        ({"text": ""}, "no_text"),
        ({"text": "x", "blocks": [section("")]}, "invalid_blocks"),
    ],
)
def test_what_is_not_updated(chat: Chat, workspace: Workspace, change: Json, code: str) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one"})["ts"]

    with pytest.raises(Refused, match=code):
        chat.update({"channel": DEALS, "ts": ts, "text": "two", **change})
    assert only(workspace).text == "one"


def test_the_text_of_an_update_may_hold_four_thousand_characters(chat: Chat, workspace: Workspace) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one"})["ts"]
    chat.update({"channel": DEALS, "ts": ts, "text": "x" * 4000})

    assert len(only(workspace).text) == 4000


def test_a_closed_edit_window_refuses_updates(chat: Chat, workspace: Workspace) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one"})["ts"]
    workspace.options.edit_window_closed = True

    with pytest.raises(Refused, match="edit_window_closed"):
        chat.update({"channel": DEALS, "ts": ts, "text": "two"})


def test_the_bot_changes_and_deletes_only_what_is_its_own(chat: Chat, workspace: Workspace) -> None:
    ts = workspace.say(Message(DEALS, workspace.next_ts(), BEN, "mine")).ts

    with pytest.raises(Refused, match="cant_update_message"):
        chat.update({"channel": DEALS, "ts": ts, "text": "x"})
    with pytest.raises(Refused, match="cant_delete_message"):
        chat.delete({"channel": DEALS, "ts": ts})


def test_a_deleted_message_is_gone(chat: Chat, workspace: Workspace) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one"})["ts"]
    chat.delete({"channel": DEALS, "ts": ts})

    assert workspace.channels[DEALS].messages == {}
    with pytest.raises(Refused, match="message_not_found"):
        chat.delete({"channel": DEALS, "ts": ts})


def test_a_private_message_is_updated_by_its_own_conversation(chat: Chat, workspace: Workspace) -> None:
    posted = chat.post_message({"channel": ANN, "text": "one"})
    chat.update({"channel": posted["channel"], "ts": posted["ts"], "text": "two"})

    assert only(workspace, posted["channel"]).text == "two"


def test_a_permalink_leads_to_the_page(chat: Chat) -> None:
    ts = chat.post_message({"channel": DEALS, "text": "one"})["ts"]
    reply = chat.post_message({"channel": DEALS, "text": "two", "thread_ts": ts})["ts"]
    bare = ts.replace(".", "")

    assert chat.get_permalink({"channel": DEALS, "message_ts": ts})["permalink"] == f"{URL}/archives/{DEALS}/p{bare}"
    assert f"thread_ts={ts}" in chat.get_permalink({"channel": DEALS, "message_ts": reply})["permalink"]
    with pytest.raises(Refused, match="message_not_found"):
        chat.get_permalink({"channel": DEALS, "message_ts": "1.2"})


def test_an_ephemeral_line_is_for_a_member(chat: Chat, workspace: Workspace) -> None:
    chat.post_ephemeral({"channel": PAY, "user": BEN, "text": "psst"})

    assert only(workspace, PAY).only_for == BEN
    with pytest.raises(Refused, match="user_not_in_channel"):
        chat.post_ephemeral({"channel": PAY, "user": "U0CHANDRA", "text": "psst"})


def test_an_ephemeral_line_is_not_updated_by_the_web_api(chat: Chat) -> None:
    ts = chat.post_ephemeral({"channel": DEALS, "user": BEN, "text": "psst"})["message_ts"]

    with pytest.raises(Refused, match="message_not_found"):
        chat.update({"channel": DEALS, "ts": ts, "text": "x"})


@pytest.mark.parametrize(("kind", "only_for"), [({}, ANN), ({"response_type": "in_channel"}, None)])
def test_a_response_is_private_unless_it_says_otherwise(
    chat: Chat, workspace: Workspace, kind: Json, only_for: str | None
) -> None:
    chat.respond(hook(), {"text": "done", **kind})

    assert (only(workspace).text, only(workspace).only_for) == ("done", only_for)


def test_a_response_may_replace_or_delete_the_message_it_answers(chat: Chat, workspace: Workspace) -> None:
    chat.respond(hook(), {"text": "one"})
    ts = only(workspace).ts
    chat.respond(hook(ts), {"replace_original": True, "text": "two"})
    assert (only(workspace).text, only(workspace).only_for) == ("two", ANN)

    chat.respond(hook(ts), {"delete_original": True})
    assert workspace.channels[DEALS].messages == {}


def test_a_response_cannot_replace_what_is_not_there(chat: Chat) -> None:
    with pytest.raises(Refused, match="message_not_found"):
        chat.respond(hook(), {"replace_original": True, "text": "two"})


def test_a_response_on_a_message_in_a_thread_stays_in_the_thread(chat: Chat, workspace: Workspace) -> None:
    parent = chat.post_message({"channel": DEALS, "text": "one"})["ts"]
    reply = chat.post_message({"channel": DEALS, "text": "two", "thread_ts": parent})["ts"]
    chat.respond(hook(reply), {"text": "three"})

    assert list(workspace.channels[DEALS].messages.values())[-1].thread_ts == parent
