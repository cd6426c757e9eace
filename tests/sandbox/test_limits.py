"""What Slack takes and what it does not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.limits import characters, message_faults, view_faults
from tests.sandbox.blocks import Json, actions, button, field, modal, options, overflow, plain, section

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "x"]), inner),
    max_leaves=10,
)


def confirm() -> Json:
    return {"title": plain("Sure"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [section()],
        [section(accessory=button())],
        [section(accessory=overflow("One"))],
        [section(accessory=overflow("1", "2", "3", "4", "5"))],
        [{"type": "section", "fields": [plain("a"), plain("b")]}],
        [{"type": "header", "text": plain("h" * 150)}],
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]}],
        [{"type": "context", "elements": [{"type": "image", "image_url": "https://a.b/c", "alt_text": "c"}]}],
        [{"type": "divider"}],
        [{"type": "markdown", "text": "# Title"}],
        [{"type": "image", "image_url": "https://a.b/c", "alt_text": "c"}],
        [actions(button(style="primary", value="v", confirm=confirm()), overflow("One"))],
        [actions(*(button(action_id=str(n)) for n in range(25)))],
        [section() for _ in range(50)],
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    ],
)
def test_what_slack_takes_in_a_message(blocks: list[Json]) -> None:
    assert message_faults(blocks) == []


@pytest.mark.parametrize(
    ("blocks", "fault"),
    [
        ("[]", "must be a list [json-pointer:/blocks]"),
        ([section() for _ in range(51)], "no more than 50 items allowed [json-pointer:/blocks]"),
        ([3], "unsupported type: None [json-pointer:/blocks/0]"),
        ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0]"),
        ([{"type": "alert", "text": plain("x")}], "unsupported type: alert [json-pointer:/blocks/0]"),
        ([section("s" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
        ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
        (
            [{"type": "section", "fields": [plain("f" * 2001)]}],
            "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
        ),
        (
            [{"type": "section", "fields": [plain("f")] * 11}],
            "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
        ),
        (
            [{"type": "header", "text": plain("h" * 151)}],
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            [{"type": "header", "text": {"type": "mrkdwn", "text": "h"}}],
            "must be a text object of type plain_text [json-pointer:/blocks/0/text]",
        ),
        (
            [section(block_id="b" * 256)],
            "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
        ),
        (
            [section(block_id="b"), section(block_id="b")],
            "block_id must be unique: b [json-pointer:/blocks/1]",
        ),
        ([actions()], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
        (
            [actions(*(button(action_id=str(n)) for n in range(26)))],
            "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
        ),
        ([actions(button(), button())], "action_id must be unique: go [json-pointer:/blocks/0]"),
        (
            [actions(button("b" * 76))],
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
        ),
        (
            [actions(button(value="v" * 2001))],
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
        ),
        (
            [actions(button(confirm={"title": plain("Sure")}))],
            "missing required field: text [json-pointer:/blocks/0/elements/0/confirm]",
        ),
        (
            [section(accessory=overflow("1", "2", "3", "4", "5", "6"))],
            "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
        ),
        (
            [section(accessory=overflow())],
            "no fewer than 1 items allowed [json-pointer:/blocks/0/accessory/options]",
        ),
        (
            [section(accessory=overflow("o" * 76))],
            "must be less than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]",
        ),
        (
            [section(accessory={"type": "overflow", "options": [{"text": plain("o"), "value": "v" * 151}]})],
            "must be less than 151 characters [json-pointer:/blocks/0/accessory/options/0/value]",
        ),
        (
            [section(accessory={"type": "plain_text_input"})],
            "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory]",
        ),
        (
            [{"type": "context", "elements": [plain("c")] * 11}],
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
    ],
)
def test_what_slack_refuses_in_a_message(blocks: Any, fault: str) -> None:
    found = message_faults(blocks)

    assert fault in found


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(section()) | {"submit": plain("s" * 24)},
        modal(private_metadata="m" * 3000),
        modal(field("A", {"max_length": 3000, "min_length": 0, "initial_value": "x" * 3000, "multiline": True})),
        modal(field("A", {"type": "datetimepicker", "initial_date_time": 1_700_000_000})),
        modal(field("A", {"type": "checkboxes", "options": options("1"), "initial_options": options("1")})),
        modal(field("A", {"type": "users_select", "placeholder": plain("Who")}, hint=plain("h"), optional=True)),
        modal(
            field(
                "A",
                {
                    "type": "conversations_select",
                    "default_to_current_conversation": True,
                    "filter": {"include": ["public"]},
                },
            )
        ),
        modal(*(section() for _ in range(100))),
    ],
)
def test_what_slack_takes_in_a_modal(view: Json) -> None:
    assert view_faults(view) == []


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (None, "must be an object [json-pointer:/view]"),
        ({"type": "modal", "blocks": [section()]}, "missing required field: title [json-pointer:/view]"),
        ({**modal(), "type": "home"}, "must be modal [json-pointer:/view/type]"),
        (modal(title=plain("t" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("s" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("c" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (modal(private_metadata="m" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (modal(callback_id="c" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(*(section() for _ in range(101))), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (
            {key: value for key, value in modal().items() if key != "submit"},
            "missing required field: submit [json-pointer:/view]",
        ),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown [json-pointer:/view/blocks/0]"),
        (
            modal(field("l" * 2001)),
            "must be less than 256 characters [json-pointer:/view/blocks/0/block_id]",
        ),
        (
            modal(field("A", hint=plain("h" * 2001))),
            "must be less than 2001 characters [json-pointer:/view/blocks/0/hint/text]",
        ),
        (
            modal(field("A", {"max_length": 3001})),
            "min_length and max_length must be between 0 and 3000 [json-pointer:/view/blocks/0/element]",
        ),
        (
            modal(field("A", {"max_length": 5, "initial_value": "sixsix"})),
            "must be less than 6 characters [json-pointer:/view/blocks/0/element/initial_value]",
        ),
        (
            modal(field("A", {"type": "datetimepicker", "initial_date_time": 99})),
            "must be a UNIX time of 10 digits [json-pointer:/view/blocks/0/element/initial_date_time]",
        ),
        (
            modal(field("A", {"type": "checkboxes", "options": options(*"abcdefghijk")})),
            "no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]",
        ),
        (
            modal(field("A", {"type": "checkboxes", "options": options("a"), "initial_options": options("b")})),
            "initial option must be one of the options, exactly [json-pointer:/view/blocks/0/element]",
        ),
        (
            modal(field("A", {"type": "radio_buttons", "options": options("a", "a")})),
            "option values must be unique [json-pointer:/view/blocks/0/element/options]",
        ),
        (
            modal(field("A", {"type": "users_select", "placeholder": plain("p" * 151)})),
            "must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]",
        ),
        (modal(field("A", {"type": "button"})), "unsupported type: button [json-pointer:/view/blocks/0/element]"),
    ],
)
def test_what_slack_refuses_in_a_modal(view: Any, fault: str) -> None:
    found = view_faults(view)

    assert fault in found


def test_a_block_that_only_the_sdk_models_know_is_held_against_them() -> None:
    assert message_faults([{"type": "table", "rows": []}]) != []


@given(JSON)
def test_no_json_makes_the_check_fall_over(json: Any) -> None:
    message_faults(json)
    message_faults([json])
    view_faults(json)
    view_faults(
        {"type": "modal", "title": plain("t"), "blocks": [json, {"type": "input", "label": json, "element": json}]}
    )
    view_faults(modal({"type": "actions", "elements": [json]}, section(accessory=json)))


@given(st.text(min_size=1, max_size=40), st.integers(0, 3))
def test_the_size_of_a_message_is_the_text_in_all_its_blocks(text: str, copies: int) -> None:
    blocks = [section(text), actions(button(text), overflow(text))] * copies

    assert characters(blocks) == 3 * copies * len(text)
