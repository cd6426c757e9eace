"""What the bot may read."""

import pytest

from bot.sandbox.errors import Refused
from bot.sandbox.people import ANN, BEN, BOT_USER, DEALS, PEOPLE
from bot.sandbox.reads import Reads
from bot.sandbox.workspace import Message, Workspace

HISTORY = ("chat:write", "im:history", "channels:history")


@pytest.fixture
def reads(workspace: Workspace) -> Reads:
    return Reads(workspace, "http://127.0.0.1:3000")


def said(workspace: Workspace, channel: str, *texts: str) -> list[Message]:
    return [
        workspace.say(Message(channel, workspace.next_ts(), BOT_USER, text, metadata={"event_type": text}))
        for text in texts
    ]


def test_the_bot_learns_who_it_is(reads: Reads) -> None:
    answer = reads.auth_test({})

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0SANDBOX", "U0WINWIN1", "B0WINWIN1")
    assert answer["url"] == "http://127.0.0.1:3000/"


@pytest.mark.parametrize("user", PEOPLE)
def test_a_person_has_a_zone(reads: Reads, user: str) -> None:
    person = reads.users_info({"user": user})["user"]

    assert (person["tz"], person["real_name"]) == (PEOPLE[user].zone, PEOPLE[user].real_name)
    assert "locale" not in person
    assert reads.users_info({"user": user, "include_locale": "true"})["user"]["locale"] == PEOPLE[user].locale


def test_nobody_else_is_known(reads: Reads) -> None:
    with pytest.raises(Refused, match="user_not_found"):
        reads.users_info({"user": "U0NOBODY1"})


def test_history_needs_a_scope(reads: Reads, workspace: Workspace) -> None:
    workspace.options.scopes = ("commands", "chat:write")
    with pytest.raises(Refused) as refused:
        reads.history({"channel": workspace.dm_of(ANN).id})

    assert refused.value.answer() == {
        "ok": False,
        "error": "missing_scope",
        "needed": "im:history",
        "provided": "commands,chat:write",
    }


def test_with_the_scope_private_messages_are_read_newest_first(reads: Reads, workspace: Workspace) -> None:
    workspace.options.scopes = HISTORY
    place = workspace.dm_of(ANN).id
    said(workspace, place, "one", "two", "three")
    answer = reads.history({"channel": place, "limit": "2"})

    assert [message["text"] for message in answer["messages"]] == ["three", "two"]
    assert answer["has_more"]
    assert "metadata" not in answer["messages"][0]


def test_history_gives_metadata_when_asked_and_keeps_to_its_bounds(reads: Reads, workspace: Workspace) -> None:
    workspace.options.scopes = HISTORY
    place = workspace.dm_of(ANN).id
    first, _, last = said(workspace, place, "one", "two", "three")
    bounds = {"channel": place, "oldest": first.ts, "latest": last.ts, "include_all_metadata": "true"}

    assert [message["metadata"]["event_type"] for message in reads.history(bounds)["messages"]] == ["two"]
    assert len(reads.history({**bounds, "inclusive": "1"})["messages"]) == 3


def test_replies_are_not_in_the_history_but_in_their_thread(reads: Reads, workspace: Workspace) -> None:
    workspace.options.scopes = HISTORY
    (parent,) = said(workspace, DEALS, "parent")
    workspace.say(Message(DEALS, workspace.next_ts(), BEN, "reply", thread_ts=parent.ts))
    workspace.say(Message(DEALS, workspace.next_ts(), BOT_USER, "private", only_for=ANN))

    assert [message["text"] for message in reads.history({"channel": DEALS})["messages"]] == ["parent"]
    replies = reads.replies({"channel": DEALS, "ts": parent.ts})["messages"]
    assert [message["text"] for message in replies] == ["parent", "reply"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": "C0SUPPLY1"}, "not_in_channel"),
        ({"channel": "D0ANNBEN1"}, "channel_not_found"),
        ({"channel": DEALS, "limit": "many"}, "invalid_arguments"),
    ],
)
def test_what_cannot_be_read(reads: Reads, workspace: Workspace, args: dict[str, str], code: str) -> None:
    workspace.options.scopes = HISTORY

    with pytest.raises(Refused, match=code):
        reads.history(args)


def test_a_thread_that_is_not_there(reads: Reads, workspace: Workspace) -> None:
    workspace.options.scopes = HISTORY

    with pytest.raises(Refused, match="thread_not_found"):
        reads.replies({"channel": DEALS, "ts": "1.2"})
