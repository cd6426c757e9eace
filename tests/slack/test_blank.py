"""The form that is put together once is the form."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Brief
from bot.services.model import Negotiation, Person, State
from bot.services.pages import Form
from bot.slack.views.blank import BlankForm
from bot.slack.views.brief import brief_view
from bot.slack.views.plain import plain
from bot.wording.files import Folders
from bot.wording.words import load_words

WORDS = load_words(Folders())
BLANK = BlankForm(WORDS)


@given(title=st.text(max_size=4000), negotiation_id=st.text("0123456789abcdef", min_size=1, max_size=24))
def test_it_is_what_the_form_shows_of_a_title_and_nothing_else(title: str, negotiation_id: str) -> None:
    begun = Negotiation(negotiation_id, Person("T1", "U1"), State.DRAFT, 0, 0, Brief(title=title))
    form = Form(begun, negotiation_id, fresh=True)

    assert json.loads(BLANK.view(form)) == plain(brief_view(form, WORDS))


def test_nothing_of_one_person_is_left_for_the_next() -> None:
    first = Negotiation("n1", Person("T1", "U1"), State.DRAFT, 0, 0, Brief(title="Acme renewal"))
    next_ = Negotiation("n2", Person("T1", "U2"), State.DRAFT, 0, 0, Brief())
    BLANK.view(Form(first, "n1", fresh=True))

    assert not BLANK.view(Form(next_, "n2", fresh=True)).count(b"Acme")
    assert not BLANK.view(Form(next_, "n2", fresh=True)).count(b"n1")
