"""What blocks, elements and views may look like: Slack's limits as data, read by `limits`.

From https://docs.slack.dev/reference/block-kit and .../reference/views/modal-views. Where the pages leave a limit
open, nothing is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Text = tuple[str, int]
"""The kind that a text must have (`plain_text`, or `any`), and its greatest length."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object.

    Attributes:
        required: names of the keys that must be there, separated by spaces.
        texts: keys holding a text object.
        strings: keys holding a string, with its greatest length.
        lists: keys holding a list, with its least and greatest length.
        others: names of further keys that are allowed.
    """

    required: str = ""
    texts: Mapping[str, Text] = field(default_factory=dict)
    strings: Mapping[str, int] = field(default_factory=dict)
    lists: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    others: str = ""

    def allows(self, key: str) -> bool:
        named = key in self.texts or key in self.strings or key in self.lists
        return named or key in self.others.split() or key in {"type", "block_id", "action_id"}


PLACEHOLDER: Mapping[str, Text] = {"placeholder": ("plain_text", 150)}
SELECT = "confirm focus_on_load"

VIEW = Shape(
    "title blocks",
    {"title": ("plain_text", 24), "submit": ("plain_text", 24), "close": ("plain_text", 24)},
    {"private_metadata": 3000, "callback_id": 255, "external_id": 255},
    {"blocks": (1, 100)},
    "clear_on_close notify_on_close submit_disabled",
)

CONFIRM = Shape(
    "title text confirm deny",
    {
        "title": ("plain_text", 100),
        "text": ("any", 300),
        "confirm": ("plain_text", 30),
        "deny": ("plain_text", 30),
    },
    others="style",
)

PLAIN_OPTION = Shape(
    "text value",
    {"text": ("plain_text", 75), "description": ("plain_text", 75)},
    {"value": 150, "url": 3000},
)
OPTION = Shape("text value", {"text": ("any", 75), "description": ("any", 75)}, {"value": 150})

BLOCKS: Mapping[str, Shape] = {
    "actions": Shape("elements", lists={"elements": (1, 25)}),
    "context": Shape("elements", lists={"elements": (1, 10)}),
    "divider": Shape(),
    "header": Shape("text", {"text": ("plain_text", 150)}),
    "image": Shape(
        "alt_text", {"title": ("plain_text", 2000)}, {"alt_text": 2000, "image_url": 3000}, others="slack_file"
    ),
    "input": Shape(
        "label element",
        {"label": ("plain_text", 2000), "hint": ("plain_text", 2000)},
        others="element optional dispatch_action",
    ),
    "markdown": Shape("text", strings={"text": 12000}),
    "section": Shape("", {"text": ("any", 3000)}, lists={"fields": (1, 10)}, others="accessory expand"),
}

ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        "text",
        {"text": ("plain_text", 75)},
        {"value": 2000, "url": 3000, "accessibility_label": 75},
        others="style confirm",
    ),
    "overflow": Shape("options", lists={"options": (1, 5)}, others="confirm"),
    "checkboxes": Shape("options", lists={"options": (1, 10), "initial_options": (1, 10)}, others=SELECT),
    "radio_buttons": Shape("options", lists={"options": (1, 10)}, others=f"{SELECT} initial_option"),
    "static_select": Shape("options", PLACEHOLDER, lists={"options": (1, 100)}, others=f"{SELECT} initial_option"),
    "multi_static_select": Shape(
        "options",
        PLACEHOLDER,
        lists={"options": (1, 100), "initial_options": (1, 100)},
        others=f"{SELECT} max_selected_items",
    ),
    "users_select": Shape("", PLACEHOLDER, others=f"{SELECT} initial_user"),
    "multi_users_select": Shape("", PLACEHOLDER, others=f"{SELECT} initial_users max_selected_items"),
    "channels_select": Shape("", PLACEHOLDER, others=f"{SELECT} initial_channel response_url_enabled"),
    "conversations_select": Shape(
        "",
        PLACEHOLDER,
        others=f"{SELECT} initial_conversation default_to_current_conversation filter response_url_enabled",
    ),
    "datepicker": Shape("", PLACEHOLDER, {"initial_date": 10}, others=SELECT),
    "timepicker": Shape("", PLACEHOLDER, {"initial_time": 5}, others=f"{SELECT} timezone"),
    "datetimepicker": Shape("", others=f"{SELECT} initial_date_time"),
    "plain_text_input": Shape(
        "",
        PLACEHOLDER,
        {"initial_value": 3000},
        others="multiline min_length max_length dispatch_action_config focus_on_load",
    ),
    "email_text_input": Shape("", PLACEHOLDER, {"initial_value": 3000}, others="dispatch_action_config focus_on_load"),
    "url_text_input": Shape("", PLACEHOLDER, {"initial_value": 3000}, others="dispatch_action_config focus_on_load"),
    "number_input": Shape(
        "is_decimal_allowed",
        PLACEHOLDER,
        {"initial_value": 3000},
        others="is_decimal_allowed min_value max_value dispatch_action_config focus_on_load",
    ),
    "image": Shape("alt_text", strings={"alt_text": 2000, "image_url": 3000}, others="slack_file"),
}

_PICKED = {
    "checkboxes",
    "radio_buttons",
    "static_select",
    "multi_static_select",
    "users_select",
    "multi_users_select",
    "channels_select",
    "conversations_select",
    "datepicker",
    "timepicker",
}
IN_SECTION = _PICKED | {"button", "overflow", "image"}
IN_ACTIONS = _PICKED | {"button", "overflow", "datetimepicker"}
IN_INPUT = _PICKED | {
    "datetimepicker",
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
}
"""Which elements may stand in which block."""

MODELLED = {"alert", "call", "card", "carousel", "container", "context_actions", "file", "plan", "rich_text"} | {
    "table",
    "task_card",
    "video",
}
"""Further blocks, held only against the SDK's own models."""

ONLY_IN_MESSAGES = {"markdown", "table", "file", "context_actions"}
ONLY_IN_VIEWS = {"alert"}
MESSAGE_BLOCKS = (0, 50)
MESSAGE_CHARACTERS = 13_200
"""All text in the blocks of one message; not documented, reported by people who ran into it."""
