"""What a person does in a modal: type, press, submit, close; and what becomes of the view then."""

from typing import Any

from bot.sandbox import elements, payloads
from bot.sandbox.elements import Element
from bot.sandbox.errors import CannotDo, Json, Refused
from bot.sandbox.modals import View, payload
from bot.sandbox.parts import Parts, may_press

TROUBLE = "We had some trouble connecting. Try again?"


class ModalActs:
    """Each act is on the view that the person looks at; CannotDo is what no person could do in Slack."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._modals = parts.modals
        self._workspace = parts.workspace

    def type(self, user: str, view_id: str, block_id: str, action_id: str, value: Any) -> Json:
        """Puts a value into an input; the bot hears of it with the next action or submission."""
        view = self._modals.top(user, view_id)
        self._put(view, elements.find(view.json["blocks"], block_id, action_id), value)
        self._workspace.changed()
        return {}

    async def press(
        self, user: str, view_id: str, block_id: str, action_id: str, value: Any, *, confirmed: bool
    ) -> Json:
        """A button, an overflow, or an input that dispatches."""
        view = self._modals.top(user, view_id)
        element = elements.find(view.json["blocks"], block_id, action_id)
        may_press(element, confirmed)
        if element.json["type"] in elements.STATEFUL:
            self._put(view, element, value)
        elif element.json["type"] == "overflow" and elements.accept(element.json, value, []) is None:
            raise CannotDo("Choose one of the menu's options.")
        trigger = self._parts.triggers.trigger(user, view.here, view.id)
        action = payloads.action(element, value, self._workspace.next_ts())
        outcome, view.warning = await self._parts.press(
            payloads.action_in_view(user, payload(view), action, trigger), element
        )
        self._workspace.changed()
        return outcome

    async def submit(self, user: str, view_id: str, values: Json) -> Json:
        """Types `values` in and submits; Slack's own checks come before the bot's."""
        view = self._modals.top(user, view_id)
        self._ready(view)
        for block_id, fields in values.items():
            for action_id, value in fields.items():
                self._put(view, elements.find(view.json["blocks"], block_id, action_id), value)
        view.trouble, view.errors = None, _refusals(view)
        if not view.errors:
            return await self._send(view)
        self._workspace.changed()
        return {"acked": False, "sent": False, "errors": view.errors}

    async def close(self, user: str, view_id: str, *, everything: bool) -> Json:
        """Cancel, or the X; the bot hears of views with notify_on_close, without what was typed in them."""
        view = self._modals.top(user, view_id)
        everything = everything or bool(view.json.get("clear_on_close"))
        closing = list(reversed(self._modals.stack(user))) if everything else [view]
        self._modals.clear(user) if everything else self._modals.pop(view)
        outcome: Json = {"acked": True}
        for closed in closing:
            if closed.json.get("notify_on_close"):
                body = payloads.view_closed(user, payload(closed, with_state=False), is_cleared=everything)
                if await self._parts.interact(body, "The view_closed") is None:
                    outcome = {"acked": False, "timeout": True}
        return outcome

    def _ready(self, view: View) -> None:
        if view.busy:
            raise CannotDo("This view is being submitted already.")
        if not view.json.get("submit"):
            raise CannotDo("This view has no submit button.")

    def _put(self, view: View, element: Element, value: Any) -> None:
        if element.json["type"] not in elements.STATEFUL:
            raise CannotDo("Nothing can be entered there.")
        offered = elements.choices(element.json, view.user, self._workspace)
        view.values[element.key[0]][element.key[1]] = elements.accept(element.json, value, offered)

    async def _send(self, view: View) -> Json:
        view.busy = True
        self._workspace.changed()
        trigger = self._parts.triggers.trigger(view.user, view.here, view.id)
        body = payloads.view_submission(view.user, payload(view), trigger)
        answer = await self._parts.interact(body, "The view_submission")
        view.busy = False
        if answer is None:
            view.trouble = TROUBLE
        elif view in self._modals.stack(view.user):
            self._obey(view, answer)
        self._workspace.changed()
        silent: Json = {"timeout": True} if answer is None else {}
        return {"acked": answer is not None, "sent": True, "errors": view.errors, **silent}

    def _obey(self, view: View, answer: Json) -> None:
        try:
            self._respond(view, answer)
        except Refused as refused:
            self._workspace.blame("view_submission", str(refused))
            view.trouble = TROUBLE

    def _respond(self, view: View, answer: Json) -> None:
        """https://docs.slack.dev/surfaces/modals#handling_submissions"""
        match answer.get("response_action"):
            case None if not answer:
                self._modals.pop(view)
            case "errors":
                view.errors = _field_errors(view, answer.get("errors"))
            case "update":
                self._modals.update(view, answer.get("view", {}))
            case "push":
                self._modals.push(view.user, answer.get("view", {}), view.id)
            case "clear":
                self._modals.clear(view.user)
            case other:
                raise Refused("invalid_arguments", f"response_action cannot be {other}")


def _refusals(view: View) -> dict[str, str]:
    found = {}
    for element in view.inputs:
        if element.is_input and (why := elements.refusal(element, view.values[element.key[0]][element.key[1]])):
            found[element.key[0]] = why
    return found


def _field_errors(view: View, errors: Any) -> dict[str, str]:
    """Raises Refused where a key is not the block_id of an input block: Slack then shows nothing but trouble."""
    inputs = {element.key[0] for element in view.inputs if element.is_input}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_arguments", "response_action errors takes at least one error")
    if strangers := sorted(errors.keys() - inputs):
        raise Refused("invalid_arguments", f"error keys that are no input block of the view: {', '.join(strangers)}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise Refused("invalid_arguments", "every error takes a text")
    return dict(errors)
