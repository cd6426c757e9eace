"""Pay, hiring, dismissal or one colleague: private first. Plain suppliers, budgets, scope and deadlines: not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Brief
from bot.coaching.sensitive import SensitiveWords, is_sensitive
from bot.wording.files import Folders
from bot.wording.method import load_method

WORDS = load_method(Folders()).sensitive

SENSITIVE = [
    "15 % raise",
    "a raise",
    "My raise",
    "raise of 5k",
    "Raise to 72k now, 78k after the certificate, that is a raise",
    "get a raise by May",
    "ask for a raise",
    "I want a raise because I took over on-call",
    "No raise this year",
    "salary 72k",
    "Base salary of 72k",
    "SALARY",
    "salaries of the team",
    "pay rise of 5 %",
    "pay cut",
    "equal pay",
    "more pay for nights",
    "my pay",
    "be paid more",
    "underpaid for two years",
    "bonus",
    "He is afraid of losing his bonus",
    "signing bonus",
    "stock options",
    "OTE of 140k",
    "wage talks",
    "compensation package",
    "hire Priya",
    "two hires in H2",
    "Hiring freeze lifted",
    "job offer for Priya",
    "offer letter by Friday",
    "the candidate wants remote work",
    "recruit a designer",
    "employment contract",
    "probation ends in May",
    "promotion to senior",
    "get promoted",
    "Senior title",
    "performance review",
    "performance improvement plan",
    "severance of six months",
    "dismissal of Bo",
    "Bo gets fired",
    "let him go",
    "layoffs in the north",
    "redundancy package",
    "my resignation",
    "hand in my notice",
    "written warning",
    "parental leave",
    "harassment",
    "fire Priya by June",
    "we have to fire two engineers",
    "let Priya go in May",
    "part ways with our designer",
    "replace Priya as team lead",
    "promotion for Priya",
    "Priya's performance",
    "a complaint about the manager",
    "keep Priya from quitting",
    "job cuts in the plant",
    "pay my overtime",
    "go part time in autumn",
    "ＳＡＬＡＲＹ",
    "sala\u200bry",
]

PLAIN = [
    "keep the budget under $100M for this project",
    "They need to maintain at least a 25% margin",
    "A 3-month package at $95M plus a one-year commitment, so you get stable revenue and I get a better price",
    "Net-60 payment terms",
    "pay in 30 days",
    "pay upfront",
    "They pay us within ten days",
    "payment on delivery",
    "to get paid on time",
    "payroll software renewal",
    "raise the quality bar",
    "raise prices by 4 %",
    "raise the rent",
    "raise awareness",
    "Raise our limits",
    "a price raise of 4 %",
    "pay attention to detail",
    "hire a truck",
    "truck hire for June",
    "hire equipment",
    "volume bonus above 1,000 units",
    "bonus for early delivery",
    "release candidate by Friday",
    "compensation for late delivery",
    "fire drill",
    "firewall rules",
    "notice period of three months for the lease",
    "cancel the contract with 30 days' notice",
    "terminate the contract for convenience",
    "extend the deadline by two weeks",
    "cut the reporting module from scope",
    "ship the core in June",
    "one backlog for both teams",
    "fair on-call rota",
    "less overtime",
    "fewer meetings",
    "exclusivity in the north",
    "marketing promotion in week 12",
    "rent below 1,200",
    "keep the cat",
    "stable revenue",
    "a reference customer",
    "SLA of 99.9 %",
    "dual sourcing",
    "two more engineers by June",
    "budget approval",
    "the team needs a break",
    "retain the customer",
    "fire sale price",
    "let the old tool go",
    "promote the event together",
    "hire out our machines",
    "candidate solutions by Friday",
    "recruit testers",
    "Acme's performance in the last quarter",
    "compensation for the outage",
    "",
    "工资",
]


@pytest.mark.parametrize("text", SENSITIVE)
def test_sensitive(text: str) -> None:
    assert is_sensitive(Brief(my_win=text), WORDS)


@pytest.mark.parametrize("text", PLAIN)
def test_plain(text: str) -> None:
    assert not is_sensitive(Brief("Acme renewal", "Acme", my_win=text, their_win=text, shared_win=text), WORDS)


def test_the_lists_are_long() -> None:
    assert len(SENSITIVE) >= 40
    assert len(PLAIN) >= 40


@pytest.mark.parametrize(
    "brief",
    [
        Brief(title="salary"),
        Brief(counterpart="salary board"),
        Brief(my_win="salary"),
        Brief(their_win="salary"),
        Brief(shared_win="salary"),
    ],
)
def test_every_field_that_is_shared_counts(brief: Brief) -> None:
    assert is_sensitive(brief, WORDS)


def test_one_named_colleague_is_enough() -> None:
    assert is_sensitive(Brief("Scope", "Bo", "U123", my_win="cut scope"), WORDS)


def test_the_counterpart_s_own_name_is_nobody_else_s() -> None:
    text = "a complaint about Priya"

    assert is_sensitive(Brief("Rota", "Bo", my_win=text), WORDS)
    assert not is_sensitive(Brief("Rota", "Priya Ltd", my_win=text), WORDS)


def test_no_phrase_is_found_across_a_full_stop() -> None:
    assert not is_sensitive(Brief(my_win="Show us your work. Permit two visits"), WORDS)
    assert is_sensitive(Brief(my_win="a work permit"), WORDS)


def test_no_phrase_is_found_across_two_fields() -> None:
    assert not is_sensitive(Brief(title="cheaper base", counterpart="pay later"), WORDS)


def test_a_harmless_phrase_excuses_only_itself() -> None:
    assert is_sensitive(Brief(my_win="hire a truck and hire Bo"), WORDS)


def test_a_team_brings_its_own_words() -> None:
    words = SensitiveWords.of(
        phrases=["Gehalt"],
        people=[],
        nouns=["Stelle"],
        before=["die"],
        after=["für"],
        harmless=["Gehalt einer Tabelle"],
    )

    assert is_sensitive(Brief(my_win="mehr GEHALT!"), words)
    assert is_sensitive(Brief(my_win="die Stelle wechseln"), words)
    assert is_sensitive(Brief(my_win="eine Stelle für mich"), words)
    assert not is_sensitive(Brief(my_win="Stelle das um"), words)
    assert not is_sensitive(Brief(my_win="Gehalt einer Tabelle"), words)


def test_without_words_only_a_colleague_is_sensitive() -> None:
    words = SensitiveWords.of(phrases=[], people=[], nouns=[], before=[], after=[], harmless=[])

    assert not is_sensitive(Brief(my_win="salary"), words)
    assert is_sensitive(Brief(counterpart_id="U1"), words)


@given(st.text(max_size=80), st.sampled_from(SENSITIVE), st.text(max_size=80))
def test_what_is_sensitive_stays_so_within_more_text(before: str, text: str, after: str) -> None:
    assert is_sensitive(Brief(my_win=f"{before}. {text}. {after}"), WORDS)


some_words = st.sampled_from(
    ["a", "raise", "hire", "pay", "truck", "the", "of", "my", "salary", "attention", ".", "15", "%"]
)


@given(st.lists(some_words, max_size=12))
def test_any_words_are_told(words: list[str]) -> None:
    text = " ".join(words)

    assert is_sensitive(Brief(my_win=text), WORDS) is is_sensitive(Brief(shared_win=text.upper()), WORDS)
    assert is_sensitive(Brief(my_win=text), WORDS) or "salary" not in words
