"""A script as messages: whole where it fits, else in its thread; nothing lost, nothing sealed, nothing too long."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.brief import Brief, Rung, Sealed
from bot.coaching.ladder import SNOOZE
from bot.coaching.script import Script
from bot.outbox.drain import TOGETHER
from bot.services.model import Message, Negotiation, Person, State
from bot.services.pages import CancelledPage, DigestPage, FailedPage, NudgePage, Occasion, ScriptPage
from bot.slack import limits
from bot.slack.views.nudge import answered_message, digest_message, nudge_message
from bot.slack.views.outcome import failed_message
from bot.slack.views.script import cancelled_message, script_messages
from bot.wording.files import Folders
from bot.wording.mrkdwn import Mrkdwn, escape
from bot.wording.words import load_words

WORDS = load_words(Folders())
NEGOTIATION = Negotiation(
    "n1",
    Person("T1", "U1", "T1"),
    State.READY,
    revision=1,
    confirmed=1,
    brief=Brief(
        title="Acme renewal",
        counterpart="Acme",
        meeting_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
        my_win="a",
        their_win="b",
        shared_win="c",
        walk_away=Sealed("never below 80"),
    ),
)
long_texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000),
    st.text("<&> x\n", min_size=1, max_size=3000),
    st.builds(lambda letter, times: letter * times, st.sampled_from("xé長🤝&<"), st.integers(1, 3000)),
)


def page(my_win: str, their_win: str, shared_win: str) -> ScriptPage:
    brief = replace(NEGOTIATION.brief, my_win=my_win, their_win=their_win, shared_win=shared_win)
    script = Script(f"My goal: {my_win}", f"What matters on your side: {their_win}", f"My proposal: {shared_win}")
    return ScriptPage(replace(NEGOTIATION, brief=brief), script, "Europe/Berlin")


def letters(text: str) -> str:
    """What is left for comparing where lines are broken and quoted anew."""
    return "".join(text.split()).replace(">", "").replace("_continuedinthethread_", "")


def check_sizes(messages: list[Message]) -> None:
    for message in messages:
        assert len(message.text.encode()) <= limits.MESSAGE_TEXT_BYTES
        assert len(json.dumps(message.blocks, ensure_ascii=False)) <= limits.MESSAGE_BLOCKS_TOTAL
        assert len(message.blocks) <= limits.MESSAGE_BLOCKS
        for block in message.blocks:
            if block["type"] == "section":
                assert len(block["text"]["text"]) <= limits.SECTION  # type: ignore[index]


@settings(max_examples=60, deadline=None)
@given(long_texts, long_texts, long_texts)
def test_every_letter_stands_in_the_texts_and_in_the_blocks(mine: str, theirs: str, shared: str) -> None:
    messages = script_messages(page(mine, theirs, shared), WORDS)

    check_sizes(messages)
    texts = letters("\n".join(message.text for message in messages))
    shown = letters("\n".join(b["text"]["text"] for m in messages for b in m.blocks if b["type"] == "section"))  # type: ignore[index]
    for typed in (mine, theirs, shared):
        assert letters(escape(typed)) in texts
        assert letters(escape(typed)) in shown
    assert messages[0].text.endswith("_continued in the thread_") is (len(messages) > 1)


def test_a_short_script_is_one_message_with_its_controls() -> None:
    (message,) = script_messages(page("a", "b", "c"), WORDS)

    assert message.blocks[-1]["type"] == "actions"
    assert "continued" not in message.text


def test_a_long_title_leaves_the_sentences_their_place_in_the_head() -> None:
    negotiation = replace(NEGOTIATION, brief=replace(NEGOTIATION.brief, title="a long title " * 230, my_win="m " * 900))
    head, reply, *_ = script_messages(ScriptPage(negotiation, Script("the goal", "the need", "the offer"), None), WORDS)

    assert all(sentence in head.text for sentence in ("the goal", "the need", "the offer"))
    assert reply.text.count("a long title") > 200


def test_only_the_head_has_controls() -> None:
    head, *replies = script_messages(page("a " * 1500, "b " * 1500, "c"), WORDS)

    assert [block["type"] for block in head.blocks].count("actions") == 1
    assert all(block["type"] != "actions" for reply in replies for block in reply.blocks)


@given(st.text(min_size=1))
def test_the_walk_away_is_nowhere_in_a_message(secret: str) -> None:
    sealed = f"sealed-{secret}-sealed"
    negotiation = replace(NEGOTIATION, brief=replace(NEGOTIATION.brief, walk_away=Sealed(sealed)))
    script = Script("g", "n", "p")
    rung = next(iter(negotiation.brief.rungs))
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    messages = [
        *script_messages(ScriptPage(negotiation, script, None), WORDS),
        cancelled_message(CancelledPage(negotiation), WORDS),
        nudge_message(NudgePage(Occasion(negotiation, rung, rung, at, True, None, None), script), WORDS),
    ]

    assert "sealed-" not in json.dumps([(message.text, message.blocks) for message in messages])


@settings(max_examples=40, deadline=None)
@given(long_texts)
def test_a_nudge_is_one_message_whatever_the_script(text: str) -> None:
    rung = next(iter(NEGOTIATION.brief.rungs))
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    message = nudge_message(
        NudgePage(Occasion(NEGOTIATION, rung, rung, at, False, None, "Asia/Tokyo"), Script(text, text, text)), WORDS
    )

    check_sizes([message])


@settings(max_examples=40, deadline=None)
@given(long_texts, st.integers(2, TOGETHER.at_most))
def test_a_digest_is_one_message_whatever_its_scripts_and_titles(text: str, count: int) -> None:
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    brief = replace(NEGOTIATION.brief, title=text or "t", counterpart=text)
    ready = [replace(NEGOTIATION, id=f"N{number}", brief=brief) for number in range(count)]
    script, rung = Script(text, text, text), Rung.MINUTES
    pages = tuple(NudgePage(Occasion(one, rung, rung, at, True, SNOOZE, "Asia/Tokyo"), script) for one in ready)
    message = digest_message(DigestPage(pages), WORDS)

    check_sizes([message])
    assert [block["type"] for block in message.blocks].count("actions") == count


def test_an_answer_takes_the_place_of_its_own_nudge_only() -> None:
    at = datetime(2026, 5, 3, 12, tzinfo=UTC)
    ready = [replace(NEGOTIATION, id=f"N{n}", brief=replace(NEGOTIATION.brief, title=f"Title {n}")) for n in range(3)]
    script, rung = Script("g", "n", "p"), Rung.MINUTES
    pages = tuple(NudgePage(Occasion(one, rung, rung, at, False, None, None), script) for one in ready)
    shown = digest_message(DigestPage(pages), WORDS)
    after = answered_message(Mrkdwn("done with it"), "N1", {"blocks": shown.blocks})

    assert [title in after.text for title in ("Title 0", "Title 1", "Title 2")] == [True, False, True]
    assert after.text.count("done with it") == 1
    assert [block["type"] for block in after.blocks].count("actions") == 2
    assert answered_message(Mrkdwn("done"), "N1").text == "done"


@settings(max_examples=40, deadline=None)
@given(long_texts, st.sampled_from(["not_in_channel", "made_up"]))
def test_a_failure_can_always_be_told(title: str, code: str) -> None:
    negotiation = replace(NEGOTIATION, brief=replace(NEGOTIATION.brief, title=title))

    check_sizes([failed_message(FailedPage(negotiation, code), WORDS)])


def test_a_cancelled_line_is_struck_and_has_no_buttons() -> None:
    message = cancelled_message(CancelledPage(NEGOTIATION), WORDS)

    assert message.text == "~Acme renewal~ Cancelled by <@U1>"
    assert [block["type"] for block in message.blocks] == ["section"]
