"""Right-to-left words within English sentences."""

import pytest

from bot.coaching.brief import Brief
from bot.coaching.direction import isolated
from bot.coaching.script import write_script
from bot.wording.files import Folders
from bot.wording.method import load_method
from bot.wording.words import load_words

ARABIC, HEBREW = "عقد التوريد", "חוזה אספקה"
START, END = "\u2068", "\u2069"


@pytest.mark.parametrize("text", ["Acme renewal", "Prix à 25 €", "契約の更新", "😀", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert isolated(text) == text


def test_each_line_is_kept_together_by_itself() -> None:
    assert isolated(f"{ARABIC}\nAcme\n25% {HEBREW}") == f"{START}{ARABIC}{END}\nAcme\n{START}25% {HEBREW}{END}"


def test_a_title_within_our_sentence() -> None:
    words = load_words(Folders())

    assert words.mrkdwn("answer.undone", title=ARABIC) == f"*{START}{ARABIC}{END}* is back, with its reminders."
    assert words.say("form.continue", title=HEBREW) == f"Continue {START}{HEBREW}{END}"


def test_a_sentence_quoted_as_typed() -> None:
    leads = load_method(Folders()).leads
    script = write_script(Brief(my_win=f"{ARABIC} 25%"), leads)

    assert script.goal == f"{leads.goal.quote} {START}{ARABIC} 25%{END}"
