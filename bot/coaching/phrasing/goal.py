"""My Win as a sentence: "My goal is to keep ...", "My goal is to achieve a 15 % raise"."""

import re
from collections.abc import Sequence

from bot.coaching.phrasing.address import address, third_persons
from bot.coaching.phrasing.forms import base_of_gerund
from bot.coaching.phrasing.leads import GoalLeads
from bot.coaching.phrasing.lexicon import DETERMINERS, INTERJECTIONS, LINKS, OBJECTS, PREPOSITIONS, SUBJECTS
from bot.coaching.phrasing.nouns import NOUN_ENDINGS, OUTCOMES, PEOPLE, PLURAL_PEOPLE
from bot.coaching.phrasing.shape import Shape, adds_clause, is_verb, shape_of, shape_of_thing
from bot.coaching.phrasing.things import chunk, head_of, is_figure, with_article
from bot.coaching.phrasing.typed import Word, at, is_common, lower, lower_first, opening, without_label
from bot.coaching.phrasing.verbs import ATTAINMENTS, AVERSE, GRANTS, STATES

_LABEL = re.compile(
    r"""(?: (?:(?:my|our|the)\s+)? (?:main\s+|key\s+|only\s+)? (?:win|goal|aim|objective|target)
            (?: \s+is\s*:?\s+(?!that\b) | \s*[:=]\s* | \s+[-–—]\s+ )
        |   what\s+(?:i|we)\s+(?:really\s+|absolutely\s+|truly\s+)?(?:want|need)\s+is\s+(?!that\b)
        |   (?:i|we)\s+(?:think|believe|guess|feel)\s+(?:that\s+)?(?=(?:i|we)\b) )""",
    re.IGNORECASE | re.VERBOSE,
)
_ADVERBS = r"(?:(?:really|just|only|mainly|also|still|absolutely|truly|simply|definitely|urgently|first)\s+){0,3}"
_WISH = re.compile(
    rf"""(?:(?:i|we)(?:['’](?:d|m|re|ve|ll))?\s+)?
         (?:(?:would|am|are|will|do|have)\s+)?
         {_ADVERBS}
         (?: (?P<to> (?:want|need|wish|hope|aim|plan|intend|have|got|like|love|prefer
                       |looking|trying|hoping|aiming|planning|wanting|determined)\s+to
                   | gotta | got\s+ta | wanna | must )
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
_OTHERS = OBJECTS | PEOPLE | PLURAL_PEOPLE
_NO_THINGS = PREPOSITIONS | LINKS | INTERJECTIONS | {""}
_AFTER_THAT = DETERMINERS | SUBJECTS
_ASKED = re.compile(r"(?:can|could|may)\s+(?:i|we)\s+([^?]+)\?\s*$", re.IGNORECASE)


def say_goal(text: str, leads: GoalLeads, names: frozenset[str]) -> str | None:
    """The first sentence, or None where the text had better be quoted."""
    text = without_label(text, _LABEL)
    if third_persons(text) == {"they"}:  # "her" may well be somebody else
        text = address(text, names) or text
    if asked := _ASKED.match(text):
        return _verb(asked[1], opening(asked[1]), leads)
    words = opening(text)
    if not words or words[-1].raw.endswith("?") or chunk(words)[-1].raw.endswith(":"):
        return None
    return _negative(text, leads) or _wished(text, leads) or _stated(text, words, leads)


def _negative(text: str, leads: GoalLeads) -> str | None:
    found = _NEGATIVE.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    verb = rest if found["sure"] else _as_verb(rest, opening(rest))
    return verb and f"{leads.negative} {verb}"


def _as_verb(text: str, words: Sequence[Word]) -> str | None:
    """The text from its verb in the base form on: "keeping the budget" as "keep the budget"."""
    shape = shape_of(words)
    if shape is Shape.VERB:
        return lower(text)
    if shape is Shape.TO_VERB:
        return text.split(maxsplit=1)[1]
    if shape is Shape.GERUND:
        return base_of_gerund(words[0].low) + text[len(words[0].raw) :]
    return None


def _is_fear(words: Sequence[Word]) -> bool:
    first = at(words, 0).low
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
    return who[-1].low in _OTHERS or _is_name(who[-1]) or does.low in STATES


def _is_name(word: Word) -> bool:
    return not is_common(word.low) and word.raw[:1].isupper()


def _got(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    """What was wished for, even if we do not know the word."""
    first = at(words, 0).low
    is_thing = shape_of_thing(words) is not Shape.CLAUSE and first not in _NO_THINGS
    return f"{leads.get} {text}" if is_thing else None


def _stated(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    if words[0].low in {"i", "we"} and at(words, 1).low in ATTAINMENTS:
        return _verb(text.split(maxsplit=1)[1], words[1:], leads)
    if at(words, 1).low in {"me", "us"} or (words[0].low in GRANTS and at(words, 1).low in {"my", "our"}):
        return None  # "grant us access", "approve my leave" are for the other side to do
    if _is_name(words[0]) and _is_others_doing(words):
        return f"{leads.others} {text}"
    if words[0].low == "that" and at(words, 1).low in _AFTER_THAT:
        return f"{leads.thing} {lower(text)}"
    return _verb(text, words, leads) or _thing(text, words, leads)


def _verb(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    rest = None if _is_fear(words) else _as_verb(text, words)
    return rest and f"{leads.verb} {rest}"


def _thing(text: str, words: Sequence[Word], leads: GoalLeads) -> str | None:
    shape = shape_of_thing(words)
    if shape not in {Shape.THING, Shape.DONE} or adds_clause(words):
        return None
    named = with_article(lower_first(text), words)
    if named is None:
        return None
    if _is_others_doing(words) and (words[0].low in DETERMINERS or head_of(chunk(words)).low in OUTCOMES):
        return f"{leads.others} {lower_first(text)}" if named == lower_first(text) else None  # "rent to stay at 1,200"
    if shape is Shape.DONE:
        return f"{leads.get} {named}"
    return f"{leads.outcome if _is_achieved(chunk(words)) else leads.thing} {named}"


def _is_achieved(thing: Sequence[Word]) -> bool:
    head = thing[-1].low.rsplit("-", 1)[-1]
    if head == "ability" or thing[0].low in {"no", "zero", "enough", "my", "our"}:
        return False
    return head in OUTCOMES or head.endswith(NOUN_ENDINGS) or all(is_figure(word) or word.raw == "%" for word in thing)
