"""From a form's state to a brief, and from the gate's problems back to the form's fields."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.coaching.brief import LAYERS, Brief, Field, Rung, Sealed
from bot.slack import ids

View = Mapping[str, Any]
Values = Mapping[str, Mapping[str, Any]]

_CHANNEL_IDS = ("C", "G")


def read_brief(view: View) -> Brief:
    """What stands in the form's fields. Text is kept as typed, without blank edges."""
    values = _values(view)
    return Brief(
        title=_text(values, Field.TITLE),
        counterpart=_text(values, Field.COUNTERPART),
        counterpart_id=values.get(Field.COUNTERPART_ID, {}).get("selected_user") or None,
        meeting_at=_meeting(values),
        my_win=_text(values, Field.MY_WIN),
        their_win=_text(values, Field.THEIR_WIN),
        shared_win=_text(values, Field.SHARED_WIN),
        walk_away=Sealed(_text(values, Field.WALK_AWAY)),
        place=values.get(Field.PLACE, {}).get("selected_conversation") or None,
        rungs=_rungs(values),
    )


def read_meeting(view: View) -> datetime | None:
    """The picked instant, to the second, in UTC."""
    return _meeting(_values(view))


def read_rungs(view: View) -> frozenset[Rung]:
    return _rungs(_values(view))


def misplaced(brief: Brief) -> bool:
    """The picked place is no channel: a private message or something we cannot post to."""
    return brief.place is not None and not brief.place.startswith(_CHANNEL_IDS)


def field_errors(view: View, said: Mapping[Field, str]) -> dict[str, str]:
    """The same sentences by the block ids of this view's inputs, which is where Slack shows them."""
    return {
        block["block_id"]: said[Field(ids.field_of(block["block_id"]))]
        for block in view["blocks"]
        if block["type"] == "input" and ids.field_of(block["block_id"]) in said
    }


def is_blank(brief: Brief) -> bool:
    """Nothing worth keeping was typed."""
    return not any((brief.title, brief.counterpart, brief.walk_away, *(brief.layer(layer) for layer in LAYERS)))


def _values(view: View) -> Values:
    """The state of each input by field name."""
    return {
        ids.field_of(block): state
        for block, actions in (view.get("state") or {}).get("values", {}).items()
        for state in actions.values()
    }


def _meeting(values: Values) -> datetime | None:
    picked = values.get(Field.MEETING_AT, {}).get("selected_date_time")
    return datetime.fromtimestamp(int(picked), UTC) if picked else None


def _rungs(values: Values) -> frozenset[Rung]:
    options = values.get(Field.RUNGS, {}).get("selected_options") or ()
    return frozenset(Rung.of_minutes(int(option["value"])) for option in options)


def _text(values: Values, field: Field) -> str:
    return (values.get(field, {}).get("value") or "").strip()
