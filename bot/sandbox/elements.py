"""The interactive elements: what stands in one at first, what a person may put in, how Slack tells the bot.

A `Value` is what the page and the tests exchange (see the contract in `human`); the state is what a payload carries.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from bot.sandbox.errors import CannotDo, Json
from bot.sandbox.people import PEOPLE, Kind
from bot.sandbox.workspace import Channel, Workspace

Value = Any
Choices = list[dict[str, str]]


class Element(NamedTuple):
    """One element and the block around it."""

    block: Json
    json: Json

    @property
    def key(self) -> tuple[str, str, str]:
        """Typed values survive an update of a view where this stays."""
        return self.block["block_id"], self.json["action_id"], self.json["type"]

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def dispatches(self) -> bool:
        return not self.is_input or bool(self.block.get("dispatch_action"))


_TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_SIMPLE = {
    **dict.fromkeys(_TEXTS, ("value", "initial_value")),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
}
"""By type: the key in the state, and the key of the initial value."""
_ONE = {"radio_buttons", "static_select", "overflow"}
_MANY = {"checkboxes", "multi_static_select"}
STATEFUL = _SIMPLE.keys() | _MANY | {"radio_buttons", "static_select"}
_PATTERNS = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"\d\d:\d\d"}


def elements_of(blocks: list[Json]) -> Iterator[Element]:
    """Every element with an action_id, in reading order."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield Element(block, element)


def find(blocks: list[Json], block_id: str, action_id: str) -> Element:
    """Raises CannotDo where the person sees no such element."""
    for element in elements_of(blocks):
        if element.key[:2] == (block_id, action_id):
            return element
    raise CannotDo(f"There is no element {action_id} in a block {block_id} here.")


def with_ids(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """A copy in which every block has a block_id and every interactive element an action_id."""
    return [_with_ids(block, new_id) for block in blocks]


def _with_ids(block: Json, new_id: Callable[[], str]) -> Json:
    def fill(element: Any) -> Any:
        if isinstance(element, dict) and (element.get("type") in STATEFUL | {"button", "overflow"}):
            return {"action_id": new_id(), **element}
        return element

    filled = {"block_id": new_id(), **block}
    for key in ("element", "accessory"):
        if key in block:
            filled[key] = fill(block[key])
    if isinstance(block.get("elements"), list):
        filled["elements"] = [fill(element) for element in block["elements"]]
    return filled


def initial(element: Json, here: str | None, choices: Choices) -> Value:
    """What stands in a new element; `here` is the conversation the person was looking at."""
    kind = element["type"]
    if kind == "conversations_select" and element.get("default_to_current_conversation"):
        return here if here in {choice["id"] for choice in choices} else None
    if kind in _MANY:
        return [option["value"] for option in element.get("initial_options", [])]
    if kind in _ONE:
        return element.get("initial_option", {}).get("value")
    return element.get(_SIMPLE[kind][1], [] if kind.startswith("multi_") else None)


def accept(element: Json, value: Value, choices: Choices) -> Value:
    """The value as it is kept. Raises CannotDo where no person could enter it."""
    kind = element["type"]
    many = kind in _MANY or kind.startswith("multi_")
    if value in (None, "", []):
        return [] if many else None
    offered = {choice["id"] for choice in choices} | {option["value"] for option in element.get("options", ())}
    if kind in _TEXTS:
        right = isinstance(value, str)
    elif kind == "datetimepicker":
        right = type(value) is int and len(str(value)) == 10
    elif kind in _PATTERNS:
        right = isinstance(value, str) and re.fullmatch(_PATTERNS[kind], value) is not None
    elif many:
        right = isinstance(value, list) and all(isinstance(one, str) and one in offered for one in value)
    else:
        right = isinstance(value, str) and value in offered
    if not right:
        raise CannotDo(f"That cannot be entered in {element['action_id']} ({kind}).")
    return value


def state(element: Json, value: Value) -> Json:
    """The element's part of `state.values`, which is also the body of its action."""
    kind, options = element["type"], {option["value"]: option for option in element.get("options", ())}
    if kind in _MANY:
        return {"type": kind, "selected_options": [option for key, option in options.items() if key in value]}
    if kind in _ONE:
        return {"type": kind, "selected_option": options.get(value)}
    return {"type": kind, _SIMPLE[kind][0]: value}


def refusal(element: Element, value: Value) -> str | None:
    """Why Slack itself does not send this off, in the words of its client; the bot never hears of it."""
    if value in (None, []):
        return None if element.block.get("optional") else "Please complete this required field."
    if element.json["type"] != "plain_text_input":
        return None
    least, most = element.json.get("min_length", 0), element.json.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if len(value) > most else None


def choices(element: Json, user: str, workspace: Workspace) -> Choices:
    """What a select of people, channels or conversations offers that person."""
    match element["type"]:
        case "users_select" | "multi_users_select":
            return [{"id": person.id, "name": person.real_name} for person in PEOPLE.values()]
        case "channels_select":
            places = [c for c in workspace.channels.values() if c.kind in (Kind.PUBLIC, Kind.SHARED)]
        case "conversations_select":
            wanted = element.get("filter", {})
            places = [c for c in workspace.channels.values() if _visible(c, user) and _passes(c, wanted)]
        case _:
            places = []
    return [{"id": c.id, "name": c.name_for(user)} for c in places]


def _visible(channel: Channel, user: str) -> bool:
    return user in channel.members or channel.kind is Kind.PUBLIC


def _passes(channel: Channel, wanted: Json) -> bool:
    """https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object"""
    kind = {Kind.DM: "im", Kind.PRIVATE: "private"}.get(channel.kind, "public")
    if "include" in wanted and kind not in wanted["include"]:
        return False
    if wanted.get("exclude_external_shared_channels") and channel.kind is Kind.SHARED:
        return False
    return not (wanted.get("exclude_bot_users") and channel.is_bots_dm)
