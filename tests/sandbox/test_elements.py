"""What stands in an input, what a person may enter, and how the bot hears of it."""

from typing import Any

import pytest

from bot.sandbox import elements
from bot.sandbox.elements import Element
from bot.sandbox.errors import CannotDo
from bot.sandbox.people import ANN, BEN, DEALS, PAY
from bot.sandbox.workspace import Workspace
from tests.sandbox.blocks import Json, actions, button, field, options, overflow, section

BOXES = {"type": "checkboxes", "action_id": "v", "options": options("One", "Two")}
MENU = {"type": "static_select", "action_id": "v", "options": options("One", "Two")}
TEXT = {"type": "plain_text_input", "action_id": "v"}
WHEN = {"type": "datetimepicker", "action_id": "v"}
WHO = {"type": "users_select", "action_id": "v"}
WHERE = {"type": "conversations_select", "action_id": "v", "default_to_current_conversation": True}
SEVERAL = {"type": "multi_users_select", "action_id": "v"}
PEOPLE = [{"id": ANN, "name": "Ann"}, {"id": BEN, "name": "Ben"}]


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (TEXT, None),
        ({**TEXT, "initial_value": "x"}, "x"),
        (WHEN, None),
        ({**WHEN, "initial_date_time": 1_700_000_000}, 1_700_000_000),
        (BOXES, []),
        ({**BOXES, "initial_options": options("Two")}, ["two"]),
        (MENU, None),
        ({**MENU, "initial_option": options("Two")[0]}, "two"),
        ({**WHO, "initial_user": BEN}, BEN),
        (SEVERAL, []),
    ],
)
def test_what_stands_in_a_new_element(element: Json, value: Any) -> None:
    assert elements.initial(element, None, []) == value


@pytest.mark.parametrize(
    ("here", "value"),
    [(DEALS, DEALS), (PAY, None), (None, None)],
)
def test_the_current_conversation_is_chosen_where_the_filter_lets_it_pass(here: str | None, value: str | None) -> None:
    assert elements.initial(WHERE, here, [{"id": DEALS, "name": "deals"}]) == value


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        (TEXT, "x", {"type": "plain_text_input", "value": "x"}),
        (TEXT, "", {"type": "plain_text_input", "value": None}),
        (WHEN, 1_700_000_000, {"type": "datetimepicker", "selected_date_time": 1_700_000_000}),
        (BOXES, ["two", "one"], {"type": "checkboxes", "selected_options": options("One", "Two")}),
        (BOXES, [], {"type": "checkboxes", "selected_options": []}),
        (MENU, "one", {"type": "static_select", "selected_option": options("One")[0]}),
        (MENU, None, {"type": "static_select", "selected_option": None}),
        (WHO, ANN, {"type": "users_select", "selected_user": ANN}),
        (SEVERAL, [ANN], {"type": "multi_users_select", "selected_users": [ANN]}),
        (
            {"type": "datepicker", "action_id": "v"},
            "2026-05-04",
            {"type": "datepicker", "selected_date": "2026-05-04"},
        ),
        ({"type": "timepicker", "action_id": "v"}, "15:30", {"type": "timepicker", "selected_time": "15:30"}),
        ({"type": "number_input", "action_id": "v"}, "5", {"type": "number_input", "value": "5"}),
    ],
)
def test_what_a_person_enters_and_what_the_bot_hears(element: Json, value: Any, state: Json) -> None:
    assert elements.state(element, elements.accept(element, value, PEOPLE)) == state


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (TEXT, 3),
        (WHEN, "tomorrow"),
        (WHEN, 99),
        (WHEN, True),
        (BOXES, "one"),
        (BOXES, ["three"]),
        (MENU, "three"),
        (MENU, ["one"]),
        (WHO, "U0NOBODY1"),
        (SEVERAL, [["x"]]),
        ({"type": "datepicker", "action_id": "v"}, "4 May"),
    ],
)
def test_what_nobody_can_enter(element: Json, value: Any) -> None:
    with pytest.raises(CannotDo):
        elements.accept(element, value, PEOPLE)


@pytest.mark.parametrize(
    ("block", "value", "why"),
    [
        (field("A"), None, "Please complete this required field."),
        (field("A", optional=True), None, None),
        (field("A"), "x", None),
        (field("A", {"min_length": 3}), "xx", "Please enter at least 3 characters."),
        (field("A", {"max_length": 3}), "xxxx", "Please enter no more than 3 characters."),
        (field("A", {"max_length": 3}), "xxx", None),
        (field("A"), "x" * 3001, "Please enter no more than 3000 characters."),
        (field("A", BOXES), [], "Please complete this required field."),
        (field("A", BOXES), ["one"], None),
    ],
)
def test_what_slack_does_not_even_send(block: Json, value: Any, why: str | None) -> None:
    assert elements.refusal(Element(block, block["element"]), value) == why


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (None, ["deals", "supply", "acme-shared", "pay-room", "Win-Win", "Ben Ortiz"]),
        ({"include": ["public"]}, ["deals", "supply", "acme-shared"]),
        (
            {"include": ["public", "private"], "exclude_external_shared_channels": True},
            ["deals", "supply", "pay-room"],
        ),
        ({"include": ["im"]}, ["Win-Win", "Ben Ortiz"]),
        ({"include": ["im"], "exclude_bot_users": True}, ["Ben Ortiz"]),
    ],
)
def test_conversations_are_offered_as_the_filter_says(
    workspace: Workspace, wanted: Json | None, names: list[str]
) -> None:
    element = {**WHERE, "filter": wanted} if wanted else WHERE

    assert [one["name"] for one in elements.choices(element, ANN, workspace)] == names


def test_nobody_is_offered_a_private_channel_of_others(workspace: Workspace) -> None:
    offered = elements.choices(WHERE, "U0CHANDRA", workspace)

    assert PAY not in {one["id"] for one in offered}


def test_people_and_channels_are_offered_to_their_own_selects(workspace: Workspace) -> None:
    channels = elements.choices({"type": "channels_select"}, ANN, workspace)

    assert [one["name"] for one in channels] == ["deals", "supply", "acme-shared"]
    assert [one["name"] for one in elements.choices(WHO, ANN, workspace)] == ["Ann Keller", "Ben Ortiz", "Chandra Rao"]
    assert elements.choices(TEXT, ANN, workspace) == []


def test_blocks_and_elements_get_the_ids_they_lack_and_keep_those_they_have() -> None:
    numbers = iter("abcdef")
    bare = {"type": "button", "text": {"type": "plain_text", "text": "x"}}
    blocks = elements.with_ids([section(), actions(button(), bare), field("A")], lambda: next(numbers))

    assert [block["block_id"] for block in blocks][1:] == ["acts", "a"]
    assert blocks[1]["elements"][0]["action_id"] == "go"
    assert blocks[1]["elements"][1]["action_id"] in "abcdef"
    assert blocks[0]["block_id"] in "abcdef"


def test_an_element_is_found_by_its_ids_only() -> None:
    blocks = [actions(button(), overflow("One")), field("A")]

    assert elements.find(blocks, "acts", "more").json["type"] == "overflow"
    assert elements.find(blocks, "a", "v").is_input
    with pytest.raises(CannotDo):
        elements.find(blocks, "acts", "v")
