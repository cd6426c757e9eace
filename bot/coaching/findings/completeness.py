"""Completeness: a layer that is missing, names nothing or stands twice; a script that lacks one of its sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.coaching import gate
from bot.coaching.brief import LAYERS, Brief
from bot.coaching.content import Fillers, has_content, is_blank
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Span, Text

_SENTENCES = ("goal", "need", "proposal")
_WRONG = {"goal": "wrong_goal", "need": "wrong_need"}


@dataclass(frozen=True, slots=True)
class Completeness:
    """The gate's findings with their places. A layer read alone is held to its own content only."""

    fillers: Fillers

    def find(self, texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
        if len(texts) == len(LAYERS):
            yield from self._layers(texts)
            return
        for field, text in texts.items():
            if is_blank(text.typed):
                yield Hit("missing", field, _all(text))
            elif field == "script":
                yield from _script(text, lexicon)
            elif not has_content(text.typed, self.fillers):
                yield Hit("contentless", field, _all(text))

    def _layers(self, texts: Texts) -> Iterator[Hit]:
        mine, theirs, shared = (texts[layer].typed for layer in LAYERS)
        brief = Brief(my_win=mine, their_win=theirs, shared_win=shared)
        for problem in gate.layers(brief, self.fillers):
            yield Hit(problem.rule.value, problem.field, _all(texts[problem.field]))


def _all(text: Text) -> Span:
    return Span(0, len(text.typed))


def _script(text: Text, lexicon: Lexicon) -> Iterator[Hit]:
    if not _is_script(text, lexicon):
        return
    for name in _SENTENCES:
        wrong = _places(_WRONG[name], text, lexicon) if name in _WRONG else []
        if wrong:
            yield Hit(_WRONG[name], "script", wrong[0])
        elif not _places(name, text, lexicon):
            yield Hit(f"no_{name}", "script", text.span)


def _is_script(text: Text, lexicon: Lexicon) -> bool:
    """Loose text is a message and is left alone; a script says its goal as such, or two of its sentences."""
    leads = [name for name in _SENTENCES if _places(f"{name}_lead", text, lexicon)]
    return "goal" in leads or len(leads) > 1


def _places(group: str, text: Text, lexicon: Lexicon) -> list[Span]:
    return [sentence.span for sentence in text.sentences if lexicon.has(group, sentence)]
