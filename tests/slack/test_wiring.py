"""Everything that the manifest declares and the views show has a listener, and every listener is shown somewhere."""

import ast
from pathlib import Path

import yaml

from bot.coaching.brief import Field
from bot.sandbox.people import Command, Shortcut
from bot.serving import COMMAND, SHORTCUT
from bot.slack import ids
from bot.slack.listeners import CLICKED, OWN_VIEW, SUBMITTED
from bot.slack.listeners.scripts import CHOICES

ROOT = Path(__file__).parents[2]
MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text())
VIEWS = ROOT / "bot" / "slack" / "views"


def test_the_manifest_declares_what_is_listened_to() -> None:
    features = MANIFEST["features"]

    assert [command["command"] for command in features["slash_commands"]] == [ids.COMMAND]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [ids.SHORTCUT]
    assert "event_subscriptions" not in MANIFEST["settings"]


def test_the_sandbox_offers_what_the_manifest_declares() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    (shortcut,) = MANIFEST["features"]["shortcuts"]

    assert Command(command["command"], command["usage_hint"], command["description"]) == COMMAND
    assert Shortcut(shortcut["callback_id"], shortcut["name"]) == SHORTCUT


def test_every_button_has_a_listener_and_every_listener_a_button() -> None:
    assert set(CLICKED) == set(ids.Action)
    assert _named_in_views("Action") == {action.name for action in ids.Action}


def test_every_form_has_a_listener() -> None:
    assert set(SUBMITTED) == set(ids.View) - {ids.View.MESSAGE}
    assert _named_in_views("View") == {view.name for view in ids.View}


def test_every_choice_of_the_menu_has_a_listener() -> None:
    assert set(CHOICES) == set(ids.Choice)


def test_every_input_is_a_field_of_the_brief() -> None:
    assert not set(map(str, Field)) & set(map(str, ids.Action))


def test_buttons_on_messages_name_their_owner() -> None:
    """What others can see is checked before anything is looked up."""
    messages = {ids.Action.REHEARSE, ids.Action.MENU, ids.Action.REHEARSED, ids.Action.SNOOZE, ids.Action.MOVED}

    assert not messages & OWN_VIEW


def test_an_action_is_read_from_its_id() -> None:
    assert ids.action_of("continue:2") is ids.Action.CONTINUE
    assert ids.action_of("post_script") is ids.Action.POST
    assert ids.action_of("my_win") is None


def _named_in_views(kind: str) -> set[str]:
    """`ids.Action.X` and `action.X` wherever the views name them."""
    names = {kind, kind.lower()}
    return {
        node.attr
        for path in VIEWS.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr.isupper() and _last(node.value) in names
    }


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
