"""What stands in a channel: messages, threads, private lines, buttons; and what must not be overlooked."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.states import NOW, actions, button, channel, input_, message, option, section, view

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_blocks_are_shown_in_the_place_of_the_text(stage: Stage) -> None:
    heading = {"type": "header", "text": {"type": "plain_text", "text": "A <b>head</b> *as is*"}}
    small = {"type": "context", "elements": [{"type": "mrkdwn", "text": "small *print*"}]}
    pair = {
        "type": "section",
        "fields": [{"type": "mrkdwn", "text": "*left*"}, {"type": "plain_text", "text": "*right*"}],
    }
    await stage.show(
        messages=[message("only the text", heading, section("a *section*"), {"type": "divider"}, small, pair)]
    )

    await expect(stage.messages.get_by_role("heading", level=3)).to_have_text("A <b>head</b> *as is*")
    await expect(stage.messages.locator("strong")).to_have_text(["Win-Win", "section", "print", "left"])
    await expect(stage.messages.get_by_role("separator")).to_have_count(1)
    await expect(stage.messages).to_contain_text("*right*")
    await expect(stage.messages).not_to_contain_text("only the text")


async def test_a_button_sends_its_place_once_however_often_it_is_clicked(stage: Stage) -> None:
    press = {**actions(button("Rehearse", style="primary")), "block_id": "row"}
    await stage.show(messages=[message("", press)])
    await stage.messages.get_by_role("button", name="Rehearse").dblclick()
    await stage.until_did("action")

    place = {"channel": "C0DEALS", "ts": f"{NOW}.000100", "block_id": "row", "action_id": "press"}
    assert stage.did("action") == [{"user": "U0ANN", **place}]


async def test_a_button_beside_a_text(stage: Stage) -> None:
    await stage.show(messages=[message("", section("Ready?", accessory=button("Rehearse now")))])
    await stage.messages.get_by_role("button", name="Rehearse now").click()

    await stage.until_did("action", action_id="press")


async def test_a_menu_is_walked_with_the_arrows_and_sends_its_choice(stage: Stage) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": [option("Edit", "e"), option("Take it back", "t")]}
    await stage.show(messages=[message("", {**actions(menu), "block_id": "row"})])
    await stage.messages.get_by_role("button", name="More choices").press("Enter")
    first, second = await stage.messages.get_by_role("menuitem").all()
    await expect(first).to_be_focused()
    await first.press("ArrowDown")
    await expect(second).to_be_focused()
    await second.press("ArrowDown")
    await expect(first).to_be_focused()
    await first.press("End")
    await second.press("Enter")

    assert (await stage.until_did("action"))["value"] == "t"
    await expect(second).to_be_hidden()


async def test_replies_stand_below_their_message(stage: Stage) -> None:
    reply = message("the rest", ts=f"{NOW}.000200", thread_ts=f"{NOW}.000100")
    await stage.show(messages=[message("the script", replies=[reply])])
    thread = stage.page.get_by_role("region", name="Thread")

    await expect(thread).to_contain_text("1 reply")
    await expect(thread.get_by_role("article")).to_contain_text("the rest")


async def test_messages_appear_change_and_go(stage: Stage) -> None:
    later = message("second", ts=f"{NOW}.000200")
    await stage.show(messages=[message("first"), later])
    await expect(stage.messages).to_have_count(2)
    await stage.show(messages=[message("first, mended", edited=True), later])
    await expect(stage.messages.first).to_contain_text("first, mended (edited)")
    await stage.show(messages=[message(deleted=True, replies=[]), later])
    await expect(stage.messages.first).to_contain_text("This message was deleted.")
    await stage.show(messages=[later])
    await expect(stage.messages).to_have_count(1)


async def test_private_lines_say_that_they_are(stage: Stage) -> None:
    await stage.show(messages=[message("For your eyes.", actions(button("Undo")), ephemeral=True)])

    await expect(stage.messages).to_contain_text("Only visible to you")
    await expect(stage.messages.get_by_role("button", name="Undo")).to_be_visible()


async def test_each_day_begins_with_its_name(stage: Stage) -> None:
    days = [message("old", ts=f"{NOW - 86_400 * 9}.000100"), message("new"), message("newer", ts=f"{NOW + 5}.000100")]
    await stage.show(messages=days)

    await expect(stage.page.locator(".day")).to_have_text(["Sunday, August 23rd", "Today"])


async def test_news_elsewhere_is_counted_until_it_is_read(stage: Stage) -> None:
    dm = channel("D0ANN", "Win-Win", "dm", can_write=False)
    await stage.show(channels=[dm])
    news = message("a nudge", ts=f"{NOW + 60}.000100", channel="D0ANN")
    await stage.show(channels=[{**dm, "messages": [news]}], now=NOW + 60)
    place = stage.page.get_by_role("navigation").get_by_role("button", name="Win-Win")

    await expect(place).to_contain_text("1")
    await place.click()
    await expect(stage.messages).to_contain_text("a nudge")
    await expect(place).not_to_contain_text("1")
    await expect(stage.page.get_by_text("Sending messages to this app has been turned off.")).to_be_visible()


async def test_the_log_follows_the_newest_unless_the_reader_scrolled_up(stage: Stage) -> None:
    many = [message(f"line {n}", ts=f"{NOW}.{n:06}") for n in range(1, 60)]
    await stage.show(messages=many)
    log = stage.page.get_by_role("log")
    at_end = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    assert await log.evaluate(at_end)
    await stage.show(messages=[*many, message("one more", ts=f"{NOW}.000100")])
    assert await log.evaluate(at_end)

    await log.evaluate("(log) => { log.scrollTop = 100; }")
    await stage.show(messages=[*many, message("and one more", ts=f"{NOW}.000100")])
    assert await log.evaluate("(log) => log.scrollTop") == 100


async def test_who_acts_is_taken_to_where_the_answer_comes(stage: Stage) -> None:
    many = [message(f"line {n}", ts=f"{NOW}.{n:06}") for n in range(1, 60)]
    await stage.show(messages=many)
    await stage.page.get_by_role("log").evaluate("(log) => { log.scrollTop = 100; }")
    await stage.page.locator(".composer textarea").fill("/winwin help")
    await stage.page.locator(".composer textarea").press("Enter")
    await stage.until_did("command")
    await stage.show(messages=[*many, message("the answer", ts=f"{NOW}.000100", ephemeral=True)])

    await expect(stage.messages.last).to_be_in_viewport()


async def test_a_link_to_a_message_opens_its_channel_there(stage: Stage) -> None:
    scripts = [message(f"line {n}", ts=f"{NOW}.{n:06}", channel="C0PAY") for n in range(1, 60)]
    link = f"<{stage.origin}/archives/C0PAY/p{NOW}000003|open it>"
    await stage.show(messages=[message(link)], channels=[channel("C0PAY", "pay", messages=scripts)])
    await stage.messages.get_by_role("link", name="open it").click()

    target = stage.page.locator(".message.target")
    await expect(target).to_contain_text("line 3")
    await expect(target).to_be_in_viewport()
    assert stage.page.url == f"{stage.origin}/archives/C0PAY/p{NOW}000003"
    await stage.page.go_back()
    await expect(target).to_have_count(0)


async def test_a_refused_payload_is_shown_loudly_until_it_is_seen(stage: Stage) -> None:
    fault = {"id": 1, "where": "views.open", "what": "missing required field: <b>title</b>"}
    await stage.show(faults=[fault])
    loud = stage.page.get_by_role("alert").filter(has_text="Slack would not have taken this")

    await expect(loud).to_contain_text("views.open missing required field: <b>title</b>")
    await loud.get_by_role("button", name="Seen").click()
    await stage.until_did("faults")
    await stage.show()
    await expect(loud).to_have_count(0)


async def test_a_fault_is_seen_over_an_open_form_too(stage: Stage) -> None:
    fault = {"id": 1, "where": "views.update", "what": "must be less than 3001 characters"}
    await stage.show(faults=[fault], views=[view(input_("Title"))])

    await expect(stage.modal.get_by_role("alert").filter(has_text="Slack would not")).to_contain_text("views.update")


async def test_a_bot_that_is_not_there_is_told(stage: Stage) -> None:
    await stage.show(connections=0)
    await expect(stage.page.get_by_text("Win-Win is not connected yet.")).to_be_visible()


async def test_a_sandbox_that_went_away_is_told_and_found_again(stage: Stage) -> None:
    await stage.show()
    await stage.hang_up()
    lost = stage.page.get_by_text("The sandbox does not answer. Still trying")
    await expect(lost).to_be_visible()
    await expect(lost).to_have_count(0)


async def test_the_bot_is_invited_and_removed(stage: Stage) -> None:
    await stage.show(channels=[channel("C0SUPPLY", "supply", bot_is_member=False)])
    await stage.page.get_by_role("navigation").get_by_role("button", name="supply").click()
    await stage.page.get_by_role("button", name="Invite Win-Win").click()
    await stage.until_did("invite", channel="C0SUPPLY")
    await stage.show(channels=[channel("C0SUPPLY", "supply")])
    await stage.page.get_by_role("button", name="Remove Win-Win").click()
    await stage.until_did("remove", channel="C0SUPPLY")


async def test_a_channel_shared_with_another_company_warns(stage: Stage) -> None:
    await stage.show(channels=[channel("C0ACME", "acme-shared", "shared")])
    await stage.page.get_by_role("navigation").get_by_role("button", name="acme-shared").click()

    await expect(stage.page.get_by_text("a counterpart may read along")).to_be_visible()


async def test_the_shortcut_says_where_the_person_looks(stage: Stage) -> None:
    await stage.show()
    await stage.page.get_by_role("button", name="Prepare a win-win").click()

    await stage.until_did("shortcut", callback_id="prepare", channel="C0DEALS")


async def test_a_jump_says_how_far_and_a_second_one_that_nothing_is_left(stage: Stage) -> None:
    await stage.show(offset=3600)
    stage.answers["jump"] = (200, {"offset_seconds": 3600 + 85_500})
    jump, clock = stage.page.get_by_role("button", name="Jump to the next nudge"), stage.page.locator(".clock")
    await jump.click()
    await expect(clock.get_by_role("status")).to_contain_text("Jumped 23 h 45 min ahead.")
    await stage.show(offset=3600 + 85_500)
    await expect(clock).to_contain_text("1 d 45 min ahead of the real time")

    stage.answers["jump"] = (200, {"offset_seconds": None})
    await jump.click()
    await expect(clock.get_by_role("status")).to_contain_text("Nothing is planned.")


async def test_the_clock_runs(stage: Stage) -> None:
    await stage.show()
    face = stage.page.locator("#time")
    await expect(face).to_have_text(re.compile(r"Sep 1, 2026, 14:00:\d\d"))
    await expect(face).not_to_have_text("Sep 1, 2026, 14:00:00")


async def test_what_cannot_be_done_is_said_in_the_sandboxes_own_words(stage: Stage) -> None:
    stage.answers["message"] = (409, {"error": "You are not in this channel."})
    await stage.show()
    composer = stage.page.locator(".composer textarea")
    await composer.fill("hello")
    await composer.press("Enter")

    await expect(stage.page.get_by_role("alert").filter(has_text="You are not in this channel.")).to_be_visible()
    await expect(composer).to_have_value("hello")


async def test_the_guide_types_the_command_and_can_be_hidden(stage: Stage) -> None:
    await stage.show()
    guide = stage.page.get_by_role("complementary", name="What is this?")
    await guide.get_by_role("button", name="/winwin").click()
    await expect(stage.page.locator(".composer textarea")).to_have_value("/winwin")
    await expect(stage.page.locator(".composer textarea")).to_be_focused()

    await guide.get_by_role("button", name="Hide this").click()
    await expect(guide).to_have_count(0)
    await stage.page.get_by_role("button", name="What is this?").click()
    await expect(guide).to_be_visible()
