"""Every view and message through `plain` is what the SDK itself would send."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DateTimePickerElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextInputElement,
    SectionBlock,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.slack.views.plain import plain

OPTIONS = [Option(value="a", text="A", description="the first"), Option(value="b", text="B")]
CONFIRM = ConfirmObject(title="Sure?", text="It goes to a channel.", confirm="Post", deny="Not yet")
BLOCKS: list[Block] = [
    DividerBlock(),
    HeaderBlock(text="Head"),
    SectionBlock(text=MarkdownTextObject(text="*Said*", verbatim=True), accessory=OverflowMenuElement(options=OPTIONS)),
    ContextBlock(elements=[MarkdownTextObject(text="beside")]),
    ActionsBlock(elements=[ButtonElement(text="Go", action_id="go", value="1", style="primary", confirm=CONFIRM)]),
    InputBlock(label="Who", element=UserSelectElement(action_id="who"), optional=True),
    InputBlock(label="When", element=DateTimePickerElement(action_id="when", initial_date_time=1_700_000_000)),
    InputBlock(
        label="Where",
        hint="a channel",
        element=ConversationSelectElement(
            action_id="where",
            filter=ConversationFilter(include=["public"], exclude_external_shared_channels=True),
        ),
    ),
    InputBlock(
        label="Which",
        element=CheckboxesElement(action_id="which", options=OPTIONS, initial_options=OPTIONS[:1]),
    ),
    InputBlock(label="What", element=PlainTextInputElement(action_id="what", multiline=True, max_length=3000)),
]


@pytest.mark.parametrize("model", BLOCKS, ids=lambda model: type(model).__name__)
def test_it_is_what_the_sdk_makes_of_it(model: JsonObject) -> None:
    assert plain(model) == model.to_dict()


def test_a_whole_view_too() -> None:
    view = View(type="modal", callback_id="it", title="T", submit="S", close="C", private_metadata="[]", blocks=BLOCKS)

    assert plain(view) == view.to_dict()


def test_the_rules_of_the_sdk_still_hold() -> None:
    with pytest.raises(SlackObjectFormationError):
        plain(SectionBlock(text="x" * 3001))
