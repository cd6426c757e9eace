"""From what stands in the form to a brief, and from errors back to their fields."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Brief, Field, Rung, Sealed
from bot.services.model import Negotiation, Person, State
from bot.services.pages import Form
from bot.slack import forms, ids
from bot.slack.views.brief import brief_view
from bot.wording.files import Folders
from bot.wording.words import load_words

WORDS = load_words(Folders())
ANN = Person("T1", "U1", "T1")


def state_of(brief: Brief) -> dict[str, Any]:
    """What Slack would report for a form that shows this brief untouched."""
    negotiation = Negotiation("n1", ANN, State.DRAFT, revision=1, confirmed=0, brief=brief)
    view = brief_view(Form(negotiation, "g1"), WORDS).to_dict()
    values = {
        block["block_id"]: {block["element"]["action_id"]: _value(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {**view, "state": {"values": values}}


def _value(element: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": element.get("initial_value"),
        "selected_user": element.get("initial_user"),
        "selected_conversation": element.get("initial_conversation"),
        "selected_date_time": element.get("initial_date_time"),
        "selected_options": element.get("initial_options", []),
    }


typed = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).map(str.strip)
briefs = st.builds(
    Brief,
    title=typed,
    counterpart=typed,
    counterpart_id=st.sampled_from([None, "U2"]),
    meeting_at=st.none() | st.integers(1_600_000_000, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    my_win=typed,
    their_win=typed,
    shared_win=typed,
    walk_away=typed.map(Sealed),
    place=st.sampled_from([None, "C1", "G1"]),
    rungs=st.frozensets(st.sampled_from(Rung)),
)


@given(briefs)
def test_a_form_that_is_shown_and_read_again_is_the_same_brief(brief: Brief) -> None:
    again = forms.read_brief(state_of(brief))

    assert again.meeting_at == brief.meeting_at
    assert again.walk_away == brief.walk_away
    assert (again.title, again.counterpart, again.place) == (brief.title, brief.counterpart, brief.place)
    assert (again.my_win, again.their_win, again.shared_win) == (brief.my_win, brief.their_win, brief.shared_win)
    assert (again.rungs, again.counterpart_id) == (brief.rungs, brief.counterpart_id)


@pytest.mark.parametrize(
    ("place", "refused"), [(None, False), ("C1", False), ("G1", False), ("D1", True), ("U1", True), ("W1", True)]
)
def test_only_a_channel_can_be_posted_to(place: str | None, refused: bool) -> None:
    assert forms.misplaced(Brief(place=place)) is refused


def test_errors_land_on_the_inputs_of_this_very_form() -> None:
    view = state_of(Brief())

    errors = forms.field_errors(view, {Field.MY_WIN: "no", Field.PLACE: "not there"})

    assert errors == {"my_win g1": "no", "place g1": "not there"}
    assert set(errors) <= {block.get("block_id") for block in view["blocks"]}


def test_a_form_with_nothing_in_it_is_blank() -> None:
    assert forms.is_blank(forms.read_brief(state_of(Brief())))
    assert not forms.is_blank(Brief(walk_away=Sealed("another supplier")))


def test_a_form_without_state_reads_as_empty() -> None:
    assert forms.is_blank(forms.read_brief({"blocks": [], "state": None}))


def test_a_view_remembers_ids_and_no_words() -> None:
    view = state_of(Brief(title="Acme renewal", walk_away=Sealed("never below 80")))

    assert ids.Meta.of(view) == ids.Meta("n1", 1, "g1")
    assert "Acme" not in view["private_metadata"]
