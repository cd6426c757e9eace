"""The coach's files: a fault in one names its file and its line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.coaching.brief import Field
from bot.coaching.findings import Certainty, Family, Kind
from bot.wording.files import Folders, WordingError
from bot.wording.phrases import load_book, load_coach

SHIPPED = Folders().all[-1] / "coach" / "en"
Spoil = Callable[[str, str, str], Folders]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """A team's own folder with one file of the coach, one place in it changed."""

    def change(name: str, old: str, new: str) -> Folders:
        path = tmp_path / "coach" / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (SHIPPED / name).read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return Folders(tmp_path)

    return change


def line(folders: Folders, name: str, words: str) -> int:
    """The number of the first line that holds these words."""
    rows = folders.find(f"coach/en/{name}").read_text(encoding="utf-8").splitlines()
    return next(number for number, row in enumerate(rows, 1) if words in row)


class TestLoading:
    def test_every_family_is_read(self) -> None:
        assert list(load_book(Folders()).families) == list(Family)

    def test_a_rule_is_read_whole(self) -> None:
        page = load_book(Folders()).families[Family.COMPROMISE]
        rule = next(rule for rule in page.rules if rule.id == "half_and_half")

        assert (page.kind, page.kind_in, rule.certainty) == (
            Kind.HINT,
            {Field.SHARED_WIN: Kind.WARNING},
            Certainty.LIKELY,
        )
        assert "thanks" in rule.unless
        assert "50 50" in rule.phrases

    def test_a_team_may_replace_one_file(self, spoil: Spoil) -> None:
        coach = load_coach(spoil("hard_line.toml", '"love it or leave it"', '"basta"'))

        assert [found.rule for found in coach.read("script", "Basta.")] == ["take_it_or_leave_it"]
        assert not coach.read("script", "Love it or leave it.")

    def test_a_second_language_is_new_files_only(self, tmp_path: Path) -> None:
        shutil.copytree(SHIPPED, tmp_path / "coach" / "xx")
        path = tmp_path / "coach" / "xx" / "hard_line.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("love it or leave it", "basta"), encoding="utf-8")

        assert load_coach(Folders(tmp_path), "xx").read("script", "Basta.")
        assert not load_coach(Folders(tmp_path), "en").read("script", "Basta.")

    def test_a_language_that_is_not_there(self) -> None:
        with pytest.raises(WordingError, match=r"coach/zz/words\.toml: this file is missing"):
            load_coach(Folders(), "zz")


class TestFaults:
    @pytest.mark.parametrize(
        ("name", "old", "new", "says"),
        [
            ("hard_line.toml", '"love it or leave it"', '"love it [or leave it"', "'\\[' is not closed"),
            ("hard_line.toml", '"love it or leave it"', '"love <it>"', "no class <it>"),
            ("words.toml", '"hand|handing in my|our notice|resignation"', '"hand in (my"', "not closed"),
            ("words.toml", '"part ways"', '"part_"', "cannot be read"),
            ("position.toml", 'amount = ["#', 'amount = ["[#', "not closed"),
        ],
    )
    def test_a_phrase_that_cannot_be_read(self, name: str, old: str, new: str, says: str, spoil: Spoil) -> None:
        folders = spoil(name, old, new)
        with pytest.raises(WordingError, match=says) as caught:
            load_coach(folders)

        assert f"{name}, line {line(folders, name, new)}: " in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "old", "new", "says"),
        [
            (
                "blame.toml",
                'kind = "hint"',
                'kind = "scolding"',
                "'kind' must be one of: error, warning, hint, question",
            ),
            ("blame.toml", 'page = "trust"', "page = 3", "'page' must be text in quotes"),
            ("blame.toml", 'id = "sarcasm"', 'id = "sarcasm"\nmood = "low"', "'mood' is not known here"),
            ("blame.toml", 'unless = ["reported"]', 'unless = "reported"', "'unless' must be a list"),
            ("blame.toml", 'unless = ["reported"]', 'unless = ["sideways"]', "no guard 'sideways'"),
            ("vague.toml", '"my_win", "their_win"', '"my_wins", "their_win"', "'my_wins' is none of my_win"),
            ("vague.toml", 'id = "vague_time"', 'id = "sarcasm"', "two rules are called 'sarcasm'"),
            ("blame.toml", 'id = "sarcasm"', 'id = "accusation"', "two rules are called 'accusation'"),
            ("words.toml", 'side = "near"', 'side = "far"', "'side' must be one of"),
            ("trust.toml", 'kind = "hint"', 'kind = "hint', "Illegal character"),
        ],
    )
    def test_a_value_that_is_wrong(self, name: str, old: str, new: str, says: str, spoil: Spoil) -> None:
        with pytest.raises(WordingError, match=says) as caught:
            load_book(spoil(name, old, new))

        assert name in str(caught.value)
        assert "line " in str(caught.value)

    def test_a_group_that_two_families_name(self, spoil: Spoil) -> None:
        with pytest.raises(WordingError, match="two groups are called 'reason'"):
            load_book(spoil("no_value.toml", "new_value = [", "reason = ["))

    def test_a_family_without_rules(self, tmp_path: Path) -> None:
        path = tmp_path / "coach" / "en" / "blame.toml"
        path.parent.mkdir(parents=True)
        path.write_text('kind = "hint"\npage = "trust"\n', encoding="utf-8")

        with pytest.raises(WordingError, match=r"at least one \[\[rule\]\]"):
            load_book(Folders(tmp_path))
