"""When things go wrong: a clear sentence, nothing lost, nothing twice."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.conftest import Office
from tests.journeys.steps import BRIEF, a_minute_passes, fill, in_, keep_private, post, review, script_in, settled
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of


async def test_a_channel_without_the_bot_says_how_to_invite_it(people: People) -> None:
    await review(people.ann, "#supply")
    await people.ann.submit("Post script")
    assert "/invite @Win-Win" in text_of(await people.ann.view("Not posted"))

    await people.invite("#supply")
    await people.ann.press("Try again")
    await people.ann.view("Posted")
    assert script_in(people.ann, "#supply")


async def test_a_script_that_slack_never_took_can_be_continued(people: People) -> None:
    await review(people.ann, "#supply")
    await people.ann.submit("Post script")
    await people.ann.view("Not posted")
    await people.ann.close(everything=True)
    await people.ann.command("/winwin")

    await people.ann.until(lambda state: state["views"] and "Continue Acme renewal" in text_of(state["views"][-1]))


async def test_a_database_that_hangs_closes_no_form(people: People, tmp_path: Path) -> None:
    await people.ann.command("/winwin")
    await people.ann.view()
    await fill(people.ann)
    with closing(sqlite3.connect(tmp_path / "winwin.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = await people.ann.submit()

    assert "Nothing is lost" in said["errors"].popitem()[1]
    await people.ann.submit()
    await people.ann.view("Your script")


async def test_another_place_can_be_chosen(people: People) -> None:
    await review(people.ann, "#supply")
    await people.ann.submit("Post script")
    await people.ann.view("Not posted")
    await people.ann.press("Choose another place")
    await people.ann.view("Prepare a win-win")
    assert people.ann.field("My Win") == BRIEF["My Win"]

    await people.ann.fill("Post the script to", "#deals")
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.submit()
    await people.ann.view("Posted")
    assert script_in(people.ann, "#deals")


async def test_a_closed_window_gets_the_error_as_a_private_message(people: People) -> None:
    await people.trouble("chat.postMessage", "hang", seconds=0.5)
    await review(people.ann, "#supply")
    await people.ann.submit("Post script")
    await people.ann.close(everything=True)

    await people.ann.until(lambda _: people.ann.dm())
    assert "/invite @Win-Win" in people.ann.dm()[-1]["text"]
    await people.invite("#supply")
    await people.ann.press("Try again", people.ann.dm()[-1])
    await people.ann.until(
        lambda _: any("My goal" in one["text"] for one in people.ann.messages("#supply") if not one["ephemeral"])
    )


@pytest.mark.parametrize(
    ("kind", "more"), [("rate_limited", {"retry_after": 1}), ("error", {"code": "service_unavailable"})]
)
async def test_a_busy_slack_gets_the_script_once(people: People, kind: str, more: dict[str, object]) -> None:
    await people.trouble("chat.postMessage", kind, **more)
    await post(people.ann)

    assert len([one for one in people.ann.messages("#deals") if one["from"] == "bot"]) == 1


async def test_a_script_of_which_nobody_knows_whether_it_arrived_waits_for_a_minute(people: People) -> None:
    await people.trouble("chat.postMessage", "lose")
    await review(people.ann)
    await people.ann.submit("Post script")
    await people.ann.until(lambda state: "not taken it yet" in text_of(state["views"][-1]))
    assert people.ann.messages("#deals") == []
    await a_minute_passes(people)

    await people.ann.view("Posted")
    assert len([one for one in people.ann.messages("#deals") if one["from"] == "bot"]) == 1


async def test_a_private_script_that_arrived_without_our_knowing_is_found(people: People) -> None:
    await keep_private(people.ann)  # the private channel is known from now on
    await people.trouble("chat.postMessage", "drop")
    await review(people.ann)
    await people.ann.press("Keep it private")
    await people.ann.until(lambda state: "not taken it yet" in text_of(state["views"][-1]))
    await people.jump()  # to the question whether it arrived

    await people.ann.view("Kept private")
    assert len(people.ann.dm()) == 2


@pytest.mark.parametrize("kind", ["http_500", "rate_limited"])
async def test_a_stumbling_slack_still_opens_the_form(people: People, kind: str) -> None:
    await people.trouble("views.open", kind)
    await people.ann.command("/winwin")

    await people.ann.view("Prepare a win-win")


async def test_a_form_that_does_not_open_is_offered_again(people: People) -> None:
    await people.trouble("views.open", "http_500", count=2)
    await people.ann.command("/winwin Acme renewal")
    await settled(people, people.ann, "Nothing is lost")
    await people.ann.press("Open the form")

    await people.ann.view("Prepare a win-win")
    assert people.ann.field("What is it about?") == "Acme renewal"


async def test_a_cut_socket_comes_back(people: People) -> None:
    await people.sockets("drop")
    await people.ann.until(lambda state: state["bot"]["connections"] > 0)
    await people.ann.command("/winwin")

    await people.ann.view("Prepare a win-win")


async def test_a_new_process_delivers_what_the_old_one_left(people: People, office: Office) -> None:
    await people.trouble("chat.postMessage", "error", code="service_unavailable")
    await review(people.ann)
    await people.ann.submit("Post script")
    await office.restart()

    await people.ann.view("Posted")
    assert len([one for one in people.ann.messages("#deals") if one["from"] == "bot"]) == 1


@pytest.mark.parametrize("code", ["message_not_found", "edit_window_closed"])
async def test_an_edit_that_slack_refuses_can_be_posted_again(people: People, code: str) -> None:
    script = await post(people.ann)
    await people.trouble("chat.update", "error", code=code)
    await people.ann.choose("Edit", script)
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Review script")
    await people.ann.fill("My Win", "a 12 % discount")
    await people.ann.submit()
    await people.ann.view("Your script")
    await people.ann.submit()
    await people.ann.view("Not changed")
    await people.ann.press("Post again")
    await people.ann.view("Posted")

    scripts = [one["text"] for one in people.ann.messages("#deals") if one["from"] == "bot"]
    assert "12 % discount" in scripts[-1]


async def test_a_database_that_fails_keeps_the_form_open(people: People, office: Office) -> None:
    await people.ann.command("/winwin")
    await people.ann.view()
    await fill(people.ann)
    await office.bot.stores.negotiations.database.close()
    await people.ann.submit()

    (error,) = people.ann.errors().values()
    assert "Nothing is lost" in error
    assert "Reference" in error
    assert people.ann.field("My Win") == BRIEF["My Win"]


async def test_nothing_that_people_write_reaches_the_log(
    people: People, caplog: pytest.LogCaptureFixture, office: Office
) -> None:
    caplog.set_level(logging.DEBUG)
    await people.trouble("chat.postMessage", "error", code="fatal_error")
    await people.trouble("views.update", "error", code="internal_error")
    await review(people.ann, Meeting=in_(people.ann, days=3), My_Win="keep the zebra budget")
    await people.ann.submit("Post script")
    await a_minute_passes(people)
    await people.ann.view("Posted")
    await people.jump()
    await people.ann.until(lambda _: people.ann.dm())

    for secret in ("zebra", "$98M", "xoxb-", "xapp-", "Acme"):
        assert secret not in caplog.text
