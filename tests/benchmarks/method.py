"""What the method alone takes of a submission: gate, coach, script and review, without Slack and without a database."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.app import read_method
from bot.coaching import gate, ladder, script, sensitive
from bot.coaching.brief import Rung
from bot.services.method import Method
from bot.services.model import Negotiation, State
from bot.services.pages import Review
from bot.slack.views.plain import plain
from bot.slack.views.review import review_view
from bot.wording.files import Folders
from bot.wording.words import Words, load_words
from tests.benchmarks.figures import median
from tests.benchmarks.ground import brief_of, negotiation_id, someone

UNCOUNTED = 20
"""Patterns are compiled at their first use."""


def processor_time(numbers: range) -> float:
    """Microseconds for one, the median of many people's."""
    folders = Folders()
    words, (method, _) = load_words(folders), read_method(folders)
    return median([_microseconds(method, words, number) for number in numbers][UNCOUNTED:])


def _microseconds(method: Method, words: Words, number: int) -> float:
    begun = time.thread_time()
    _answer(method, words, number)
    return (time.thread_time() - begun) * 1e6


def _answer(method: Method, words: Words, number: int) -> str:
    now = datetime.now(UTC)
    meeting_at = now + timedelta(days=7)
    brief = replace(brief_of(number), meeting_at=meeting_at, place="C0BENCH01", rungs=frozenset(Rung))
    if gate.check(brief, now, method.fillers):
        raise RuntimeError("the gate lets this brief pass")
    review = Review(
        Negotiation(negotiation_id(number), someone(number), State.DRAFT, revision=1, confirmed=0, brief=brief),
        script.write_script(brief, method.leads),
        method.coach.read_brief(brief),
        ladder.plan(meeting_at, brief.rungs, now, None, method.quiet),
        sensitive.is_sensitive(brief, method.sensitive),
        posted=False,
        zone=None,
    )
    return json.dumps({"response_action": "update", "view": plain(review_view(review, words))})
