"""From `/winwin` to the script in the channel."""

import asyncio
import re
import threading
from datetime import timedelta

from tests.journeys.conftest import Office
from tests.journeys.steps import BRIEF, in_, post, review, script_in
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of


async def test_from_the_command_to_the_script(people: People) -> None:
    said = await review(people.ann, Meeting=in_(people.ann, days=3))
    assert "My goal is to keep the budget under $100M for this project" in said
    assert "another supplier at $98M" in said

    await people.ann.submit("Post script")
    posted = text_of(await people.ann.view("Posted"))

    assert "Posted in" in posted
    assert "Reminders at" in posted
    script = script_in(people.ann)
    for text in (script["text"], text_of(script)):
        assert "My goal is to keep the budget under $100M for this project" in text
        assert "I understand your side needs to keep at least a 25% margin" in text
        assert "I propose a 3-month package at $95M" in text
        assert "$98M" not in text


async def test_the_form_opens_before_any_other_call_and_without_the_database(people: People, office: Office) -> None:
    """The database is busy until the form stands; the zone is asked for behind it."""
    held, free = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(_: object) -> None:
        loop.call_soon_threadsafe(held.set)
        free.wait(30)

    reading = asyncio.ensure_future(office.bot.stores.people.database.read(hold))
    writing = asyncio.ensure_future(office.bot.stores.people.database.run(hold))
    await held.wait()
    try:
        await people.ann.command("/winwin")
        await people.ann.view("Prepare a win-win")
        (opened,) = await people.calls("views.open")
    finally:
        free.set()
        await asyncio.gather(reading, writing)
    await people.ann.press("Save draft")
    await people.ann.until(lambda state: "Draft saved" in text_of(state["views"][-1]))
    await office.bot.stop()  # finishes what nobody waits for

    (asked,) = await people.calls("users.info")
    assert asked["started"] >= opened["ended"]


async def test_words_behind_the_command_become_the_title(people: People) -> None:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.view("Prepare a win-win")

    assert people.ann.field("What is it about?") == "Acme renewal"
    assert people.ann.field("Post the script to") == people.ann.channel("#deals")["id"]


async def test_one_unknown_word_is_answered_privately_with_a_way_on(people: People) -> None:
    await people.ann.command("/winwin hlep")
    (line,) = people.ann.private_lines()
    assert "/winwin help" in line
    assert people.ben.private_lines() == []

    await people.ann.press('Prepare "hlep"')
    await people.ann.view("Prepare a win-win")
    assert people.ann.field("What is it about?") == "hlep"


async def test_help_is_private(people: People) -> None:
    await people.ann.command("/winwin help")

    (line,) = people.ann.private_lines()
    assert "three layers" in line
    assert people.ann.views == []


async def test_the_shortcut_opens_the_same_form(people: People) -> None:
    await people.ann.shortcut("prepare")

    await people.ann.view("Prepare a win-win")


async def test_the_gate_names_each_empty_layer_on_its_field(people: People) -> None:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.view()
    for label, value in BRIEF.items():
        await people.ann.fill(label, value)
    await people.ann.fill("My Win", "money")
    await people.ann.fill("Their Win", "n/a")
    await people.ann.fill("Our Shared Win", "...")
    await people.ann.submit()

    assert set(people.ann.errors()) == {"My Win", "Their Win", "Our Shared Win"}
    assert "I want this" in people.ann.errors()["My Win"]


async def test_the_same_text_twice_is_an_error_on_the_later_field(people: People) -> None:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.view()
    for label, value in (BRIEF | {"Their Win": "Keep the budget under $100M, for this project!"}).items():
        await people.ann.fill(label, value)
    await people.ann.submit()

    assert set(people.ann.errors()) == {"Their Win"}


async def test_a_meeting_in_the_past_is_an_error_on_its_field(people: People) -> None:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.view()
    for label, value in (BRIEF | {"Meeting": in_(people.ann, minutes=-5)}).items():
        await people.ann.fill(label, value)
    await people.ann.submit()

    assert set(people.ann.errors()) == {"Meeting"}


async def test_a_meeting_too_near_for_a_nudge_offers_to_rehearse_now(people: People) -> None:
    said = await review(people.ann, Meeting=in_(people.ann, minutes=10))
    assert "Too close for a reminder" in said

    await people.ann.press("Rehearse now")
    await people.ann.until(lambda state: len(state["views"]) == 2 and state["views"][1]["submit"] == "Rehearsed")


async def test_back_to_edit_has_every_field_as_it_was(people: People) -> None:
    meeting = in_(people.ann, days=2).replace(microsecond=0)
    await review(people.ann, Meeting=meeting, Remind_me_to_rehearse=["15 minutes before"])
    await people.ann.press("Back to edit")
    await people.ann.view("Prepare a win-win")

    for label, value in BRIEF.items():
        assert people.ann.field(label) == value
    assert people.ann.field("Meeting") == int(meeting.timestamp())
    assert people.ann.field("Remind me to rehearse") == ["15"]
    assert people.ann.field("Post the script to") == people.ann.channel("#deals")["id"]


async def test_kept_private_is_sent_to_its_owner_alone(people: People) -> None:
    await review(people.ann)
    await people.ann.press("Keep it private")
    assert "Kept private, sent to you" in text_of(await people.ann.view("Kept private"))

    assert "My goal is to" in people.ann.dm()[-1]["text"]
    assert [one for one in people.ann.messages("#deals") if one["from"] == "bot"] == []


async def test_without_a_place_keeping_private_is_the_submit(people: People) -> None:
    await review(people.ann, Post_the_script_to=None)

    assert people.ann.front()["submit"] == "Keep it private"


async def test_a_colleague_makes_the_private_way_the_first(people: People) -> None:
    await review(people.ann, Their_Slack_name="Ben Ortiz")
    assert people.ann.front()["submit"] == "Keep it private"

    await people.ann.press("Post script", confirm=True)
    await people.ann.view("Posted")
    assert script_in(people.ben)


async def test_what_is_typed_cannot_act(people: People) -> None:
    hostile = "<!channel> <@U0BEN> <https://evil.test|click> & ```*_~ I'll win"
    script = await post(people.ann, My_Win=f"keep {hostile}", Counterpart=hostile)

    for text in (script["text"], text_of(script)):
        assert "<!channel>" not in text
        assert "&lt;!channel&gt;" in text
        assert "I'll win" in text


async def test_the_picked_instant_is_used_to_the_second(people: People) -> None:
    meeting = in_(people.ann, days=1, seconds=17).replace(microsecond=0)
    script = await post(people.ann, Meeting=meeting)

    assert f"<!date^{int(meeting.timestamp())}^" in script["text"]


async def test_reminders_are_named_before_posting(people: People) -> None:
    meeting = in_(people.ann, hours=1).replace(microsecond=0)
    said = await review(people.ann, Meeting=meeting)

    assert f"<!date^{int((meeting - timedelta(minutes=15)).timestamp())}^" in said
    assert f"<!date^{int((meeting - timedelta(hours=2)).timestamp())}^" not in said


THREAT = "Drop to 80 % or we will find another supplier. Take it or leave it."


async def test_the_review_quotes_what_the_coach_noticed(people: People) -> None:
    said = await review(people.ann, My_Win=THREAT)

    assert "“or we will find another supplier”" in said or "another supplier" in said
    assert "Better:" in said


async def test_a_finding_can_be_dismissed_for_this_brief(people: People) -> None:
    await review(people.ann, My_Win="Take it or leave it at 80 %")
    before = text_of(people.ann.front())
    (noticed, *_) = re.findall("“.+?”", before)
    await people.ann.press("Not what I meant")
    await people.ann.until(lambda state: noticed not in text_of(state["views"][-1]))

    await people.ann.press("Back to edit")
    await people.ann.view("Prepare a win-win")
    await people.ann.submit()
    assert noticed not in text_of(await people.ann.view("Your script"))


async def test_a_better_wording_goes_into_the_field_and_nothing_is_lost(people: People) -> None:
    typed = "Keep the project in budget. Take it or leave it at 80 %"
    await review(people.ann, My_Win=typed)
    await people.ann.press("Use this wording")
    await people.ann.view("Prepare a win-win")
    better = people.ann.field("My Win")

    assert better.startswith("Keep the project in budget. ")
    assert "leave it" not in better
    assert f"Your words before: {typed}" in text_of(people.ann.front())

    await people.ann.fill("My Win", better.replace("...", "a plan"))
    await people.ann.press("Save draft")
    await people.ann.until(lambda state: "Draft saved" in text_of(state["views"][-1]))
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.press("Back to edit")
    await people.ann.view("Prepare a win-win")
    await people.ann.fill("Counterpart", "Acme Ltd")
    await people.ann.press("Take my words back")
    await people.ann.until(lambda state: "Your words before" not in text_of(state["views"][-1]))

    assert people.ann.field("My Win") == typed
    assert people.ann.field("Counterpart") == "Acme Ltd"


async def test_more_findings_are_folded(people: People) -> None:
    await review(
        people.ann,
        My_Win=THREAT,
        Their_Win="You always say no, they want 20 % more",
        Our_Shared_Win="Meet in the middle, split the difference",
    )
    folded = text_of(people.ann.front()).count("Better:")
    (more,) = [
        one["text"]["text"]
        for block in people.ann.front()["blocks"]
        for one in block.get("elements", [])
        if "more" in one.get("text", {}).get("text", "")
    ]
    await people.ann.press(more)
    await people.ann.until(lambda state: text_of(state["views"][-1]).count("Better:") > folded)
    assert folded == 3
