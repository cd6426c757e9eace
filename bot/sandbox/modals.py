"""The modals that people have open: stacks of up to three views, and what is typed into them."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import elements, limits
from bot.sandbox.elements import Element, Value
from bot.sandbox.errors import CannotDo, Json, Refused
from bot.sandbox.people import APP_ID, BOT_ID, TEAM_ID
from bot.sandbox.workspace import Workspace

STACK = 3


@dataclass(slots=True, eq=False)
class View:
    """One view that a person has open. `values` is what stands in its inputs, by block_id and action_id."""

    id: str
    user: str
    here: str | None
    root_id: str
    previous_id: str | None = None
    json: Json = field(default_factory=dict)
    hash: str = ""
    values: dict[str, dict[str, Value]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    busy: bool = False
    trouble: str | None = None
    warning: Json | None = None

    @property
    def inputs(self) -> list[Element]:
        return [e for e in elements.elements_of(self.json["blocks"]) if e.json["type"] in elements.STATEFUL]

    def state(self) -> Json:
        values: Json = {}
        for element in self.inputs:
            block_id, action_id, _ = element.key
            values.setdefault(block_id, {})[action_id] = elements.state(element.json, self.values[block_id][action_id])
        return {"values": values}


class Modals:
    """Every open modal. What is refused raises Refused, as Slack would answer the bot."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._stacks: dict[str, list[View]] = {}

    def stack(self, user: str) -> list[View]:
        """The person's views, bottom first."""
        return self._stacks.get(user, [])

    def find(self, view_id: str) -> View:
        """Raises Refused (not_found): there is no such view, or not any more."""
        for stack in self._stacks.values():
            for view in stack:
                if view_id and view_id in (view.id, view.json.get("external_id")):
                    return view
        raise Refused("not_found")

    def top(self, user: str, view_id: str) -> View:
        """The view that the person looks at. Raises CannotDo where that is another one."""
        if not self.stack(user) or self.stack(user)[-1].id != view_id:
            raise CannotDo("That view is not open in front of this person.")
        return self.stack(user)[-1]

    def open(self, user: str, json: Json, here: str | None) -> View:
        """A new modal; it takes the place of the one that was open."""
        view = self._make(user, json, here, [])
        self._stacks[user] = [view]
        self._workspace.changed()
        return view

    def push(self, user: str, json: Json, on: str | None) -> View:
        """A view on top of the stack that holds the view `on`."""
        stack = self.stack(user)
        if on not in [view.id for view in stack]:
            raise Refused("not_found")
        if len(stack) >= STACK:
            raise Refused("push_limit_reached", f"a modal holds {STACK} views")
        view = self._make(user, json, stack[-1].here, stack)
        stack.append(view)
        self._workspace.changed()
        return view

    def update(self, view: View, json: Json, expected: str | None = None) -> View:
        """Replaces a view in its place. Typed values stay wherever block_id, action_id and type stay."""
        check(json)
        if expected and expected != view.hash:
            raise Refused("hash_conflict")
        kept = {element.key: view.values[element.key[0]][element.key[1]] for element in view.inputs}
        self._fill(view, json, kept)
        self._workspace.changed()
        return view

    def pop(self, view: View) -> None:
        """Closes one view; those above it go too."""
        stack = self.stack(view.user)
        if view in stack:
            del stack[stack.index(view) :]
        self._workspace.changed()

    def clear(self, user: str) -> None:
        self._stacks.pop(user, None)
        self._workspace.changed()

    def _make(self, user: str, json: Json, here: str | None, below: list[View]) -> View:
        check(json)
        view_id = "V" + secrets.token_hex(5).upper()
        view = View(view_id, user, here, below[0].id if below else view_id, below[-1].id if below else None)
        self._fill(view, json, {})
        return view

    def _fill(self, view: View, json: Json, kept: dict[tuple[str, str, str], Value]) -> None:
        self._unique(view, json.get("external_id"))
        view.json = {**json, "blocks": elements.with_ids(json["blocks"], lambda: secrets.token_urlsafe(4))}
        view.hash = f"{int(self._workspace.now().timestamp())}.{secrets.token_hex(4)}"
        view.errors, view.trouble, view.warning, view.values = {}, None, None, {}
        for element in view.inputs:
            offered = elements.choices(element.json, view.user, self._workspace)
            value = kept.get(element.key, elements.initial(element.json, view.here, offered))
            view.values.setdefault(element.key[0], {})[element.key[1]] = value

    def _unique(self, view: View, external_id: str | None) -> None:
        for stack in self._stacks.values():
            for other in stack:
                if external_id and other is not view and other.json.get("external_id") == external_id:
                    raise Refused("duplicate_external_id")


def payload(view: View, *, with_state: bool = True) -> Json:
    """The view as payloads and answers carry it."""
    json = view.json
    return {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": "modal",
        "blocks": json["blocks"],
        "private_metadata": json.get("private_metadata", ""),
        "callback_id": json.get("callback_id", ""),
        "state": view.state() if with_state else {"values": {}},
        "hash": view.hash,
        "title": json["title"],
        "clear_on_close": bool(json.get("clear_on_close")),
        "notify_on_close": bool(json.get("notify_on_close")),
        "close": json.get("close"),
        "submit": json.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": APP_ID,
        "external_id": json.get("external_id", ""),
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }


def check(json: Any) -> None:
    """Raises Refused (invalid_arguments, view_too_large) for a view that Slack would not take."""
    if faults := limits.view_faults(json):
        raise Refused("invalid_arguments", *faults)
    if len(str(json)) > 250_000:
        raise Refused("view_too_large")
