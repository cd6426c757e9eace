"""What a text opens with, and what is left open where it could be more than one thing."""

import re

import pytest

from bot.coaching.phrasing.forms import article, base_of_gerund, base_of_third, is_gerund, is_plural, is_third
from bot.coaching.phrasing.shape import Shape, has_finite, shape_of, shape_of_thing
from bot.coaching.phrasing.things import chunk, head_of, is_done, with_article
from bot.coaching.phrasing.typed import opening

SHAPES = {
    Shape.VERB: """
        keep the budget|Keep it|cut costs|cut the price|raise prices by 4 %|raise my pay|pay in 90 days|renew
        work from home|start in May|price the work|lock in the price|hand over support|finally get it
        never work weekends|re-open the talks|support the team|support customers|change the plan
    """,
    Shape.TO_VERB: "to keep the budget|To be heard|to cut costs|to finally get it|to sign",
    Shape.GERUND: "keeping the budget|reducing costs|closing before March|hiring in Q1|training their team",
    Shape.THING: """
        a raise|15 % raise|raise of 15 %|$95M|Net-60|stable revenue|budget under 100k|pay rise of 5 %|phase 2
        work permit for her|start date in May|hiring freeze|training budget|no overtime|more time|a call in May
        price stability|contract renewal|two engineers|the right to leave|at least 25% margin|this contract
        signed contract|GDPR compliance|people who care|support from legal|a meeting in May
        no new features until the freeze is lifted
    """,
    Shape.DONE: "the contract signed by Friday|invoices paid in 30 days|support included|overtime paid",
    Shape.CLAUSE: """
        the project keeps its name|the board wants growth|their boss is new|I am late|they pay|it's trust|can we talk
        it is about trust|the price must stay|customers need help|there is time|our people get certified|that's fine
        Grant is promoted|Mark signs off|the CEO watches every release|a forecast lets you plan
        finance through a bank pays you at once
    """,
    Shape.UNKNOWN: """
        Anna on the project|the project ships in June|budget < 100k|plan capacity|plan together|zonk|paid on time
        no, thanks|yes|okay fine|under pressure|wonderful|to them|do you agree|let me think|let us go
        use of our data|not now|because of them|online|that sounds good|a must for us
    """,
}


ROWS = [(shape, text.strip()) for shape, texts in SHAPES.items() for text in re.split(r"[|\n]", texts)]


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape, text in ROWS if text])
def test_shape(shape: Shape, text: str) -> None:
    assert shape_of(opening(text)) is shape


@pytest.mark.parametrize("text", ["close cooperation", "rest", "support from legal", "change", "open books"])
def test_after_a_wish_these_are_things(text: str) -> None:
    assert shape_of_thing(opening(text)) is Shape.THING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("swapping shifts with students who want work fills them", False),
        ("combining pallets fills your truck", True),
        ("to split delivery", False),
    ],
)
def test_a_finite_verb(text: str, found: bool) -> None:
    assert has_finite(opening(text)) is found


@pytest.mark.parametrize(
    ("text", "thing", "head"),
    [
        ("a 15 % raise by May", "a 15 % raise", "raise"),
        ("stable revenue, calm", "stable revenue,", "revenue"),
        ("invoices paid in 30 days", "invoices paid", "invoices"),
        ("steady orders all year", "steady orders", "orders"),
        ("growth & calm", "growth", "growth"),
        ("reports next week", "reports", "reports"),
        ("deal 🤝", "deal", "deal"),
    ],
)
def test_where_a_thing_ends(text: str, thing: str, head: str) -> None:
    found = chunk(opening(text))

    assert " ".join(word.raw for word in found) == thing
    assert head_of(found).low == head


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise of 15 %", "a raise of 15 %"),
        ("15 % raise", "a 15 % raise"),
        ("8% discount", "an 8% discount"),
        ("11-month contract", "an 11-month contract"),
        ("18 % discount", "an 18 % discount"),
        ("180k budget", "a 180k budget"),
        ("€80 discount", "an €80 discount"),
        ("$95M budget", "a $95M budget"),
        ("NDA", "an NDA"),
        ("SLA of 99.9 %", "an SLA of 99.9 %"),
        ("mutual NDA", "a mutual NDA"),
        ("one-year contract", "a one-year contract"),
        ("hour-long meeting", "an hour-long meeting"),
        ("unit price of 2", "a unit price of 2"),
        ("extension", "an extension"),
        ("3-month pilot", "a 3-month pilot"),
        ("4-week lead time", "a 4-week lead time"),
        ("co-marketing budget", "a co-marketing budget"),
        ("stable revenue", "stable revenue"),
        ("a raise", "a raise"),
        ("my raise", "my raise"),
        ("two contracts", "two contracts"),
        ("8% more salary", "8% more salary"),
        ("one contract", "one contract"),
        ("no contract", "no contract"),
        ("lower prices", "lower prices"),
        ("margin", "margin"),
        ("25 % margin", "a 25 % margin"),
        ("on-call only", "on-call only"),
        ("at least 2 contracts", "at least 2 contracts"),
        ("contract signed by May", None),
        ("Acme contract", None),
        ("same price", None),
        ("ability to plan", None),
        ("quiet zonk", None),
        ("rent flat for a year", None),
    ],
)
def test_articles(text: str, said: str | None) -> None:
    assert with_article(text, opening(text)) == said


@pytest.mark.parametrize(
    ("text", "done"), [("work paid", True), ("paid work", False), ("zonk paid", False), ("paid", False)]
)
def test_done(text: str, done: bool) -> None:
    assert is_done(opening(text)) is done


@pytest.mark.parametrize(
    ("form", "base"),
    [("keeps", "keep"), ("carries", "carry"), ("pushes", "push"), ("misses", "miss"), ("goes", "go"), ("sheep", "")],
)
def test_third_person(form: str, base: str) -> None:
    assert base_of_third(form) == base


@pytest.mark.parametrize(
    ("form", "base"),
    [("keeping", "keep"), ("reducing", "reduce"), ("cutting", "cut"), ("tying", "tie"), ("morning", ""), ("thing", "")],
)
def test_gerund(form: str, base: str) -> None:
    assert base_of_gerund(form) == base


def test_what_is_a_noun_as_often_is_no_gerund() -> None:
    assert is_gerund("keeping")
    assert not is_gerund("hiring")
    assert not is_gerund("wedding")


def test_nothing_opens_with_nothing() -> None:
    assert shape_of(()) is Shape.UNKNOWN


def test_third_person_or_plural() -> None:
    assert is_third("keeps")
    assert not is_third("costs")
    assert is_plural("orders")
    assert not is_plural("business")
    assert not is_plural("keeps")


@pytest.mark.parametrize(
    ("text", "a"), [("", "a"), ("“old” plan", "an"), ("use", "a"), ("upgrade", "an"), ("MVP", "an"), ("UK", "a")]
)
def test_a_or_an(text: str, a: str) -> None:
    assert article(text) == a
