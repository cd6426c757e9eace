"""From the SDK's models to what Slack takes: what their own `to_dict` gives, at a tenth of its price.

The SDK searches the `dir` of each object for its validators, and again for each object around it. Here that is done
once for each class; the validators run all the same.
"""

import json
from functools import cache
from typing import Any, NewType

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import ConfirmObject, Option
from slack_sdk.models.views import View

PackedView = NewType("PackedView", bytes)
"""A view that is ready to be opened."""

_SHAPES: dict[type[JsonObject], dict[str, str]] = {
    Option: {"text": "_text", "value": "value", "description": "_block_description", "url": "url"},
    ConfirmObject: {"title": "_title", "text": "_text", "confirm": "_confirm", "deny": "_deny", "style": "_style"},
}
"""Key and attribute. Of these two the SDK keeps what counts under other names; of the rest it is asked once."""


def plain(model: JsonObject) -> dict[str, Any]:
    """Raises SlackObjectFormationError where the model breaks one of Slack's rules that the SDK knows."""
    kind = type(model)
    for validator in _validators(kind):
        validator(model)
    shown = {}
    for key, attribute in (_SHAPES.get(kind) or _shape(model)).items():
        value = getattr(model, attribute, None)
        if value or isinstance(value, int):  # False and 0 say something, what is empty does not
            shown[key] = _plain(value)
    return shown


def packed(view: View) -> PackedView:
    return PackedView(json.dumps(plain(view)).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return plain(value) if isinstance(value, JsonObject) else value


def _shape(model: JsonObject) -> dict[str, str]:
    """Some classes have their keys in a property, so they are asked of an object."""
    kind = type(model)
    if kind.to_dict is not JsonObject.to_dict:
        raise TypeError(f"{kind.__name__} has a shape of its own: write it down here")
    return _SHAPES.setdefault(kind, {key: key for key in sorted(model.attributes)})


@cache
def _validators(kind: type[JsonObject]) -> list[Any]:
    names = [name for name in dir(kind) if not name.startswith("__")]
    return [method for name in names if hasattr(method := getattr(kind, name), "validator")]
