"""`python -m bot coach`: what it reads, prints and returns."""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli.coach import BAD, FINE, FOUND, add_parser
from bot.coaching.findings import Coach
from bot.wording.files import Folders
from bot.wording.phrases import load_coach

THREAT = "Drop to 80% or I'll find another supplier."
MILD = "We would not want to walk away, so what do you need?"
HINT = "We will have to walk away."


@pytest.fixture(scope="module")
def coach() -> Coach:
    return load_coach(Folders())


class Shell:
    """Runs the command as a shell would and keeps what it printed."""

    def __init__(self, coach: Coach, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._coach, self._monkeypatch, self._capsys = coach, monkeypatch, capsys
        self.out = self.error = ""
        self.dismissed: dict[str, int] = {}

    def run(self, *arguments: str | Path, typed: str | bytes = "") -> int:
        raw = typed if isinstance(typed, bytes) else typed.encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        parser = argparse.ArgumentParser()
        add_parser(parser.add_subparsers(), lambda: self._coach, lambda: self.dismissed)
        options = parser.parse_args(["coach", *map(str, arguments)])
        code: int = options.command(options)
        self.out, self.error = self._capsys.readouterr()
        return code

    @property
    def objects(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def shell(coach: Coach, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(coach, monkeypatch, capsys)


class TestForAPerson:
    def test_a_warning_is_shown_and_ends_with_one(self, shell: Shell) -> None:
        assert shell.run(typed=THREAT) == FOUND
        assert "warning: “or I'll find another supplier”" in shell.out
        assert "Better: " in shell.out

    def test_a_hint_ends_with_zero(self, shell: Shell) -> None:
        assert shell.run(typed=HINT) == FINE
        assert "hint: “We will have to walk away”" in shell.out

    def test_nothing_to_say(self, shell: Shell) -> None:
        assert shell.run(typed=MILD) == FINE
        assert shell.out == "Nothing to mend.\n"

    def test_words_over_two_lines_are_shown_in_one(self, shell: Shell) -> None:
        shell.run("--field", "shared_win", typed="Both sides win,  because I\tget my raise")
        assert "“Both sides win, because I get my raise”" in shell.out

    def test_an_empty_field_is_an_error(self, shell: Shell) -> None:
        assert shell.run("--field", "my_win", typed=" \n") == FOUND
        assert "error: nothing is written here" in shell.out

    def test_a_file(self, shell: Shell, tmp_path: Path) -> None:
        path = tmp_path / "script.txt"
        path.write_text(THREAT, encoding="utf-8")
        assert shell.run(path) == FOUND

    def test_a_dash_is_standard_input(self, shell: Shell) -> None:
        assert shell.run("-", typed=THREAT) == FOUND

    def test_a_byte_order_mark_is_no_text(self, shell: Shell) -> None:
        shell.run("--json", typed=b"\xef\xbb\xbf" + THREAT.encode())
        assert shell.objects[0]["findings"][0]["start"] == THREAT.index("or")

    def test_the_field_decides(self, shell: Shell) -> None:
        assert shell.run("--json", "--field", "my_win", typed="15% raise") == FINE
        assert [found["family"] for found in shell.objects[0]["findings"]] == ["position"]
        shell.run("--json", typed="15% raise")
        assert shell.objects == [{"findings": []}]


class TestDismissals:
    def test_each_rule_with_its_count(self, shell: Shell) -> None:
        shell.dismissed = {"position": 12, "vague_wish": 3}
        assert shell.run("dismissals") == FINE
        assert shell.out == "    12  position\n     3  vague_wish\n"

    def test_none(self, shell: Shell) -> None:
        assert shell.run("dismissals") == FINE
        assert shell.out == "Nothing was dismissed.\n"

    def test_a_file_of_that_name_is_a_file(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "dismissals").write_text(THREAT, encoding="utf-8")
        assert shell.run(tmp_path / "dismissals") == FOUND


class TestJson:
    def test_one_object_with_every_part(self, shell: Shell) -> None:
        assert shell.run("--json", typed=THREAT) == FOUND
        [told] = shell.objects
        [finding] = told["findings"]
        assert list(finding) == [
            "rule",
            "family",
            "field",
            "start",
            "end",
            "words",
            "certainty",
            "why",
            "suggestion",
        ]
        assert finding["words"] == THREAT[finding["start"] : finding["end"]]
        assert (finding["family"], finding["field"], finding["certainty"]) == ("hard_line", "script", "certain")

    def test_one_line_each_in_order(self, shell: Shell) -> None:
        lines = [
            {"field": "script", "text": THREAT},
            {"my_win": "Net-60", "their_win": "They told us: steady orders", "shared_win": ""},
            {"field": "my_win", "text": "Keep Anna on the team"},
            {"text": HINT},
        ]
        assert shell.run("--jsonl", typed="\n".join(map(json.dumps, lines)) + "\n\n") == FOUND
        families = [[found["family"] for found in told["findings"]] for told in shell.objects]
        assert families[0] == ["hard_line"]
        assert families[1][0] == "completeness"
        assert families[2:] == [[], ["walk_away"]]

    def test_a_brief_may_leave_layers_out(self, shell: Shell) -> None:
        shell.run("--jsonl", typed='{"my_win": "Net-60"}')
        rules = [(found["field"], found["rule"]) for found in shell.objects[0]["findings"]]
        assert rules[:2] == [("their_win", "missing"), ("shared_win", "missing")]

    def test_hints_only_end_with_zero(self, shell: Shell) -> None:
        assert shell.run("--jsonl", typed=json.dumps({"text": HINT})) == FINE

    def test_no_line_at_all(self, shell: Shell) -> None:
        assert shell.run("--jsonl", typed="\n") == FINE
        assert shell.out == ""

    def test_the_field_of_a_line_may_be_given_once(self, shell: Shell) -> None:
        shell.run("--jsonl", "--field", "my_win", typed=json.dumps({"text": "15% raise"}))
        assert shell.objects[0]["findings"][0]["field"] == "my_win"

    def test_letters_that_are_none_survive(self, shell: Shell) -> None:
        assert shell.run("--jsonl", typed='{"text": "take it or leave it \\ud800"}') == FOUND


class TestBadInput:
    @pytest.mark.parametrize(
        ("bad", "says"),
        [
            ("{", "not JSON"),
            ("[]", "not an object"),
            ("3", "not an object"),
            ("{}", "neither 'text' nor one of my_win, their_win, shared_win"),
            ('{"field": "my_win"}', "neither 'text'"),
            ('{"text": 3}', "'text' must be text"),
            ('{"text": null}', "'text' must be text"),
            ('{"field": "title", "text": "a"}', "'field' must be one of"),
            ('{"field": [], "text": "a"}', "'field' must be one of"),
            ('{"my_win": []}', "'my_win' must be text"),
            ("[" * 100_000, "line 3"),
        ],
    )
    def test_which_line_and_what_is_wrong(self, bad: str, says: str, shell: Shell) -> None:
        assert shell.run("--jsonl", typed=f'{{"text": "a b"}}\n\n{bad}\n') == BAD
        assert shell.error.startswith("coach: line 3: ")
        assert says in shell.error
        assert len(shell.objects) == 1

    def test_bytes_that_are_no_text(self, shell: Shell) -> None:
        assert shell.run(typed=b"one\ntwo \xff\n") == BAD
        assert shell.error == "coach: line 2: not UTF-8 text\n"

    def test_a_file_that_is_not_there(self, shell: Shell, tmp_path: Path) -> None:
        assert shell.run(tmp_path / "none.txt") == BAD
        assert "none.txt: No such file" in shell.error

    def test_two_files(self, shell: Shell) -> None:
        assert shell.run("a", "b") == BAD

    def test_a_field_that_does_not_exist(self, shell: Shell) -> None:
        with pytest.raises(SystemExit) as caught:
            shell.run("--field", "walk_away")
        assert caught.value.code == BAD

    def test_the_persons_words_are_not_in_the_message(self, shell: Shell) -> None:
        shell.run("--jsonl", typed='{"text": "secret limit 95')
        assert "secret" not in shell.error
