"""What is said of their side, from its verb on, as it can be said to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.phrasing.address import AGREES, address, is_joined_by_verb, next_but_adverb, third_persons
from bot.coaching.phrasing.forms import base_of_third
from bot.coaching.phrasing.leads import NeedLeads
from bot.coaching.phrasing.lexicon import ADVERBS
from bot.coaching.phrasing.things import with_article
from bot.coaching.phrasing.typed import Word, at, opening
from bot.coaching.phrasing.verbs import ANY_VERB, MODALS, STATIVE

_WISHES = {"need": "needs", "want": "wants", "needs": "needs", "wants": "wants"}
_NEEDS = frozenset({"need", "needs", "require", "requires"})
_HAS_TO = frozenset({"need", "needs", "have", "has"})
_PLURAL = frozenset({"need", "want", "have", "are", "were", "do", "aren't", "weren't", "don't", "haven't", "fear"})
_SURELY_PLURAL = _PLURAL - {"have", "do"}  # "needs to grow and have time" is fine
_VERBAL = ANY_VERB | ADVERBS | MODALS | {"need", "needs", "want", "wants", "has", "to", "and", "or"}
_VERBS = ANY_VERB | STATIVE
_ITS = frozenset({"its", "it", "it's", "itself"})


def acts_on_others(words: Sequence[Word]) -> bool:
    """Is "them" the object of what their side does ("need to ask them")? Then it is not their side."""
    place = next((i for i, word in enumerate(words) if word.low in {"them", "him"}), 0)
    return place > 0 and all(word.low in _VERBAL for word in words[:place])


@dataclass(frozen=True, slots=True)
class Predicate:
    """Verb and rest of a sentence about their side.

    Attributes:
        text: as typed, without its subject.
        words: the words of its first sentence.
        verb: the place of the verb in them; adverbs may stand before it.
        who: the subject where it was a pronoun, else "".
        names: words of the counterpart's name.
    """

    text: str
    words: tuple[Word, ...]
    verb: int
    who: str
    names: frozenset[str]

    @classmethod
    def of(cls, text: str, who: str, names: frozenset[str]) -> "Predicate":
        words = opening(text)
        return cls(text, words, next_but_adverb(words, -1), who, names)

    def say(self, leads: NeedLeads) -> str | None:
        """The whole sentence; None where it cannot be said safely."""
        if self._is_plural and self._is_joined_by_plural():
            return self._said(f"{leads.clause} you", self.text)
        return self._needs(leads) or self._wants(leads) or self._other(leads)

    @property
    def _does(self) -> str:
        return at(self.words, self.verb).low

    @property
    def _is_plural(self) -> bool:
        return self.who in {"they", "you"} or self._does in _PLURAL

    def _needs(self, leads: NeedLeads) -> str | None:
        """ "need to keep", "must keep", "need revenue"."""
        after = at(self.words, self.verb + 1).low
        if self.verb or after in {"not", ""}:
            return None
        if self._does == "must":
            return self._said(leads.verb, self._after(1))
        if self._does in _HAS_TO and after == "to":
            return self._said(leads.verb, self._after(2))
        if self._does in _NEEDS:
            rest = self._after(1)
            return self._said(leads.thing, with_article(rest, opening(rest)) or rest)
        return None

    def _wants(self, leads: NeedLeads) -> str | None:
        """ "really need revenue", "want to grow"."""
        return self._said(leads.side, self._with_verb(_WISHES[self._does])) if self._does in _WISHES else None

    def _other(self, leads: NeedLeads) -> str | None:
        # "your ... its" would not agree, so whoever says "its" keeps "your side" as the subject.
        can_be_you = not any(word.low in _ITS for word in self.words)
        if self._is_plural or (self._does in MODALS and can_be_you):
            return self._said(f"{leads.clause} you", self.text)
        if self._does in AGREES and can_be_you and not is_joined_by_verb(self.words, self.verb):
            return self._said(f"{leads.clause} you", self._with_verb(AGREES[self._does]))
        is_verb = self._does in MODALS or self._does in AGREES or base_of_third(self._does) in _VERBS
        is_verb = is_verb or (self.who in {"he", "she"} and self._does.endswith("s"))
        return self._said(leads.side, self.text) if is_verb else None

    def _after(self, count: int) -> str:
        return (self.text.split(maxsplit=count)[count:] or [""])[0]

    def _with_verb(self, form: str) -> str:
        before = (word.raw for word in self.words[: self.verb])
        return " ".join([*before, form, self._after(self.verb + 1)])

    def _said(self, lead: str, rest: str) -> str | None:
        if not rest.strip() or acts_on_others(self.words):
            return None
        if self.who == "you":  # then "they" are other people
            return f"{lead} {rest}"
        said = address(rest, self.names, subject=self.who or next(iter(third_persons(rest)), ""))
        return said and f"{lead} {said}"

    def _is_joined_by_plural(self) -> bool:
        """A second verb that would not agree with "your side": "need growth and are afraid"."""
        joints = (i for i, word in enumerate(self.words) if word.stop or word.low in {"and", "but", "or"})
        return any(at(self.words, next_but_adverb(self.words, i)).low in _SURELY_PLURAL for i in joints)
