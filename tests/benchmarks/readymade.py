"""The form, the review and the nudges as ours write them, ready before any clock starts: what peers send."""

import json
from datetime import UTC, datetime
from typing import Any

from bot.coaching import script
from bot.coaching.ladder import SNOOZE
from bot.services.model import Negotiation, State
from bot.services.pages import Form, NudgePage, Occasion, Review
from bot.slack.views.brief import brief_view
from bot.slack.views.nudge import nudge_message
from bot.slack.views.review import review_view
from bot.wording.files import Folders
from bot.wording.method import load_method
from bot.wording.phrases import load_coach
from bot.wording.words import load_words
from tests.benchmarks.ground import RUNG, brief_of, negotiation_id, someone

GENERATION = "generation"
ZONE = "Europe/Berlin"

OWNER = someone(0)
BRIEF = brief_of(0)
STANDING = Negotiation(negotiation_id(0), OWNER, State.READY, 1, 1, BRIEF, OWNER.user)


def form() -> dict[str, Any]:
    """The form as `/winwin` opens it."""
    begun = Negotiation(negotiation_id(0), OWNER, State.DRAFT, 0, 0, BRIEF)
    return brief_view(Form(begun, GENERATION, fresh=True), load_words(Folders())).to_dict()


def review() -> dict[str, Any]:
    words = script.write_script(BRIEF, load_method(Folders()).leads)
    findings = load_coach(Folders()).read_brief(BRIEF)
    return review_view(Review(STANDING, words, findings, (), False, False, ZONE), load_words(Folders())).to_dict()


def nudges(count: int) -> list[tuple[str, dict[str, Any]]]:
    """Users, and what each is told."""
    words = script.write_script(BRIEF, load_method(Folders()).leads)
    page = NudgePage(Occasion(STANDING, RUNG, RUNG, datetime.now(UTC), False, SNOOZE, ZONE), words)
    message = nudge_message(page, load_words(Folders()))
    first = json.dumps({"text": message.text, "blocks": list(message.blocks)})
    users = [someone(number).user for number in range(count)]
    return [(user, json.loads(first.replace(OWNER.user, user))) for user in users]
