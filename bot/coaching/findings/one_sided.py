"""One-sided shared win: it says nothing of what they get, or repeats My Win in other words.

Read clause by clause, for a gain on my side is no sign of one on theirs. What speaks for theirs: words that say what
they get, words of their own need, something that I put in, a way in which the one leads to the other, and plain new
matter. Length is no sign: a short line can hold both gains.
"""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.finding import Certainty
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Sentence, Text

_COPIED = 0.8  # share of all words of both that both hold
_REPEATED = 0.4  # share of the shared win's words that My Win holds already
_ENOUGH = 2
_NEW = 2  # words in a clause that My Win does not hold, and for each that it holds: something new is on the table


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """At most one hit, over the whole of Our Shared Win."""
    shared = texts.get(Field.SHARED_WIN)
    if shared is None or not (said := lexicon.meanings(shared.sentences)):
        return
    wanted, needed = _meanings(texts, Field.MY_WIN, lexicon), _meanings(texts, Field.THEIR_WIN, lexicon)
    if len(said & wanted) >= _COPIED * len(said | wanted):
        yield Hit("copies_my_win", Field.SHARED_WIN, shared.span)
    elif (signs := _signs(shared, wanted, needed - wanted, lexicon)) < _ENOUGH:
        yield Hit("nothing_for_them", Field.SHARED_WIN, shared.span, _certainty(signs, said, wanted, shared, lexicon))


def _meanings(texts: Texts, field: Field, lexicon: Lexicon) -> set[str]:
    return lexicon.meanings(texts[field].sentences) if field in texts else set()


def _signs(shared: Text, wanted: set[str], needed: set[str], lexicon: Lexicon) -> int:
    """How much speaks for a gain on their side; each kind of sign counts once."""
    signs: set[tuple[str, int]] = set()
    for sentence in shared.sentences:
        mine_named = False
        for clause in lexicon.clauses(sentence):
            if not lexicon.has("hollow", clause):
                signs |= _theirs(clause, lexicon, mine_named=mine_named)
                signs |= _neutral(clause, wanted, needed, lexicon)
            mine_named = mine_named or lexicon.has("mine", clause)
    return sum(weight for _, weight in signs)


def _theirs(clause: Sentence, lexicon: Lexicon, *, mine_named: bool) -> set[tuple[str, int]]:
    """Signs that stand even beside a gain of mine. After "our engineers", "they" may be ours."""
    mine_named = mine_named or lexicon.has("mine", clause)
    they = lexicon.has("you_gain", clause) or (not mine_named and lexicon.has("they_gain", clause))
    they = they and not lexicon.has("from_them", clause)
    return {("they", _ENOUGH * they), ("give", int(lexicon.has("i_give", clause)))}


def _neutral(clause: Sentence, wanted: set[str], needed: set[str], lexicon: Lexicon) -> set[tuple[str, int]]:
    """Signs that stand only in a clause that is not about me."""
    if lexicon.has("mine", clause) or (lexicon.has("i_do", clause) and not lexicon.has("i_give", clause)):
        return set()
    named = _named(clause, lexicon)
    new = len(named - wanted)
    return {
        ("need", _ENOUGH * (not needed.isdisjoint(lexicon.meanings((clause,))))),
        ("others", _ENOUGH * lexicon.has("others_gain", clause)),
        ("leads", int(lexicon.has("leads_to", clause))),
        ("new", int(new >= _NEW and new >= _NEW * len(named & wanted))),
    }


def _named(clause: Sentence, lexicon: Lexicon) -> set[str]:
    """What a clause names, without the words that only fill it."""
    empty = (clause.line[start:end].split() for start, end in lexicon.find("empty", clause))
    return lexicon.meanings((clause,)) - {lexicon.stem(word) for words in empty for word in words}


def _certainty(signs: int, said: set[str], wanted: set[str], shared: Text, lexicon: Lexicon) -> Certainty:
    if signs:
        return Certainty.MAYBE
    hollow = any(lexicon.has("hollow", sentence) for sentence in shared.sentences)
    return Certainty.CERTAIN if hollow or len(said & wanted) >= _REPEATED * len(said) else Certainty.LIKELY
