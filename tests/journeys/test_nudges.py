"""Nudges: private, at their time, with something to answer; nothing after the meeting, nothing twice."""

from datetime import timedelta

from tests.journeys.conftest import Office
from tests.journeys.steps import in_, keep_private, post
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of


async def test_the_ladder_comes_privately_rung_by_rung(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    for _ in range(3):
        assert await people.jump() is not None
    await people.ann.until(lambda _: len(people.ann.dm()) == 3)
    focuses = [nudge["text"] for nudge in people.ann.dm()]

    assert "Think it through" in focuses[0]
    assert "Say it out loud" in focuses[1]
    assert "three lines" in focuses[2]
    for text in focuses:
        assert "My goal is to keep the budget" in text
        assert "$98M" not in text
    assert await people.jump() is None
    await people.ben.look()
    assert people.ben.dm() == []


async def test_rehearsed_ends_the_ladder_and_says_so(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Rehearsed", people.ann.dm()[-1])

    await people.ann.until(lambda _: "No more reminders" in people.ann.dm()[-1]["text"])
    assert all(block["type"] != "actions" for block in people.ann.dm()[-1]["blocks"])
    assert await people.jump() is None


async def test_a_snooze_brings_it_back(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, hours=4), Remind_me_to_rehearse=["2 hours before"])
    before = await people.jump() or 0
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Snooze 15 minutes", people.ann.dm()[-1])
    await people.ann.until(lambda _: "I remind you again at" in people.ann.dm()[-1]["text"])

    after = await people.jump() or 0
    assert 890 <= after - before <= 910
    await people.ann.until(lambda _: len(people.ann.dm()) == 2)


async def test_the_last_nudge_snoozes_for_five_minutes(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, hours=4), Remind_me_to_rehearse=["15 minutes before"])
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())

    assert "Snooze 5 minutes" in text_of(people.ann.dm()[-1])


async def test_stop_silences_it(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Stop", people.ann.dm()[-1])
    await people.ann.until(lambda _: "no more reminders" in people.ann.dm()[-1]["text"])

    assert await people.jump() is None


async def test_a_moved_meeting_moves_its_nudges(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    before = await people.jump() or 0
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Meeting moved", people.ann.dm()[-1])
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Move it")
    await people.ann.fill("Meeting", in_(people.ann, days=30))
    await people.ann.submit()
    await people.ann.view("Meeting moved")

    days = ((await people.jump() or 0) - before) / 86400
    assert 28 < days < 30


async def test_practise_now_opens_the_rehearsal(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Practise now", people.ann.dm()[-1])

    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Rehearsed")


async def test_a_rehearsal_and_a_move_settle_the_nudge_they_began_at(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())
    await people.ann.press("Meeting moved", people.ann.dm()[-1])
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Move it")
    await people.ann.fill("Meeting", in_(people.ann, days=30))
    await people.ann.submit()
    await people.ann.until(lambda _: "is now at" in people.ann.dm()[-1]["text"])
    await people.ann.close()

    await people.jump()
    await people.ann.until(lambda _: len(people.ann.dm()) == 2)
    await people.ann.press("Practise now", people.ann.dm()[-1])
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Rehearsed")
    await people.ann.submit("Rehearsed")

    await people.ann.until(lambda _: "No more reminders" in people.ann.dm()[-1]["text"])
    assert all(block["type"] != "actions" for nudge in people.ann.dm() for block in nudge["blocks"])


async def test_a_snooze_that_comes_too_late_settles_it(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    for _ in range(2):
        await people.jump()
    await people.ann.until(lambda _: len(people.ann.dm()) == 2)
    first, second = people.ann.dm()
    await people.ann.press("Rehearsed", second)
    await people.ann.press("Snooze 15 minutes", first)

    await people.ann.until(lambda _: "are over" in people.ann.dm()[0]["text"])


async def test_a_nudge_is_punctual_in_real_time(people: People) -> None:
    await post(people.ann, Meeting=in_(people.ann, minutes=15, seconds=2), Remind_me_to_rehearse=["15 minutes before"])

    await people.ann.until(lambda _: people.ann.dm())
    assert "It could not" not in people.ann.dm()[-1]["text"]
    assert "late" not in people.ann.dm()[-1]["text"]


async def test_after_being_down_one_late_message_stands_for_the_ladder(people: People, office: Office) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await office.bot.stop()
    office.clock.jump(office.clock.now() + timedelta(days=3, minutes=-10))
    await office.start_bot()

    await people.ann.until(lambda _: people.ann.dm())
    assert await people.jump() is None
    (nudge,) = people.ann.dm()
    assert "This is late" in nudge["text"]


async def test_nothing_comes_once_the_meeting_began(people: People, office: Office) -> None:
    await post(people.ann, Meeting=in_(people.ann, days=3))
    await office.bot.stop()
    office.clock.jump(office.clock.now() + timedelta(days=4))
    await office.start_bot()

    assert await people.jump() is None
    await people.ann.look()
    assert people.ann.dm() == []


async def test_two_meetings_that_are_close_share_one_message_and_keep_their_own_buttons(people: People) -> None:
    last = ["15 minutes before"]
    for title, minutes in (("Acme renewal", 0), ("Delivery dates", 3)):
        meeting = in_(people.ann, hours=4) + timedelta(minutes=minutes)
        await keep_private(
            people.ann, **{"What is it about?": title, "Meeting": meeting, "Remind me to rehearse": last}
        )
    await people.jump()
    await people.ann.until(lambda _: len(people.ann.dm()) == 3)
    digest = people.ann.dm()[-1]
    assert digest["text"].startswith("*2 of your meetings are close.*")

    await people.ann.press("Rehearsed", digest)  # the first button is the nearer meeting's

    await people.ann.until(lambda _: "Acme renewal*: rehearsed" in people.ann.dm()[-1]["text"])
    left = people.ann.dm()[-1]
    assert "Delivery dates* with" in left["text"]
    assert [block["type"] for block in left["blocks"]].count("actions") == 1
    assert await people.jump() is None

    await people.ann.press("Stop", left)
    await people.ann.until(lambda _: "Delivery dates*: no more" in people.ann.dm()[-1]["text"])
    assert "actions" not in [block["type"] for block in people.ann.dm()[-1]["blocks"]]
