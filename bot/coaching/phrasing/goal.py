"""My Win as a sentence: "My goal is to keep ...", "My goal is to achieve a 15 % raise"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.phrasing.address import address
from bot.coaching.phrasing.forms import base_of_gerund
from bot.coaching.phrasing.lexicon import (
    ATTAINMENTS,
    AVERSE,
    COMMON_ENDINGS,
    OBJECTS,
    OUTCOMES,
    PEOPLE,
    PLURAL_PEOPLE,
    STATES,
)
from bot.coaching.phrasing.shape import (
    Shape,
    at,
    chunk,
    is_figure,
    is_verb,
    shape_of,
    shape_of_thing,
    with_article,
)
from bot.coaching.phrasing.typed import Word, is_common, lower, lower_first, opening


@dataclass(frozen=True, slots=True)
class GoalLeads:
    """How the first sentence begins.

    Attributes:
        verb: before "keep the budget".
        negative: before "lose the account", of who typed "not lose".
        outcome: before "a 15 % raise".
        thing: before what one has rather than achieves: "two more engineers".
        get: before "the contract signed by Friday".
        others: before "you to sign by Friday".
        quote: before the words as typed.
    """

    verb: str
    negative: str
    outcome: str
    thing: str
    get: str
    others: str
    quote: str


_LABEL = re.compile(
    r"""(?: (?:(?:my|our|the)\s+)? (?:main\s+|key\s+|only\s+)? (?:win|goal|aim|objective|target)
            (?: \s+is\s*:?\s+(?!that\b) | \s*[:=]\s* | \s+[-–—]\s+ )
        |   what\s+(?:i|we)\s+(?:really\s+|absolutely\s+|truly\s+)?(?:want|need)\s+is\s+(?!that\b)
        |   (?:i|we)\s+(?:think|believe|guess|feel)\s+(?:that\s+)?(?=(?:i|we)\b) )""",
    re.IGNORECASE | re.VERBOSE,
)
_ADVERBS = r"(?:(?:really|just|only|mainly|also|still|absolutely|truly|simply|definitely|urgently|first)\s+){0,3}"
_WISH = re.compile(
    rf"""(?:(?P<who>i|we)(?:['’](?:d|m|re|ve|ll))?\s+)?
         (?:(?:would|am|are|will|do|have)\s+)?
         {_ADVERBS}
         (?: (?P<to> (?:want|need|wish|hope|aim|plan|intend|have|got|like|love|prefer
                       |looking|trying|hoping|aiming|planning|wanting|going|determined)\s+to
                   | gotta | got\s+ta | wanna | must | need\s+2 )
         |   (?P<thing> want | need | (?:looking|hoping|aiming|asking|wishing|ask|aim|hope)\s+for
                   | (?<=['’]d\s)(?:like|love) | (?<=would\s)(?:like|love) )
         )\s+(?!not\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_NEGATIVE = re.compile(
    r"""(?: (?P<sure> (?:(?:i|we)\s+)? (?: (?:don['’]?t|do\s+not)\s+want\s+to | want\s+(?:not\s+to|to\s+not)
                                       | must\s+not | mustn['’]t | need\s+(?:not\s+to|to\s+not) ) )
        |   (?:to\s+)?not(?:\s+to)? | don['’]?t | do\s+not )\s+""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKED = re.compile(r"(?:can|could|may)\s+(?:i|we)\s+([^?]+)\?\s*$", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:i|we)\s+", re.IGNORECASE)


def say_goal(text: str, leads: GoalLeads, names: frozenset[str]) -> str | None:
    """The first sentence, or None where the text had better be quoted."""
    while label := _LABEL.match(text):
        text = text[label.end() :]
    said = _negative(text, leads) or _wished(text, leads) or _stated(text, leads)
    return said and (address(said, names) or said)


def _negative(text: str, leads: GoalLeads) -> str | None:
    found = _NEGATIVE.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    verb = rest if found["sure"] else _as_verb(rest)
    return verb and f"{leads.negative} {verb}"


def _as_verb(text: str) -> str | None:
    """The text from its verb in the base form on: "keeping the budget" as "keep the budget"."""
    words = opening(text)
    shape = shape_of(words)
    if shape is Shape.VERB:
        return lower(text)
    if shape is Shape.TO_VERB:
        return text.split(maxsplit=1)[1]
    if shape is Shape.GERUND:
        return base_of_gerund(words[0].low) + text[len(words[0].raw) :]
    return None


def _is_fear(text: str) -> bool:
    first = at(opening(text), 0).low
    return first in AVERSE or base_of_gerund(first) in AVERSE


def _wished(text: str, leads: GoalLeads) -> str | None:
    found = _WISH.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    if found["to"]:
        return f"{leads.verb} {rest}"
    words = opening(rest)
    if _is_others_doing(words):
        return f"{leads.others} {rest}"
    if shape_of(words) is Shape.VERB and shape_of_thing(words) is Shape.UNKNOWN:
        return f"{leads.verb} {rest}"
    return _thing(rest, words, leads) or _got(rest, words, leads)


def _is_others_doing(words: Sequence[Word]) -> bool:
    """ "you to sign", "Anna to lead it", "the contract to be signed"."""
    if not words:
        return False
    who = chunk(words)
    to, does = at(words, len(who)), at(words, len(who) + 1)
    if to.low != "to" or not (is_verb(words[len(who) + 1 :]) or does.low in STATES):
        return False
    last = who[-1]
    person = last.low in OBJECTS | PEOPLE | PLURAL_PEOPLE or not is_common(last.low)
    return person or does.low in STATES


def _got(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    """What was wished for, even if we do not know the word."""
    known_not = shape_of_thing(words) is Shape.CLAUSE or at(words, 0).low in {"that", "if", "when"}
    return None if known_not or not words else f"{leads.get} {text}"


def _stated(text: str, leads: GoalLeads) -> str | None:
    if asked := _ASKED.match(text):
        return _verb(asked[1], leads)
    if (subject := _SUBJECT.match(text)) and at(opening(text), 1).low in ATTAINMENTS:
        return _verb(text[subject.end() :], leads)
    return _verb(text, leads) or _thing(text, opening(text), leads)


def _verb(text: str, leads: GoalLeads) -> str | None:
    rest = None if _is_fear(text) else _as_verb(text)
    return rest and f"{leads.verb} {rest}"


def _thing(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    shape = shape_of_thing(words)
    if shape not in {Shape.THING, Shape.DONE}:
        return None
    named = with_article(lower_first(text), words)
    if named is None:
        return None
    if shape is Shape.DONE:
        return f"{leads.get} {named}"
    return f"{leads.outcome if _is_achieved(chunk(words)) else leads.thing} {named}"


def _is_achieved(thing: Sequence[Word]) -> bool:
    head = thing[-1].low.rsplit("-", 1)[-1]
    if thing[0].low in {"no", "zero", "enough"}:
        return False
    return (
        head in OUTCOMES or head.endswith(COMMON_ENDINGS) or all(is_figure(word) or word.raw == "%" for word in thing)
    )
