"""The method's files become values; whatever is wrong in one is told with its file and line."""

from pathlib import Path

import pytest

from bot.coaching.brief import Field
from bot.coaching.gate import PROBLEMS, Problem, Rule
from bot.wording.files import Folders, WordingError
from bot.wording.method import FIELD_ERROR, load_method

SHIPPED = Folders()


def own(folder: Path, name: str, old: str, new: str) -> Folders:
    """The shipped words with one file of the team's own, in which `old` reads `new`."""
    text = SHIPPED.find(name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return Folders(folder)


def line_of(name: str, text: str) -> int:
    rows = SHIPPED.find(name).read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, 1) if text in row)


def test_the_shipped_files_are_whole() -> None:
    method = load_method(SHIPPED)

    assert set(method.gate_words) == set(PROBLEMS)
    assert "money" in method.fillers.words
    assert "same as above" in method.fillers.phrases
    assert method.leads.goal.verb == "My goal is to"
    assert method.leads.need.quote == "What matters on your side:"
    assert method.leads.proposal.clause == "I propose that"
    assert "salary" in method.sensitive.phrases


def test_every_sentence_of_the_gate_fits_under_its_field() -> None:
    method = load_method(SHIPPED)

    assert all(0 < len(method.gate_words[problem]) <= FIELD_ERROR for problem in PROBLEMS)


def test_no_two_sentences_of_the_gate_read_the_same() -> None:
    words = load_method(SHIPPED).gate_words

    assert len(set(words.values())) == len(words)


def test_lists_are_folded_as_texts_are(tmp_path: Path) -> None:
    method = load_method(own(tmp_path, "gate.toml", '"money"', '"Ｍoney!", "MAÑANA"'))

    assert {"money", "mañana"} <= method.fillers.words


def test_a_team_replaces_one_file_and_keeps_the_others(tmp_path: Path) -> None:
    method = load_method(own(tmp_path, "script.toml", '"My goal is to" ', '"My aim is to" '))

    assert method.leads.goal.verb == "My aim is to"
    assert method.gate_words == load_method(SHIPPED).gate_words


def test_a_team_says_it_in_its_own_words(tmp_path: Path) -> None:
    old = "This time has passed. Pick when you meet next, or clear it until you know."
    method = load_method(own(tmp_path, "gate.toml", old, "Zu spät."))

    assert method.gate_words[Problem(Field.MEETING_AT, Rule.PAST)] == "Zu spät."


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "what"),
    [
        ("gate.toml", 'missing = "Without', 'missing = 5 # "Without', 'missing = "Without', "'missing' must be text"),
        ("gate.toml", 'missing = "Without', 'missing = "" # "', 'missing = "Without', "'missing' must be text"),
        ("gate.toml", 'missing = "Without', '# "', "[say.their_win]", "'missing' is missing"),
        ("gate.toml", "You're still at", "x" * 150, "You're still at", "characters"),
        ("gate.toml", 'identical = "These', 'copied = "These', "[say.their_win]", "'identical' is missing"),
        ("gate.toml", "[say.title]\n", '[say.title]\nlong = "x"\n', 'missing = "Give', "'long' is not known"),
        ("gate.toml", "[say.shared_win]", "[say.our_win]", "[say.shared_win]", "'our_win' is not known"),
        ("gate.toml", "[fillers]", "[extra]\n[fillers]", "[fillers]", "'extra' is not known"),
        ("gate.toml", "phrases = [", "phrase = [", "[fillers]", "'phrases' is missing"),
        ("gate.toml", '"a", "an"', '"a", 1', "words = [", "'words' must be a list"),
        ("script.toml", "get = ", "gets = ", "[goal]", "'get' is missing"),
        ("script.toml", "[need]", "[needs]", "[need]", "'needs' is not known"),
        (
            "script.toml",
            'thing = "I propose" ',
            'thing = ["I propose"] ',
            'thing = "I propose" ',
            "'thing' must be text",
        ),
        ("script.toml", 'verb = "My', 'more = "x"\nverb = "My', 'verb = "My', "'more' is not known"),
        ("sensitive.toml", 'nouns = ["raise", "raises"]', "nouns = 3", "nouns = [", "'nouns' must be a list"),
        (
            "sensitive.toml",
            'nouns = ["raise", "raises"]',
            'nouns = ["raise", ""]',
            "nouns = [",
            "'nouns' must be a list",
        ),
        ("sensitive.toml", "nouns = [", "noun = [", "", "'nouns' is missing"),
        ("sensitive.toml", "before = [", "extra = []\nbefore = [", "before = [", "'extra' is not known"),
        ("script.toml", "[goal]", "[goal", "[goal]", ""),
    ],
)
def test_a_fault_names_its_file_and_line(tmp_path: Path, name: str, old: str, new: str, at: str, what: str) -> None:
    with pytest.raises(WordingError) as fault:
        load_method(own(tmp_path, name, old, new))

    where = f"{tmp_path / name}, line {line_of(name, at)}:" if at else f"{tmp_path / name}:"
    assert str(fault.value).startswith(where)
    assert what in str(fault.value)


def test_a_file_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "gate.toml").write_bytes(b"[say]\xff")

    with pytest.raises(WordingError, match=r"gate\.toml: not UTF-8 text"):
        load_method(Folders(tmp_path))


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    (tmp_path / "script.toml").write_text("")

    with pytest.raises(WordingError, match=r"script\.toml: 'verb' is missing \(in goal\)"):
        load_method(Folders(tmp_path))
