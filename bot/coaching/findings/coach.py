"""The engine: reads what a person typed and returns findings, most important first."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.content import Fillers
from bot.coaching.findings import guessed_need, no_deal, no_value, one_sided, position, repeated
from bot.coaching.findings.book import Book, Rule
from bot.coaching.findings.completeness import Completeness
from bot.coaching.findings.finding import Certainty, Family, Finding, Kind, Where, ordered, weight
from bot.coaching.findings.hits import Finder, Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.phrases import Phrases
from bot.coaching.findings.text import Sentence, Text

_ALIKE = {
    Family.WALK_AWAY: Family.HARD_LINE,
    Family.GUESSED_NEED: Family.POSITION,
    Family.REPEATED: Family.POSITION,
}
"""Families that say much the same about the same words."""
_PRESSURE = (Family.HARD_LINE, Family.WALK_AWAY)


class Coach:
    """Reads texts in one language. The same text gives the same findings on every run; no state is kept.

    Raises PatternError where a phrase of the book cannot be read.
    """

    def __init__(self, book: Book, fillers: Fillers) -> None:
        pages = book.families.values()
        groups = {name: group for page in pages for name, group in page.groups.items()}
        self._lexicon = Lexicon(book.language, groups)
        self._rules = {rule.id: (page, rule) for page in pages for rule in page.rules}
        self._completeness = Completeness(fillers)
        self._finders: tuple[Finder, ...] = (
            Phrases(pages, self._lexicon).find,
            *(family.find for family in (position, one_sided, no_value, repeated, guessed_need, no_deal)),
        )
        self._lexicon.grammar.forget()

    def read(self, field: Where, text: str) -> tuple[Finding, ...]:
        """What is in the text of one field, or in a whole script."""
        return self._read({field: self._lexicon.read(text)})

    def read_brief(self, brief: Brief) -> tuple[Finding, ...]:
        """What is in the three layers, together and one by one. Never looks at the walk-away."""
        return self._read({layer: self._lexicon.read(brief.layer(layer)) for layer in LAYERS})

    def _read(self, texts: Texts) -> tuple[Finding, ...]:
        return ordered(_without_echoes((self._finding(hit, texts) for hit in self._hits(texts)), texts))

    def _hits(self, texts: Texts) -> Iterator[Hit]:
        """Of a text in another language only whether it is there: the rest would be guessing."""
        yield from self._completeness.find(texts, self._lexicon)
        known = {field: text for field, text in texts.items() if self._lexicon.knows(text)}
        for find in self._finders:
            yield from find(known, self._lexicon)

    def _finding(self, hit: Hit, texts: Texts) -> Finding:
        page, rule = self._rules[hit.rule]
        certainty = hit.certainty or rule.certainty
        maybe = certainty is Certainty.MAYBE
        return Finding(
            rule=rule.id,
            family=page.family,
            kind=Kind.QUESTION if maybe else rule.kind or page.kind_in.get(hit.field, page.kind),
            field=hit.field,
            start=hit.span.start,
            end=hit.span.end,
            words=texts[hit.field].quote(hit.span),
            certainty=certainty,
            why=rule.ask if maybe else rule.why,
            suggestion=_suggestion(rule, hit),
            page=page.page,
        )


def _suggestion(rule: Rule, hit: Hit) -> str:
    if rule.with_words and hit.words:
        return rule.with_words.replace("{words}", hit.words)
    if rule.with_amount and hit.amount:
        return rule.with_amount.replace("{amount}", hit.amount)
    return rule.suggestion


def _without_echoes(findings: Iterable[Finding], texts: Texts) -> Iterator[Finding]:
    """Of findings that say much the same about words that overlap, only the weightiest, each quoted to the end of its
    clause; beside what makes a layer incomplete, nothing else about it. A threat and its way out are one thing to mend
    in one sentence."""
    found = sorted(ordered(findings), key=weight)
    incomplete = [finding for finding in found if finding.family is Family.COMPLETENESS]
    yield from (_whole(finding, texts[finding.field]) for finding in incomplete)
    closed = {finding.field for finding in incomplete} - {"script"}
    taken: dict[tuple[Family, Where], list[tuple[int, int]]] = {}
    quoted: dict[tuple[Family, Where], list[tuple[int, int]]] = {}
    for finding in found:
        family, field = finding.family, finding.field
        if family is Family.COMPLETENESS or field in closed:
            continue
        if _take(taken.setdefault((_ALIKE.get(family, family), field), []), *_ground(finding, texts[field])):
            whole = _whole(finding, texts[field])
            if _take(quoted.setdefault((family, field), []), whole.start, whole.end):
                yield whole


def _ground(finding: Finding, text: Text) -> tuple[int, int]:
    """What nothing like it may share: its words; for pressure the whole sentence."""
    sentence = _sentence(text, finding.start) if finding.family in _PRESSURE else None
    if sentence is None:
        return finding.start, finding.end
    return sentence.span.start, max(sentence.span.end, finding.end)


def _sentence(text: Text, start: int) -> Sentence | None:
    """The sentence in which a place stands."""
    place = bisect_right(text.sentences, start, key=lambda sentence: sentence.span.start) - 1
    return text.sentences[place] if place >= 0 else None


def _whole(finding: Finding, text: Text) -> Finding:
    """The same finding, quoting its clause to the end where only a few words are missing."""
    sentence = _sentence(text, finding.end - 1)
    end = sentence.clause_end(finding.end) if sentence and finding.end > finding.start else finding.end
    return replace(finding, end=end, words=text.typed[finding.start : end])


def _take(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Adds a place to those taken (in order, none overlapping), unless it overlaps one of them."""
    place = bisect_left(taken, (start, end))
    if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < max(end, start + 1)):
        return False
    taken.insert(place, (start, end))
    return True
