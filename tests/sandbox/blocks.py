"""The smallest Block Kit that the sandbox's tests send."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def overflow(*texts: str, action_id: str = "more") -> Json:
    return {"type": "overflow", "action_id": action_id, "options": options(*texts)}


def options(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(label: str, element: Json | None = None, **more: Any) -> Json:
    """An input block; its block_id is the label in lower case, its action_id "v"."""
    element = {"type": "plain_text_input", **(element or {}), "action_id": "v"}
    return {"type": "input", "block_id": label.lower(), "label": plain(label), "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Brief"),
        "submit": plain("Next"),
        "blocks": list(blocks or (field("My Win"),)),
        **more,
    }
