"""One-sided shared win: it says nothing of what they get, or repeats My Win in other words."""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Span

_COPIED = 0.8  # share of the shared win's words that My Win holds already


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    if Field.SHARED_WIN in texts and Field.MY_WIN in texts:
        shared, mine = texts[Field.SHARED_WIN], texts[Field.MY_WIN]
        said, wanted = lexicon.meanings(shared.sentences), lexicon.meanings(mine.sentences)
        if said and wanted and len(said & wanted) >= _COPIED * max(len(said), len(wanted)):
            yield Hit(
                "copies_my_win", Field.SHARED_WIN, Span(shared.sentences[0].span.start, shared.sentences[-1].span.end)
            )
