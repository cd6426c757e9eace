"""The engine: reads what a person typed and returns findings, most important first."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.findings import one_sided, position
from bot.coaching.findings.book import Book, Family
from bot.coaching.findings.finding import Certainty, Finding, Kind, Where, ordered
from bot.coaching.findings.hits import Finder, Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.phrases import Phrases

_PRESSURE = (Family.HARD_LINE, Family.WALK_AWAY)


class Coach:
    """Reads texts in one language. The same text gives the same findings on every run; no state is kept.

    Raises PatternError where a phrase of the book cannot be read.
    """

    def __init__(self, book: Book) -> None:
        pages = book.families.values()
        groups = {name: group for page in pages for name, group in page.groups.items()}
        self._lexicon = Lexicon(book.language, groups)
        self._rules = {rule.id: (page, rule) for page in pages for rule in page.rules}
        self._finders: tuple[Finder, ...] = (Phrases(pages, self._lexicon).find, one_sided.find, position.find)

    def read(self, field: Where, text: str) -> tuple[Finding, ...]:
        """What is in the text of one field, or in a whole script."""
        return self._read({field: self._lexicon.read(text)})

    def read_brief(self, brief: Brief) -> tuple[Finding, ...]:
        """What is in the three layers, together and one by one. Never looks at the walk-away."""
        return self._read({layer: self._lexicon.read(brief.layer(layer)) for layer in LAYERS})

    def _read(self, texts: Texts) -> tuple[Finding, ...]:
        hits = (hit for find in self._finders for hit in find(texts, self._lexicon))
        return ordered(_without_echoes(self._finding(hit, texts) for hit in hits))

    def _finding(self, hit: Hit, texts: Texts) -> Finding:
        page, rule = self._rules[hit.rule]
        certainty = hit.certainty or rule.certainty
        maybe = certainty is Certainty.MAYBE
        return Finding(
            rule=rule.id,
            family=page.family.value,
            kind=Kind.QUESTION if maybe else rule.kind or page.kind_in.get(hit.field, page.kind),
            field=hit.field,
            start=hit.span.start,
            end=hit.span.end,
            words=texts[hit.field].quote(hit.span),
            certainty=certainty,
            why=rule.ask if maybe else rule.why,
            suggestion=rule.with_amount.format(amount=hit.amount)
            if rule.with_amount and hit.amount
            else rule.suggestion,
            page=page.page,
        )


def _without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings of one family (pressure counts as one) that overlap in a field, only the most important."""
    taken: dict[tuple[str, Where], list[tuple[int, int]]] = {}
    for finding in ordered(findings):
        family = Family.HARD_LINE.value if finding.family in _PRESSURE else finding.family
        if _take(taken.setdefault((family, finding.field), []), finding.start, finding.end):
            yield finding


def _take(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Adds a place to those taken (in order, none overlapping), unless it overlaps one of them."""
    place = bisect_left(taken, (start, end))
    if (place and taken[place - 1][1] > start) or (place < len(taken) and taken[place][0] < max(end, start + 1)):
        return False
    taken.insert(place, (start, end))
    return True
