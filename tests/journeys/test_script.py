"""The script in the channel: its owner changes it in place, nobody else can, and nothing is a one-way door."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.conftest import Office
from tests.journeys.steps import in_, keep_private, post, script_in, settled
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of


def _scripts(people: People) -> list[str]:
    return [one["text"] for one in people.ann.messages("#deals") if one["from"] == "bot" and not one["ephemeral"]]


async def test_somebody_elses_click_is_answered_privately_and_changes_nothing(people: People) -> None:
    before = await post(people.ann)
    await people.ben.look()
    for choice in ("Edit", "Reschedule", "Take it back", "Cancel the negotiation"):
        await people.ben.choose(choice, script_in(people.ben))
    await people.ben.press("Rehearse", script_in(people.ben))
    await settled(people, people.ben, "somebody else")

    assert people.ben.views == []
    assert len(people.ben.private_lines()) == 5
    await people.ann.look()
    assert people.ann.private_lines() == []
    assert script_in(people.ann)["text"] == before["text"]


async def test_an_edit_changes_the_same_message(people: People) -> None:
    before = await post(people.ann)
    await people.ann.choose("Edit", before)
    await people.ann.view("Prepare a win-win")
    await people.ann.until(lambda _: people.ann.front()["submit"] == "Review script")
    await people.ann.fill("My Win", "a 12 % discount")
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.submit("Update script")
    await people.ann.view("Posted")

    after = script_in(people.ann)
    assert after["ts"] == before["ts"]
    assert "12 % discount" in after["text"]


async def test_rescheduling_shows_the_new_time(people: People) -> None:
    script = await post(people.ann, Meeting=in_(people.ann, days=1))
    meeting = in_(people.ann, days=3).replace(microsecond=0)
    await people.ann.choose("Reschedule", script)
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Move it")
    await people.ann.fill("Meeting", in_(people.ann, days=-1))
    await people.ann.submit()
    assert set(people.ann.errors()) == {"Meeting"}

    await people.ann.fill("Meeting", meeting)
    await people.ann.submit()
    await people.ann.view("Meeting moved")
    await people.ann.until(lambda _: f"<!date^{int(meeting.timestamp())}^" in script_in(people.ann)["text"])


async def test_taking_back_deletes_the_message_and_keeps_the_brief(people: People) -> None:
    await people.ann.choose("Take it back", await post(people.ann))
    await people.ann.until(lambda _: _scripts(people) == [])

    await people.ann.command("/winwin")
    await people.ann.until(lambda state: state["views"] and "Continue Acme renewal" in text_of(state["views"][-1]))
    await people.ann.press("Continue Acme renewal")
    await people.ann.until(lambda _: people.ann.field("What is it about?") == "Acme renewal")
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.submit("Post script")
    await people.ann.view("Posted")
    assert len(_scripts(people)) == 1


async def test_cancelling_leaves_a_struck_line_that_can_be_undone(people: People) -> None:
    script = await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.ann.choose("Cancel the negotiation", script)
    await people.ann.until(lambda _: "Cancelled by" in script_in(people.ann)["text"])
    line = script_in(people.ann)
    assert line["text"].startswith("~Acme renewal~")
    assert [block["type"] for block in line["blocks"]] == ["section"]
    assert await people.jump() is None

    await people.ann.press("Undo")
    await people.ann.until(lambda _: _but_for_the_zone(script_in(people.ann)) == _but_for_the_zone(script))
    assert await people.jump() is not None


async def test_a_rehearsal_shows_the_three_sentences_and_ends_the_ladder(people: People) -> None:
    script = await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.ann.press("Rehearse", script)
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Rehearsed")
    said = text_of(people.ann.front())
    assert "My goal is to keep the budget" in said
    assert "I propose a 3-month package" in said

    await people.ann.submit("Rehearsed")
    await people.ann.view("Rehearsed")
    assert await people.jump() is None


async def test_a_private_script_has_the_same_buttons(people: People) -> None:
    script = await keep_private(people.ann)
    await people.ann.choose("Cancel the negotiation", script)

    await people.ann.until(lambda _: any("Cancelled by" in one["text"] for one in people.ann.dm()))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 600,
        "長期契約と収入" * 428,
        "R&D <budget> " * 230,
        "🤝 keep Anna " * 230,
        "budget-" * 428,
        "line\n" * 500,
    ],
    ids=["words", "chinese", "escaped", "emoji", "one-word", "lines"],
)
async def test_a_long_script_continues_in_its_thread(people: People, text: str) -> None:
    script = await post(people.ann, My_Win=text, Their_Win=f"{text[:2990]} b", Our_Shared_Win=f"{text[:2990]} c")

    assert script["text"].endswith("continued in the thread_")
    pieces = [script, *script["replies"]]
    for piece in pieces:
        assert len(piece["text"].encode()) <= 3800
        assert sum(len(str(block)) for block in piece["blocks"]) <= 10_000
    said = "".join("".join(piece["text"] for piece in pieces).split())
    shown = "".join(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
    plain = said.replace(">", "").replace("_continuedinthethread_", "")
    assert all("continued in the thread" not in piece["text"] for piece in script["replies"])
    assert plain.count(shown.replace(">", "")[:2900]) >= 1


async def test_an_edit_of_a_long_script_drops_its_replies(people: People) -> None:
    script = await post(people.ann, My_Win="word " * 600)
    assert script["replies"]
    await people.ann.choose("Edit", script)
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Review script")
    await people.ann.fill("My Win", "a 12 % discount")
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.submit("Update script")
    await people.ann.view("Posted")

    await people.ann.until(lambda _: script_in(people.ann)["replies"] == [])
    assert not script_in(people.ann)["text"].endswith("continued in the thread_")


async def test_an_undo_comes_too_late_after_a_minute(people: People, office: Office) -> None:
    await people.ann.choose("Cancel the negotiation", await post(people.ann))
    await settled(people, people.ann, "undo this for one minute")
    clock = office.clock
    clock.jump(clock.now() + timedelta(minutes=2))
    await people.ann.press("Undo")

    await settled(people, people.ann, "stays cancelled")


def _but_for_the_zone(message: dict[str, Any]) -> str:
    """Its text without the plain form of each time, which tells it in the zone that was known then."""
    return re.sub(r"\|[^>]*>", ">", message["text"])
