"""Would Slack take these blocks, this view? Answers with Slack's own kind of sentence for each thing it would not."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox import shapes
from bot.sandbox.errors import Json
from bot.sandbox.shapes import Shape, Text


def message_faults(blocks: Any) -> list[str]:
    """What is wrong with the blocks of a message, empty when nothing is."""
    walk = _Walk(forbidden=shapes.ONLY_IN_VIEWS)
    walk.blocks(blocks, "/blocks", shapes.MESSAGE_BLOCKS)
    return walk.found or _by_models(blocks)


def view_faults(view: Any) -> list[str]:
    """What is wrong with a modal's view, empty when nothing is."""
    walk = _Walk(forbidden=shapes.ONLY_IN_MESSAGES)
    walk.view(view)
    return walk.found or _by_models(view["blocks"])


def characters(blocks: Sequence[Json]) -> int:
    """All the text in the blocks: what counts towards msg_blocks_too_long."""
    return sum(len(text) for block in blocks for text in _texts(block))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [
            text
            for key, inner in value.items()
            for text in ([inner] if key == "text" and isinstance(inner, str) else _texts(inner))
        ]
    return [text for inner in value for text in _texts(inner)] if isinstance(value, list) else []


def _by_models(blocks: Sequence[Json]) -> list[str]:
    """The SDK's own models know kinds of blocks that `shapes` leaves out."""
    found = []
    for number, block in enumerate(blocks):
        try:
            parsed = Block.parse(block)
            if parsed is not None:
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
            found.append(f"{error} [json-pointer:/blocks/{number}]")
    return found


class _Walk:
    """Goes through the JSON once and notes what is wrong, with a pointer to the place."""

    def __init__(self, forbidden: set[str]) -> None:
        self.found: list[str] = []
        self._forbidden = forbidden
        self._block_ids: set[str] = set()

    def say(self, message: str, pointer: str) -> None:
        self.found.append(f"{message} [json-pointer:{pointer}]")

    def view(self, view: Any) -> None:
        if not self.shape(view, shapes.VIEW, "/view"):
            return
        if view.get("type") != "modal":
            self.say("must be modal", "/view/type")
        self.blocks(view["blocks"], "/view/blocks", shapes.VIEW.lists["blocks"])
        kinds = [block.get("type") for block in view["blocks"] if isinstance(block, dict)]
        if "input" in kinds and "submit" not in view:
            self.say("missing required field: submit", "/view")

    def blocks(self, blocks: Any, at: str, limits: tuple[int, int]) -> None:
        if self.many(blocks, limits, at):
            for number, block in enumerate(blocks):
                self.block(block, f"{at}/{number}")

    def block(self, block: Any, at: str) -> None:
        kind = block.get("type") if isinstance(block, dict) else None
        if not isinstance(kind, str) or kind in self._forbidden or kind not in shapes.BLOCKS.keys() | shapes.MODELLED:
            self.say(f"unsupported type: {kind}", at)
            return
        self.unique(block.get("block_id"), self._block_ids, "block_id", at)
        inside = {"section": self.section, "input": self.input, "actions": self.actions, "context": self.context}
        if kind in shapes.BLOCKS and self.shape(block, shapes.BLOCKS[kind], at) and kind in inside:
            inside[kind](block, at)

    def section(self, block: Json, at: str) -> None:
        if "text" not in block and "fields" not in block:
            self.say("missing required field: text", at)
        for number, text in enumerate(block.get("fields", ())):
            self.text(text, ("any", 2000), f"{at}/fields/{number}")
        if "accessory" in block:
            self.element(block["accessory"], shapes.IN_SECTION, f"{at}/accessory")

    def input(self, block: Json, at: str) -> None:
        self.element(block["element"], shapes.IN_INPUT, f"{at}/element")

    def actions(self, block: Json, at: str) -> None:
        ids: set[str] = set()
        for number, element in enumerate(block["elements"]):
            self.element(element, shapes.IN_ACTIONS, f"{at}/elements/{number}")
            if isinstance(element, dict):
                self.unique(element.get("action_id"), ids, "action_id", at)

    def context(self, block: Json, at: str) -> None:
        for number, element in enumerate(block["elements"]):
            if isinstance(element, dict) and element.get("type") == "image":
                self.element(element, {"image"}, f"{at}/elements/{number}")
            else:
                self.text(element, ("any", 3000), f"{at}/elements/{number}")

    def element(self, element: Any, allowed: set[str], at: str) -> None:
        kind = element.get("type") if isinstance(element, dict) else None
        if not isinstance(kind, str) or kind not in allowed:
            self.say(f"unsupported type: {kind}", at)
        elif self.shape(element, shapes.ELEMENTS[kind], at):
            if "confirm" in element:
                self.shape(element["confirm"], shapes.CONFIRM, f"{at}/confirm")
            self.options(element, at)
            self.lengths(element, at)
            self.instant(element, at)

    def options(self, element: Json, at: str) -> None:
        shape = shapes.OPTION if element["type"] in {"checkboxes", "radio_buttons"} else shapes.PLAIN_OPTION
        options = element.get("options", [])
        initial = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
        for number, option in enumerate((*options, *initial)):
            if not self.shape(option, shape, f"{at}/options/{number}"):
                return
        offered = [option["value"] for option in options]
        if len(offered) != len(set(offered)):
            self.say("option values must be unique", f"{at}/options")
        if any(option not in options for option in initial):
            self.say("initial option must be one of the options, exactly", at)

    def lengths(self, element: Json, at: str) -> None:
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if type(least) is not int or type(most) is not int or not 0 <= least <= most <= 3000 or most < 1:
            self.say("min_length and max_length must be between 0 and 3000", at)
        elif element["type"] == "plain_text_input" and len(element.get("initial_value", "")) > most:
            self.say(f"must be less than {most + 1} characters", f"{at}/initial_value")

    def instant(self, element: Json, at: str) -> None:
        instant = element.get("initial_date_time", 1_000_000_000)
        if type(instant) is not int or len(str(instant)) != 10:
            self.say("must be a UNIX time of 10 digits", f"{at}/initial_date_time")

    def shape(self, value: Any, shape: Shape, at: str) -> bool:
        """Checks keys, texts, strings and lengths; True when it is sound enough to look further inside."""
        if not isinstance(value, dict):
            self.say("must be an object", at)
            return False
        before = len(self.found)
        for key in shape.required.split():
            if key not in value:
                self.say(f"missing required field: {key}", at)
        for key, inner in value.items():
            self.part(key, inner, shape, f"{at}/{key}")
        return len(self.found) == before

    def part(self, key: str, value: Any, shape: Shape, at: str) -> None:
        if not shape.allows(key):
            self.say(f"invalid additional property: {key}", at.rpartition("/")[0])
        elif key in shape.texts:
            self.text(value, shape.texts[key], at)
        elif key in shape.strings or key in {"block_id", "action_id"}:
            self.string(value, shape.strings.get(key, 255), at)
        elif key in shape.lists:
            self.many(value, shape.lists[key], at)

    def text(self, text: Any, rule: Text, at: str) -> None:
        kinds, most = ["mrkdwn", "plain_text"] if rule[0] == "any" else [rule[0]], rule[1]
        if not isinstance(text, dict) or text.get("type") not in kinds:
            self.say(f"must be a text object of type {' or '.join(kinds)}", at)
        elif not text.get("text"):
            self.say("must be more than 0 characters", f"{at}/text")
        else:
            self.string(text["text"], most, f"{at}/text")

    def string(self, text: Any, most: int, at: str) -> None:
        if not isinstance(text, str):
            self.say("must be a string", at)
        elif len(text) > most:
            self.say(f"must be less than {most + 1} characters", at)

    def many(self, items: Any, limits: tuple[int, int], at: str) -> bool:
        if not isinstance(items, list):
            self.say("must be a list", at)
            return False
        if len(items) < limits[0]:
            self.say(f"no fewer than {limits[0]} items allowed", at)
        if len(items) > limits[1]:
            self.say(f"no more than {limits[1]} items allowed", at)
        return limits[0] <= len(items) <= limits[1]

    def unique(self, name: Any, seen: set[str], what: str, at: str) -> None:
        if isinstance(name, str):
            if name in seen:
                self.say(f"{what} must be unique: {name}", at)
            seen.add(name)
