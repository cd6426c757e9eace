"""Every id that Slack sends back to us, in one place: views, actions, and the values that buttons carry."""

import json
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.coaching.brief import Field

COMMAND = "/winwin"
SHORTCUT = "prepare"


class View(StrEnum):
    """The callback ids of our views."""

    BRIEF = "brief"
    REVIEW = "review"
    REHEARSAL = "rehearsal"
    RESCHEDULE = "reschedule"
    MESSAGE = "message"  # shows something, submits nothing


class Action(StrEnum):
    """The action ids of our buttons and menus. Inputs use their field's name."""

    SAVE = "save_draft"
    CONTINUE = "continue"
    DELETE = "delete_draft"
    BACK = "back_to_edit"
    POST = "post_script"
    KEEP = "keep_private"
    REHEARSE_REVIEW = "rehearse_review"
    MORE = "more_findings"
    FINDING = "finding"
    OWN_WORDS = "own_words"
    AGAIN = "try_again"
    ANEW = "post_again"
    PLACE = "choose_place"
    REHEARSE = "rehearse"
    MENU = "script_menu"
    REHEARSED = "rehearsed"
    SNOOZE = "snooze"
    MOVED = "meeting_moved"
    STOP = "stop"
    PREPARE = "prepare"
    UNDO = "undo"


class Choice(StrEnum):
    """The options of the script's overflow menu."""

    EDIT = "edit"
    RESCHEDULE = "reschedule"
    TAKE_BACK = "take_back"
    CANCEL = "cancel"


class Answer(StrEnum):
    """What can be done with a finding."""

    USE = "use"
    DISMISS = "dismiss"


def new_negotiation() -> str:
    """A negotiation's id: made before anything is saved, so that a double submission saves one negotiation."""
    return secrets.token_hex(12)


@dataclass(frozen=True, slots=True)
class Target:
    """What a button is about. `owner` is the user id whose click counts; the store checks it again.

    Attributes:
        detail: what else the button must know: a menu's choice, a nudge's rung and instant.
    """

    negotiation_id: str
    owner: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.negotiation_id} {self.owner} {self.detail}".rstrip()

    @classmethod
    def parse(cls, value: str) -> "Target":
        negotiation_id, owner, *detail = value.split(" ", 2)
        return cls(negotiation_id, owner, detail[0] if detail else "")


@dataclass(frozen=True, slots=True)
class Meta:
    """What a view remembers between Slack and us: ids only, never a person's words.

    Attributes:
        generation: of a form's inputs, see Form.generation.
        private: of a review, whether its submit keeps the script private.
        nudge: channel and ts of the nudge that it was opened from.
        reworded: revision and layer that hold what the coach's wording replaced.
    """

    negotiation_id: str
    revision: int = 0
    generation: str = ""
    private: bool = False
    nudge: str = ""
    reworded: str = ""

    def __str__(self) -> str:
        return json.dumps([getattr(self, name) for name in self.__slots__])

    @classmethod
    def of(cls, view: dict[str, Any]) -> "Meta":
        return cls(*json.loads(view["private_metadata"]))


def block(field: Field, generation: str) -> str:
    """The block id of an input; see Form.generation."""
    return f"{field} {generation}"


def field_of(block_id: str) -> str:
    """The field's name in an input's block id."""
    return block_id.split(" ", 1)[0]


def action_of(action_id: str) -> Action | None:
    """Which of our buttons was pressed; ids that must differ within a block carry a number behind a colon."""
    name = action_id.split(":", 1)[0]
    return Action(name) if name in set(Action) else None
