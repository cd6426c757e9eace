"""`coach evaluate PATH`: measures the coach on the labelled texts of a folder and prints one table."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bot.cli import corpus
from bot.cli.inputs import BadInput
from bot.cli.measures import Score, auc, share
from bot.coaching.brief import Brief, Field
from bot.coaching.findings import Certainty, Coach, Family, Where

_PRESSURE = (Family.HARD_LINE, Family.WALK_AWAY)
_ASKED: dict[str, tuple[Where, tuple[Family, ...], bool]] = {
    "hard_line": ("script", _PRESSURE, False),
    "compromise": ("script", (Family.COMPROMISE,), False),
    "position": (Field.MY_WIN, (Family.POSITION,), True),
}
"""For each label: the field to ask as, the families that answer, and whether a "maybe" counts."""
_HEADER = "family      precision  recall     F1  right  false  missed    of   goal"
_GOALS = {"hard_line": (0.85, 0.75), "compromise": (0.85, 0.80), "position": (0.70, 0.60)}
_ALARMS = {Family.HARD_LINE: 0.003, Family.COMPROMISE: 0.005}
_SCORES = {Certainty.MAYBE: 1, Certainty.LIKELY: 2, Certainty.CERTAIN: 3}


def evaluate(coach: Coach, folder: Path) -> Iterator[str]:
    """The table, line by line. Raises BadInput where the folder holds nothing to measure on."""
    found = False
    for part in (_sentences, _alarms, _offers, _pairs, _times):
        for line in part(coach, folder):
            found = True
            yield line
    if not found:
        raise BadInput(f"{folder}: none of the labelled texts is here")


def _sentences(coach: Coach, folder: Path) -> Iterator[str]:
    for name, sentences in (
        ("two annotators", corpus.two_annotators(folder)),
        ("one annotator", corpus.one_annotator(folder)),
    ):
        if not sentences:
            continue
        yield name.ljust(16) + _HEADER
        scores = {label: _score(coach, label, sentences) for label in _ASKED}
        yield from (_row(label, score) for label, score in scores.items())
        yield from (line for label, score in scores.items() for line in _wrong(label, score))
        yield ""


def _score(coach: Coach, label: str, sentences: Sequence[corpus.Sentence]) -> Score:
    field, families, maybe = _ASKED[label]
    return Score.of(
        [
            (each.text, each.labels[label], _finds(coach, field, each.text, families, maybe=maybe))
            for each in sentences
            if label in each.labels
        ]
    )


def _finds(coach: Coach, field: Where, text: str, families: Sequence[Family], *, maybe: bool = False) -> bool:
    return any(
        finding.family in families and (maybe or finding.certainty is not Certainty.MAYBE)
        for finding in coach.read(field, text)
    )


def _row(label: str, score: Score) -> str:
    precision, recall = _GOALS[label]
    return (
        f"{'':<16}{label:<12}{score.precision:>10.2f}{score.recall:>8.2f}{score.f1:>7.2f}{score.right:>7}"
        f"{len(score.false):>7}{len(score.missed):>8}{score.total:>6}   {precision:.2f} / {recall:.2f}"
    )


def _wrong(label: str, score: Score) -> Iterator[str]:
    yield from (f"  {label}, false alarm: {text}" for text in score.false)
    yield from (f"  {label}, missed: {text}" for text in score.missed)


def _alarms(coach: Coach, folder: Path) -> Iterator[str]:
    lines = corpus.utterances(folder)
    if not lines:
        return
    found = [
        {each.family for each in coach.read("script", line) if each.certainty is not Certainty.MAYBE} for line in lines
    ]
    yield f"alarms on {len(lines)} CaSiNo lines"
    for family in Family:
        hits = [family in families for families in found]
        if family in _ALARMS or any(hits):
            goal = f"   goal: at most {_ALARMS[family]:.1%}" if family in _ALARMS else ""
            yield f"{'':<16}{family:<14}{share(hits):>8.2%}{sum(hits):>7}{goal}"
    yield ""


def _offers(coach: Coach, folder: Path) -> Iterator[str]:
    offers = corpus.offers(folder)
    if not offers:
        return
    yield "whole phone offers flagged hard line or walk-away"
    for name, warm, goal in (("tough", False, "at least 15.0%"), ("warm", True, "at most 1.2%")):
        hits = [_finds(coach, "script", offer.text, _PRESSURE) for offer in offers if offer.warm is warm]
        yield f"{'':<16}{name:<14}{share(hits):>8.1%}{sum(hits):>7} of {len(hits)}   goal: {goal}"
    yield ""


def _pairs(coach: Coach, folder: Path) -> Iterator[str]:
    triples = corpus.triples(folder)
    if not triples:
        return
    scored = [(triple, _one_sided(coach, triple)) for triple in triples]
    repeating, creating = ([score for each, score in scored if each.repeats is side] for side in (True, False))
    yield f"one-sided shared win, {len(triples)} triples"
    yield f"{'':<16}{'AUC':<14}{auc(repeating, creating):>8.3f}{'':>7}   goal: at least 0.85"
    for each, score in scored:
        if each.repeats != (score > _SCORES[Certainty.MAYBE]):
            yield f"  scored {score}, {'repeats My Win' if each.repeats else 'holds both'}: {each.shared_win}"
    yield ""


def _one_sided(coach: Coach, triple: corpus.Triple) -> int:
    brief = Brief(my_win=triple.my_win, their_win=triple.their_win, shared_win=triple.shared_win)
    found = (each.certainty for each in coach.read_brief(brief) if each.family is Family.ONE_SIDED)
    return max((_SCORES[certainty] for certainty in found), default=0)


def _times(coach: Coach, folder: Path) -> Iterator[str]:
    texts = [offer.text for offer in corpus.offers(folder)] + corpus.utterances(folder)[:2000]
    if not texts:
        return
    spent = sorted(_milliseconds(coach, text) for text in texts)
    slow = spent[len(spent) * 99 // 100]
    yield f"time per text: median {median(spent):.2f} ms, 99 of 100 within {slow:.2f} ms ({len(texts)} texts)"


def _milliseconds(coach: Coach, text: str) -> float:
    start = time.perf_counter()
    coach.read("script", text)
    return (time.perf_counter() - start) * 1000
