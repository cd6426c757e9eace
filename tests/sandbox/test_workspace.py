"""The workspace's memory."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import Refused
from bot.sandbox.people import ANN, BEN, BOT_USER, DEALS, PAY, PEOPLE
from bot.sandbox.workspace import Message, Workspace


def say(workspace: Workspace, text: str = "x", **more: str | None) -> Message:
    return workspace.say(Message(DEALS, workspace.next_ts(), BOT_USER, text, **more))  # type: ignore[arg-type]


def test_messages_of_one_instant_have_different_ids_in_their_order(workspace: Workspace) -> None:
    ids = [workspace.next_ts() for _ in range(3)]

    assert ids == ["1777896000.000000", "1777896000.000001", "1777896000.000002"]


@given(st.lists(st.integers(1_600_000_000, 2_000_000_000), min_size=2))
def test_ids_grow_even_where_the_clock_goes_back(seconds: list[int]) -> None:
    clock = iter(seconds)
    workspace = Workspace(lambda: datetime.fromtimestamp(next(clock), UTC))
    ids = [float(workspace.next_ts()) for _ in seconds]

    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_a_reply_to_a_reply_belongs_to_the_thread(workspace: Workspace) -> None:
    parent = say(workspace)
    reply = say(workspace, thread_ts=parent.ts)
    second = say(workspace, thread_ts=reply.ts)

    assert second.thread_ts == parent.ts
    assert workspace.replies(parent) == [reply, second]


def test_a_reply_to_a_parent_that_is_gone_stands_alone(workspace: Workspace) -> None:
    assert say(workspace, thread_ts="1.2").thread_ts is None


def test_a_deleted_parent_stays_as_a_tombstone_until_its_last_reply_goes(workspace: Workspace) -> None:
    parent = say(workspace)
    reply = say(workspace, thread_ts=parent.ts)
    workspace.remove(parent)
    assert (parent.deleted, parent.text) == (True, "This message was deleted.")

    workspace.remove(reply)
    assert workspace.channels[DEALS].messages == {}


def test_an_ephemeral_line_is_for_one(workspace: Workspace) -> None:
    line = say(workspace, only_for=ANN)

    assert line.visible_to(ANN)
    assert not line.visible_to(BEN)


def test_everybody_has_a_place_of_their_own_with_the_bot(workspace: Workspace) -> None:
    places = [workspace.dm_of(user) for user in PEOPLE]

    assert len({place.id for place in places}) == 3
    assert all(place.id.startswith("D") and place.bot_is_member for place in places)
    assert places[0].name_for(ANN) == "Win-Win"


def test_the_bot_is_not_everywhere(workspace: Workspace) -> None:
    places = {channel.place.name: channel.bot_is_member for channel in workspace.channels_of(ANN)}

    assert places["deals"]
    assert not places["supply"]
    assert PAY not in {channel.id for channel in workspace.channels_of("U0CHANDRA")}


def test_watchers_hear_of_every_change_while_they_watch(workspace: Workspace) -> None:
    heard: list[int] = []
    with workspace.watched(lambda: heard.append(workspace.version)):
        workspace.changed()
        workspace.blame("views.open", "It was late.")
    workspace.changed()

    assert heard == [1, 2]
    assert [fault.what for fault in workspace.faults] == ["It was late."]


def test_an_unknown_person_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="user_not_found"):
        workspace.person("U0NOBODY1")


@pytest.mark.parametrize(
    ("month", "offset", "label"), [(1, 3600, "Central European Time"), (7, 7200, "Central European Summer Time")]
)
def test_a_zone_knows_summer_and_winter(month: int, offset: int, label: str) -> None:
    now = datetime(2026, month, 1, tzinfo=UTC)

    assert (PEOPLE[ANN].tz_offset(now), PEOPLE[ANN].tz_label(now)) == (offset, label)
