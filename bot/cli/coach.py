"""`python -m bot coach`: reads a text and prints what the coach finds in it."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.cli.inputs import BadInput, Reading, briefs_and_texts, decoded
from bot.coaching.findings import Coach, Finding, Kind

FINE, FOUND, BAD = 0, 1, 2
"""Exit codes: nothing graver than a hint; an error or a warning; the input cannot be read."""

_GRAVE = (Kind.ERROR, Kind.WARNING)
_TOLD = ("rule", "family", "field", "start", "end", "words", "certainty", "why", "suggestion")
_HELP = """Reads a text (FILE, or standard input) and prints what the coach finds.
`evaluate PATH` measures it on the labelled texts in that folder.
`dismissals` counts which rules' findings people dismissed ("Not what I meant"), so that they can be mended."""
_EPILOG = "Exit code 0: nothing graver than a hint; 1: an error or a warning; 2: the input cannot be read."


Count = Callable[[], Mapping[str, int]]
"""How often the findings of each rule were dismissed, the most often first."""


def add_parser(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", load: Callable[[], Coach], count: Count
) -> None:
    """Adds the command `coach`; `load` and `count` are called when it runs, not before."""
    parser = commands.add_parser(
        "coach", help="read a text and say what could be better", description=_HELP, epilog=_EPILOG
    )
    parser.add_argument(
        "what", nargs="*", metavar="FILE | evaluate PATH | dismissals", help="what to read (standard input if left out)"
    )
    parser.add_argument(
        "--field", choices=sorted(Reading.FIELDS), default="script", help="what the text is (default: script)"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object with the findings")
    form.add_argument("--jsonl", action="store_true", help="read and write one JSON object a line")
    parser.set_defaults(command=lambda options: run(options, load, count))


def run(options: argparse.Namespace, load: Callable[[], Coach], count: Count) -> int:
    """Runs the command and returns its exit code."""
    try:
        if options.what[:1] == ["evaluate"]:
            return _evaluate(options.what[1:], load)
        if options.what == ["dismissals"]:
            return _dismissals(count())
        return _read(options, load)
    except BadInput as error:
        print(f"coach: {error}", file=sys.stderr)
        return BAD


def _evaluate(paths: Sequence[str], load: Callable[[], Coach]) -> int:
    if len(paths) != 1:
        raise BadInput("evaluate takes one folder of labelled texts: winwin coach evaluate FOLDER")
    from bot.cli.evaluate import evaluate  # only here: nothing else needs the statistics

    for line in evaluate(load(), Path(paths[0])):
        print(line)
    return FINE


def _dismissals(counted: Mapping[str, int]) -> int:
    for rule, often in counted.items():
        print(f"{often:>6}  {rule}")
    if not counted:
        print("Nothing was dismissed.")
    return FINE


def _read(options: argparse.Namespace, load: Callable[[], Coach]) -> int:
    text = decoded(_typed(options.what))
    coach = load()
    if options.jsonl:
        return _worst([_told(reading.read(coach)) for reading in briefs_and_texts(text, options.field)])
    findings = Reading.of_text(options.field, text).read(coach)
    if options.json:
        return _told(findings)
    print("\n\n".join(map(_shown, findings)) or "Nothing to mend.")
    return _code(findings)


def _typed(what: Sequence[str]) -> bytes:
    if len(what) > 1:
        raise BadInput("one file at a time")
    if not what or what[0] == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(what[0]).read_bytes()
    except OSError as error:
        raise BadInput(f"{what[0]}: {error.strerror}") from None


def _told(findings: Iterable[Finding]) -> int:
    """Prints one object, one line, and says what its findings are worth."""
    listed = list(findings)
    told: list[dict[str, Any]] = [{name: getattr(finding, name) for name in _TOLD} for finding in listed]
    print(json.dumps({"findings": told}), flush=True)
    return _code(listed)


def _code(findings: Iterable[Finding]) -> int:
    return FOUND if any(finding.kind in _GRAVE for finding in findings) else FINE


def _worst(codes: Iterable[int]) -> int:
    return max(codes, default=FINE)


def _shown(finding: Finding) -> str:
    return "\n".join(_lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    words = " ".join(finding.words.split())
    yield f"{finding.kind.value}: “{words}”" if words else f"{finding.kind.value}: nothing is written here"
    yield f"  {finding.field}, characters {finding.start} to {finding.end}, {finding.family}, {finding.certainty}"
    yield f"  {finding.why}"
    yield f"  Better: {finding.suggestion}"
