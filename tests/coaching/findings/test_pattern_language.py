"""The phrase language, construct by construct."""

import pytest

from bot.coaching.findings.book import Language
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.pattern import Grammar, Pattern, PatternError


@pytest.fixture
def grammar(language: Language) -> Grammar:
    return Grammar(language.classes, language.common)


def found(pattern: Pattern, typed: str, lexicon: Lexicon) -> list[str]:
    """What the pattern finds, as typed."""
    text = lexicon.read(typed)
    return [text.quote(each.typed(*place)) for each in text.sentences for place in pattern.find(each)]


@pytest.fixture
def lexicon(language: Language) -> Lexicon:
    return Lexicon(language, {})


def test_what_choices_share_is_written_once_and_finds_the_same(grammar: Grammar, lexicon: Lexicon) -> None:
    pattern = grammar.pattern("(look_at <rival>)|(go to <rival>)|(quit now)|stay|stop here")

    assert pattern.source.count("elsewhere") == 1
    assert found(pattern, "look at another shop here", lexicon) == ["look at another shop here"]
    assert found(pattern, "quit now here, stay, here; go elsewhere here", lexicon) == ["quit now here", "stay, here"]


def test_a_grammar_that_forgot_reads_the_same(grammar: Grammar) -> None:
    before = grammar.pattern("i <leave> ... <rival>|#")
    grammar.forget()

    assert grammar.pattern("i <leave> ... <rival>|#") == before


@pytest.mark.parametrize(
    ("phrase", "typed", "finds"),
    [
        ("walk away", "I walk away.", ["walk away"]),
        ("walk away", "I walk, away", ["walk, away"]),
        ("walk away", "sidewalk away", []),
        ("walk away", "walk far away", []),
        ("walk|go away", "They go away, we walk away", ["go away", "walk away"]),
        ("look_at|see it", "look at it, see it, look it", ["look at it", "see it"]),
        (
            "(go to <rival>)|quit now",
            "go elsewhere; quit now; go to another shop now",
            ["quit now", "go to another shop now"],
        ),
        ("i [just] quit", "I quit. I just quit. I will quit.", ["I quit", "I just quit"]),
        ("i <leave>", "I walk out. I go to another shop.", ["I walk out", "I go to another shop"]),
        ("pay #", "Pay 115. Pay $5,000. Pay 15 %. Pay two. Pay him.", ["Pay 115", "Pay $5,000", "Pay 15 %", "Pay two"]),
        ("one ... four", "one two three four", ["one two three four"]),
        ("one ... four", "one a b c d four", []),
        ("one ... four", "one, two four", ["one, two four"]),
        ("if ~ quit", "if a, b, c then quit", ["if a, b, c then quit"]),
        ("if ~ quit", "if " + "a " * 13 + "quit", []),
        ("walk !with", "walk with me, walk on", ["walk"]),
        ("walk !with|on now", "walk now", ["walk now"]),
        ("^ no", "No. Oh no", ["No"]),
        ("no $", "No way. Oh no! Oh no?", ["no", "no"]),
        ("yes , no", "yes, no. yes no", ["yes, no"]),
        ("now ?", "Now? Now.", ["Now"]),
        ("will not", "I won’t. I won't.", ["won’t", "won't"]),
    ],
)
def test_what_a_phrase_finds(phrase: str, typed: str, finds: list[str], grammar: Grammar, lexicon: Lexicon) -> None:
    assert found(grammar.pattern(phrase), typed, lexicon) == finds


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("walk [away", "not closed"),
        ("walk (away", "not closed"),
        ("walk (away]", "not closed"),
        ("walk away]", "closes nothing"),
        ("walk |", "closes nothing"),
        ("walk|", "closes nothing"),
        ("", "nothing in it"),
        ("[]", "nothing in it"),
        ("walk <nowhere>", "no class <nowhere>"),
        ("walk !", "cannot be read"),
        ("walk <", "cannot be read"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_why(phrase: str, fault: str, grammar: Grammar) -> None:
    with pytest.raises(PatternError, match=fault) as caught:
        grammar.pattern(phrase)

    assert caught.value.phrase == phrase


def test_a_class_that_holds_itself_is_refused() -> None:
    with pytest.raises(PatternError, match="holds itself"):
        Grammar({"a": ("<b>",), "b": ("x <a>",)}, frozenset()).pattern("<a>")


class TestNeeds:
    """A pattern says which words must be there, so that most sentences are passed by unread."""

    def test_the_rarest_word_comes_first(self, grammar: Grammar) -> None:
        assert grammar.pattern("i will quit").needs == (
            frozenset({"quit"}),
            frozenset({"i"}),
            frozenset({"will"}),
        )

    def test_of_a_choice_any_word_will_do(self, grammar: Grammar) -> None:
        assert grammar.pattern("walk|go_elsewhere").needs == (frozenset({"walk", "elsewhere"}),)

    @pytest.mark.parametrize("phrase", ["[quit]", "#", "... !quit"])
    def test_what_may_be_missing_is_not_needed(self, phrase: str, grammar: Grammar) -> None:
        needs = grammar.pattern(phrase).needs
        assert "quit" not in frozenset().union(*needs)


@pytest.mark.parametrize("phrase", ["i [just] <leave>", "walk|go_far away", "pay # , now ?", "if ~ quit $"])
def test_a_phrase_finds_its_own_sample(phrase: str, grammar: Grammar, lexicon: Lexicon) -> None:
    pattern = grammar.pattern(phrase)

    assert found(pattern, pattern.sample, lexicon)
