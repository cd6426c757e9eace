"""The product's story at the page: a real browser, the real bot."""

import re
from datetime import datetime

import pytest
from playwright.async_api import BrowserContext, Locator, expect

from tests.browser.visitor import Visitor
from tests.journeys.conftest import Office

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEETING = datetime(2030, 5, 9, 15, 30)  # noqa: DTZ001 - a wall time, picked as such


async def shows_moment(place: Locator, day: str, time: str) -> None:
    """The words around day and time are the bot's; here it matters whose day and time they are."""
    await expect(place.locator("time", has_text=day).filter(has_text=time).first).to_be_visible()


async def test_from_the_command_to_the_script_in_the_channel(ann: Visitor) -> None:
    await ann.type("/winwin Acme renewal")
    form = await ann.titled("Prepare a win-win")
    await expect(ann.field("What is it about?")).to_have_value("Acme renewal")
    await expect(ann.field("Post the script to").locator("option:checked")).to_have_text("#deals")
    await ann.fill(MEETING)

    await ann.press("Review script")
    review = await ann.titled("Your script")
    await shows_moment(review, "May 9, 2030", "15:30")
    await expect(review).to_contain_text("another supplier at $98M")
    await expect(review.locator("blockquote")).to_contain_text("My goal is to keep the budget under $100M")

    await ann.press("Post script")
    await expect(await ann.titled("Posted")).to_contain_text("Reminders at")
    await ann.leave()
    await expect(ann.messages).to_have_count(1)
    await expect(ann.messages).to_contain_text("I propose a 3-month package at $95M")
    await expect(ann.messages).not_to_contain_text("$98M")
    await expect(form).to_be_hidden()


async def test_each_empty_handed_layer_is_told_on_its_own_field(ann: Visitor) -> None:
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill(changes={"My Win": "money", "Their Win": "n/a"})
    await ann.press("Review script")

    for label in ("My Win", "Their Win"):
        await expect(ann.field(label)).to_have_attribute("aria-invalid", "true")
    await expect(ann.field("My Win")).to_be_focused()
    await expect(ann.field("My Win")).to_have_accessible_description(re.compile("You're still at “I want this”"))
    await expect(ann.modal.get_by_role("alert")).to_have_text("2 fields need another look.")
    await expect(ann.field("Our Shared Win")).not_to_have_attribute("aria-invalid", "true")


async def test_back_to_edit_has_everything_as_it_was(ann: Visitor) -> None:
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill(MEETING)
    await ann.field("1 day before").uncheck()
    await ann.press("Review script")
    await ann.titled("Your script")
    await ann.press("Back to edit")
    await ann.titled("Prepare a win-win")

    await expect(ann.field("My Win")).to_have_value("keep the budget under $100M for this project")
    await expect(ann.field("Date")).to_have_value("2030-05-09")
    await expect(ann.field("Time")).to_have_value("15:30")
    await expect(ann.field("1 day before")).not_to_be_checked()
    await expect(ann.field("2 hours before")).to_be_checked()


async def test_a_saved_draft_is_offered_again_and_what_is_typed_stays(ann: Visitor) -> None:
    await ann.type("/winwin Acme renewal")
    await ann.titled("Prepare a win-win")
    await ann.field("My Win").fill("keep the budget")
    await ann.press("Save draft")
    await expect(ann.modal).to_contain_text("Draft saved")
    await ann.leave()

    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.field("Counterpart").fill("typed at once")
    await expect(ann.modal.get_by_role("button", name="Continue Acme renewal")).to_be_visible()
    await expect(ann.field("Counterpart")).to_have_value("typed at once")

    await ann.press("Continue Acme renewal")
    await expect(ann.field("My Win")).to_have_value("keep the budget")


async def test_the_menu_moves_the_meeting(ann: Visitor) -> None:
    await ann.post(MEETING)
    await ann.page.get_by_role("button", name="More choices").click()
    await ann.page.get_by_role("menuitem", name="Reschedule").click()
    await ann.titled("Move the meeting")
    await expect(ann.field("Date")).to_have_value("2030-05-09")
    await ann.field("Time").fill("17:45")
    await ann.press("Move it")
    await ann.titled("Meeting moved")
    await ann.leave()

    await shows_moment(ann.messages.first, "May 9, 2030", "17:45")


async def test_taking_it_back_clears_the_channel(ann: Visitor) -> None:
    await ann.post()
    await ann.page.get_by_role("button", name="More choices").click()
    await ann.page.get_by_role("menuitem", name="Take it back").click()

    await expect(ann.messages.last).to_contain_text("Only visible to you")
    await expect(ann.messages.last).to_contain_text("is taken back")
    await expect(ann.messages).to_have_count(1)


async def test_cancelling_leaves_one_struck_line_and_can_be_undone(ann: Visitor) -> None:
    await ann.post()
    await ann.page.get_by_role("button", name="More choices").click()
    await ann.page.get_by_role("menuitem", name="Cancel the negotiation").click()
    await expect(ann.messages.first.locator("s")).to_have_text("Acme renewal")

    await ann.press("Undo")
    await expect(ann.messages.first).to_contain_text("My goal is to")


async def test_another_persons_click_changes_nothing_and_is_answered_privately(ann: Visitor) -> None:
    await ann.post()
    await ann.become("Ben Ortiz")
    await expect(ann.messages).to_contain_text("@Ann Keller")
    await ann.press("Rehearse")

    await expect(ann.messages.last).to_contain_text("This script belongs to somebody else")
    await expect(ann.messages.last).to_contain_text("Only visible to you")
    await ann.become("Ann Keller")
    await expect(ann.messages).to_have_count(1)


async def test_a_jump_brings_the_reminder_and_its_buttons(ann: Visitor) -> None:
    await ann.post(MEETING)
    await ann.page.get_by_role("button", name="Jump to the next nudge").click()
    await expect(ann.page.locator(".clock")).to_contain_text(re.compile(r"Jumped 1 d \d+ h (\d+ min )?ahead"))
    await ann.page.get_by_role("button", name="Read what Win-Win wrote").click()

    nudge = ann.messages.last
    await expect(nudge).to_contain_text("Think it through")
    await expect(nudge.locator("blockquote")).to_contain_text("I understand your side needs")
    await ann.press("Practise now")
    await expect((await ann.titled("Say it out loud")).get_by_role("heading", level=3).first).to_contain_text("My goal")
    await ann.leave()
    await ann.press("Rehearsed")
    await expect(nudge).to_contain_text("No more reminders for this meeting")
    await expect(nudge.get_by_role("button", name="Rehearsed")).to_have_count(0)

    await ann.page.get_by_role("button", name="Jump to the next nudge").click()
    await expect(ann.page.locator(".clock")).to_contain_text("Nothing is planned.")


async def test_everybody_reads_the_time_on_their_own_clock(ann: Visitor) -> None:
    await ann.post(MEETING)
    await shows_moment(ann.messages, "May 9, 2030", "15:30")

    await ann.become("Ben Ortiz")
    await shows_moment(ann.messages, "May 9, 2030", "9:30 AM")
    await ann.become("Chandra Rao")
    await shows_moment(ann.messages, "May 9, 2030", "7:00 PM")


async def test_a_reload_keeps_the_person_the_channel_and_the_form(ann: Visitor) -> None:
    await ann.become("Ben Ortiz")
    await ann.open("supply")
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    async with ann.page.expect_response("**/sandbox/input"):
        await ann.field("My Win").fill("typed before")
    await ann.page.reload()

    await ann.titled("Prepare a win-win")
    await expect(ann.field("My Win")).to_have_value("typed before")
    await ann.leave()
    await expect(ann.page.get_by_role("radio", name="Ben Ortiz")).to_be_checked()
    await expect(ann.page.get_by_role("heading", level=1)).to_have_text("supply")


async def test_a_channel_without_the_bot_says_so_and_one_click_invites_it(ann: Visitor) -> None:
    await ann.open("supply")
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill()
    await ann.press("Review script")
    await ann.titled("Your script")
    await ann.press("Post script")
    await expect(await ann.titled("Not posted")).to_contain_text("I am not a member of that channel")
    await ann.leave()

    await ann.press("Invite Win-Win")
    await expect(ann.page.get_by_role("button", name="Remove Win-Win")).to_be_visible()


async def test_posting_about_a_colleague_asks_first(ann: Visitor) -> None:
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill()
    await ann.field("Their Slack name").select_option("Ben Ortiz")
    await ann.press("Review script")
    await ann.titled("Your script")

    question = ann.page.get_by_role("alertdialog")
    await ann.press("Post script")
    await expect(question).to_contain_text("Everybody in #deals can read it")
    await question.get_by_role("button", name="Not now").click()
    await ann.titled("Your script")
    await ann.press("Post script")
    await question.get_by_role("button", name="Post script").click()
    await ann.titled("Posted")


async def test_the_link_to_the_script_opens_it_in_place(ann: Visitor, office: Office, context: BrowserContext) -> None:
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill()
    await ann.press("Review script")
    await ann.titled("Your script")
    await ann.press("Post script")
    link = (await ann.titled("Posted")).get_by_role("link", name="open it")
    address = await link.get_attribute("href")
    await ann.leave()

    page = await context.new_page()
    await page.goto(str(address))
    await expect(page.locator(".message.target")).to_contain_text("My goal is to")


async def test_hostile_words_stay_words_all_the_way(ann: Visitor) -> None:
    hostile = "<script>document.title = 'taken'</script> <!channel> <@U0BEN0001> & <img src=x onerror=alert(1)>"
    await ann.post(changes={"My Win": hostile, "Counterpart": hostile})

    await expect(ann.messages).to_contain_text(f"My goal: {hostile}")
    await expect(ann.messages.locator("script, img[src=x]")).to_have_count(0)
    await expect(ann.messages.locator(".mention")).to_have_count(1)
    await expect(ann.page).to_have_title("deals · Win-Win sandbox")


async def test_commands_that_there_are_not_are_told_and_the_typing_is_kept(ann: Visitor) -> None:
    await ann.type("/loselose now")

    await expect(ann.page.get_by_role("main").get_by_role("alert")).to_contain_text("/loselose is not a valid command")
    await expect(ann.composer).to_have_value("/loselose now")
