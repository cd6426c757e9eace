"""The labelled texts that the coach is measured on; files are found by how their names begin."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.cli.inputs import BadInput, decoded


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the labels it has been given: True, False, or left out where the annotators doubted."""

    text: str
    labels: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Offer:
    """A purchase offer; the writer was told to be warm, or else tough."""

    text: str
    warm: bool


@dataclass(frozen=True, slots=True)
class Triple:
    """Three wins; does the shared one only repeat mine?"""

    my_win: str
    their_win: str
    shared_win: str
    repeats: bool


class _Tabs(csv.excel_tab):
    """Tabs only: a quotation mark is a letter like any other."""

    quoting = csv.QUOTE_NONE


_MEANS = {"hard_line": ("threat", "walkaway"), "compromise": ("compromise",), "position": ("demand",)}
"""What one annotator's labels are called in the file of two."""


def two_annotators(folder: Path) -> list[Sentence]:
    """Sentences labelled y, n or ? by two annotators; ? is left out."""
    return [
        Sentence(row["sentence"], {name: row[name] == "y" for name in _MEANS if row.get(name) in ("y", "n")})
        for row in _rows(folder, "two_annotators", "tsv", "sentence")
    ]


def one_annotator(folder: Path) -> list[Sentence]:
    """Sentences with a list of labels; one with a question mark counts neither way."""
    return [
        Sentence(row["sentence"], dict(_said(row["labels"].split())))
        for row in _rows(folder, "sentences", "tsv", "sentence", "labels")
    ]


def _said(labels: list[str]) -> Iterator[tuple[str, bool]]:
    for name, means in _MEANS.items():
        if any(label in labels for label in means):
            yield name, True
        elif not any(f"{label}?" in labels for label in means):
            yield name, False


def offers(folder: Path) -> list[Offer]:
    return [
        Offer(row["message"], float(row["condition"]) > 0)
        for row in _rows(folder, "phone_offers", "csv", "message", "condition")
    ]


def utterances(folder: Path) -> list[str]:
    return [line for path in _paths(folder, "casino", "txt") for line in _text(path).split("\n") if line.strip()]


def triples(folder: Path) -> list[Triple]:
    columns = ("my_win", "their_win", "shared_win", "repeats_my_win")
    return [
        Triple(row["my_win"], row["their_win"], row["shared_win"], row["repeats_my_win"] == "1")
        for row in _rows(folder, "shared_win_pairs", "tsv", *columns)
    ]


def _rows(folder: Path, prefix: str, suffix: str, *columns: str) -> Iterator[dict[str, str]]:
    for path in _paths(folder, prefix, suffix):
        dialect = _Tabs if suffix == "tsv" else csv.excel
        rows = csv.DictReader(StringIO(_text(path), newline=""), dialect=dialect)
        for row in rows:
            if missing := [column for column in columns if row.get(column) is None]:
                raise BadInput(f"{path}, line {rows.line_num}: no column {missing[0]}")
            yield row


def _paths(folder: Path, prefix: str, suffix: str) -> list[Path]:
    if not folder.is_dir():
        raise BadInput(f"{folder}: no such folder")
    return sorted(folder.glob(f"{prefix}*.{suffix}"))


def _text(path: Path) -> str:
    try:
        return decoded(path.read_bytes())
    except BadInput as error:
        raise BadInput(f"{path}, {error}") from None
