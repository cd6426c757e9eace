"""Stacks of views, and what stays typed when a view is updated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import Json, Refused
from bot.sandbox.modals import Modals, payload
from bot.sandbox.people import ANN, BEN, DEALS
from bot.sandbox.workspace import Workspace
from tests.sandbox.blocks import actions, button, field, modal, options, section
from tests.sandbox.conftest import noon


@pytest.fixture
def modals(workspace: Workspace) -> Modals:
    return Modals(workspace)


def test_a_new_modal_takes_the_place_of_the_open_one(modals: Modals) -> None:
    first = modals.open(ANN, modal(), DEALS)
    second = modals.open(ANN, modal(), DEALS)

    assert modals.stack(ANN) == [second]
    with pytest.raises(Refused, match="not_found"):
        modals.find(first.id)


def test_three_views_and_no_more(modals: Modals) -> None:
    root = modals.open(ANN, modal(), DEALS)
    second = modals.push(ANN, modal(), root.id)
    third = modals.push(ANN, modal(), second.id)

    with pytest.raises(Refused, match="push_limit_reached"):
        modals.push(ANN, modal(), third.id)
    assert (third.root_id, third.previous_id) == (root.id, second.id)
    assert payload(third)["root_view_id"] == root.id


def test_pushing_needs_a_view_that_is_still_open(modals: Modals) -> None:
    root = modals.open(ANN, modal(), DEALS)

    with pytest.raises(Refused, match="not_found"):
        modals.push(BEN, modal(), root.id)


def test_closing_goes_back_to_the_view_below(modals: Modals) -> None:
    root = modals.open(ANN, modal(), DEALS)
    second = modals.push(ANN, modal(), root.id)
    modals.pop(second)
    assert modals.stack(ANN) == [root]

    modals.clear(ANN)
    assert modals.stack(ANN) == []


def test_an_update_gives_a_new_hash_and_an_old_hash_is_a_conflict(modals: Modals) -> None:
    view = modals.open(ANN, modal(), DEALS)
    old = view.hash
    modals.update(view, modal(), old)

    assert view.hash != old
    with pytest.raises(Refused, match="hash_conflict"):
        modals.update(view, modal(), old)


def test_a_view_is_found_by_its_external_id_which_nobody_else_may_have(modals: Modals) -> None:
    view = modals.open(ANN, modal(external_id="mine"), DEALS)

    assert modals.find("mine") is view
    with pytest.raises(Refused, match="duplicate_external_id"):
        modals.open(BEN, modal(external_id="mine"), DEALS)


def test_a_view_that_slack_would_not_take_changes_nothing(modals: Modals) -> None:
    view = modals.open(ANN, modal(), DEALS)
    before = view.json

    with pytest.raises(Refused, match="invalid_arguments"):
        modals.update(view, modal(section("")))
    assert view.json is before


def test_typed_values_stay_where_block_action_and_type_stay(modals: Modals) -> None:
    view = modals.open(ANN, modal(field("Kept"), field("Lost"), field("Retyped")), DEALS)
    for block_id in ("kept", "lost", "retyped"):
        view.values[block_id]["v"] = "typed"

    modals.update(
        view,
        modal(
            section("new on top"),
            field("Kept", {"initial_value": "not this"}),
            {**field("Lost"), "block_id": "other"},
            field("Retyped", {"type": "datetimepicker"}),
            field("New", {"initial_value": "first"}),
        ),
    )

    assert view.values == {
        "kept": {"v": "typed"},
        "other": {"v": None},
        "retyped": {"v": None},
        "new": {"v": "first"},
    }


labels = st.lists(st.sampled_from("ABCDEF"), unique=True, min_size=1)


@given(labels, labels)
def test_whatever_blocks_stay_keep_what_was_typed(before: list[str], after: list[str]) -> None:
    modals = Modals(Workspace(noon))
    view = modals.open(ANN, modal(*(field(label) for label in before)), DEALS)
    for label in before:
        view.values[label.lower()]["v"] = label
    modals.update(view, modal(*(field(label) for label in after)))

    assert view.values == {label.lower(): {"v": label if label in before else None} for label in after}


def test_the_state_holds_every_input_also_those_in_sections(modals: Modals) -> None:
    menu: Json = {"type": "static_select", "action_id": "menu", "options": options("One")}
    view = modals.open(ANN, modal(field("A"), section(block_id="s", accessory=menu), actions(button())), DEALS)

    assert payload(view)["state"] == {
        "values": {
            "a": {"v": {"type": "plain_text_input", "value": None}},
            "s": {"menu": {"type": "static_select", "selected_option": None}},
        }
    }
    assert payload(view, with_state=False)["state"] == {"values": {}}


def test_a_view_in_a_payload_has_every_key_that_slack_sends(modals: Modals) -> None:
    view = modals.open(ANN, modal(private_metadata="meta"), DEALS)

    assert payload(view).keys() == {
        *("id", "team_id", "type", "blocks", "private_metadata", "callback_id", "state", "hash", "title"),
        *("clear_on_close", "notify_on_close", "close", "submit", "previous_view_id", "root_view_id", "app_id"),
        *("external_id", "app_installed_team_id", "bot_id"),
    }
    assert payload(view)["root_view_id"] == view.id
