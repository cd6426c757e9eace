"""What is typed is kept in the workspace, and nothing that happens meanwhile disturbs the typing."""

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.states import Json, actions, button, input_, message, section, view

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARET = "(field) => [field.value, field.selectionStart, document.activeElement === field]"


def form() -> Json:
    return view(
        input_("Title", block_id="title"),
        input_("My Win", block_id="win", multiline=True),
        input_("Meeting", "datetimepicker", block_id="when", optional=True),
    )


async def test_what_is_typed_arrives_with_its_place(stage: Stage) -> None:
    await stage.show(views=[form()])
    await stage.modal.get_by_label("Title").press_sequentially("Acme")

    kept = await stage.until_did("input", value="Acme")
    assert kept == {"user": "U0ANN", "view_id": "V1", "block_id": "title", "action_id": "a", "value": "Acme"}


async def test_an_update_leaves_focus_caret_and_typing_alone(stage: Stage) -> None:
    await stage.show(views=[form()])
    field = stage.modal.get_by_label("My Win")
    await field.press_sequentially("keep budget")
    await stage.until_did("input", value="keep budget")
    await field.evaluate("(field) => field.setSelectionRange(5, 5)")

    blocks = [
        section("You have unfinished work:", block_id="more"),
        {**actions(button("Continue")), "block_id": "on"},
        *form()["blocks"],
    ]
    values = {"win": {"a": "keep budget"}}
    await stage.show(views=[{**form(), "hash": "2", "blocks": blocks, "values": values}])

    await expect(stage.modal.get_by_role("button", name="Continue")).to_be_visible()
    assert await field.evaluate(CARET) == ["keep budget", 5, True]
    await field.press_sequentially("the ")
    await expect(field).to_have_value("keep the budget")


async def test_an_older_state_does_not_overtake_what_is_typed(stage: Stage) -> None:
    await stage.show(views=[form()])
    stage.answers["input"] = (200, {"version": 1_000})
    await stage.modal.get_by_label("Title").fill("Acme renewal")
    await stage.until_did("input", value="Acme renewal")

    await stage.show(views=[{**form(), "values": {"title": {"a": "Ac"}}}])
    await expect(stage.modal.get_by_label("Title")).to_have_value("Acme renewal")


async def test_the_bot_may_fill_a_field_in_which_nobody_types(stage: Stage) -> None:
    await stage.show(views=[form()])
    await stage.show(views=[{**form(), "hash": "2", "values": {"title": {"a": "from the draft"}}}])

    await expect(stage.modal.get_by_label("Title")).to_have_value("from the draft")


async def test_a_value_that_cannot_be_kept_is_told_and_stays_in_its_field(stage: Stage) -> None:
    stage.answers["input"] = (409, {"error": "That form is closed."})
    await stage.show(views=[form()])
    await stage.modal.get_by_label("Title").fill("too late")

    await expect(stage.modal.get_by_role("alert")).to_have_text("That form is closed.")
    await stage.show(views=[form()])
    await expect(stage.modal.get_by_label("Title")).to_have_value("too late")


async def test_everything_typed_arrives_before_a_button_acts(stage: Stage) -> None:
    await stage.show(views=[view(*form()["blocks"], actions(button("Save draft")))])
    await stage.modal.get_by_label("Title").fill("Acme")
    await stage.modal.get_by_role("button", name="Save draft").click()
    await stage.until_did("action")

    assert [verb for verb, _ in stage.acts] == ["input", "action"]


async def test_a_date_alone_is_given_a_time_and_both_make_an_instant(stage: Stage) -> None:
    await stage.show(views=[form()])
    await stage.modal.get_by_label("Date").fill("2026-09-03")
    await stage.until_did("input", value=1_788_440_400)  # 2026-09-03 15:00 in Berlin, the next full hour
    await stage.modal.get_by_label("Time").fill("09:30")

    await stage.until_did("input", value=1_788_420_600)
    await stage.modal.get_by_role("button", name="Clear").click()
    await stage.until_did("input", value=None)
    await expect(stage.modal.get_by_label("Date")).to_have_value("")
    await expect(stage.modal.get_by_label("Time")).to_have_value("")


async def test_a_time_stays_while_its_date_is_picked_anew(stage: Stage) -> None:
    await stage.show(views=[{**form(), "values": {"when": {"a": 1_788_420_600}}}])
    await expect(stage.modal.get_by_label("Time")).to_have_value("09:30")
    await stage.modal.get_by_label("Date").fill("")
    await stage.until_did("input", value=None)

    await expect(stage.modal.get_by_label("Time")).to_have_value("09:30")
    await stage.modal.get_by_label("Date").fill("2026-09-04")
    await stage.until_did("input", value=1_788_420_600 + 86_400)


async def test_the_composer_keeps_its_text_for_each_person_and_channel(stage: Stage) -> None:
    await stage.show(messages=[message("hello")])
    composer = stage.page.locator(".composer textarea")
    await composer.press_sequentially("half a thought")

    await stage.show(messages=[message("hello"), message("more", ts="1788264001.000100")])
    assert await composer.evaluate(CARET) == ["half a thought", 14, True]
    await stage.show(me="U0BEN")
    await expect(composer).to_have_value("")
    await stage.show()
    await expect(composer).to_have_value("half a thought")


async def test_enter_sends_and_shift_enter_makes_a_line(stage: Stage) -> None:
    await stage.show()
    composer = stage.page.locator(".composer textarea")
    await composer.press_sequentially("one")
    await composer.press("Shift+Enter")
    await composer.press_sequentially("two")
    await composer.press("Enter")

    said = await stage.until_did("message")
    assert said == {"user": "U0ANN", "channel": "C0DEALS", "text": "one\ntwo"}
    await expect(composer).to_have_value("")


async def test_a_command_is_hinted_and_completed(stage: Stage) -> None:
    await stage.show()
    composer = stage.page.locator(".composer textarea")
    await composer.fill("/wi")
    await expect(stage.page.locator(".composer .hint")).to_contain_text("/winwin [what it is about] · Prepare")
    await stage.page.locator(".composer").get_by_role("button", name="/winwin").click()
    await expect(composer).to_have_value("/winwin ")
    await expect(composer).to_be_focused()

    await composer.press_sequentially("Acme")
    await composer.press("Enter")
    await stage.until_did("command", text="/winwin Acme", channel="C0DEALS")


async def test_commands_do_not_work_in_threads(stage: Stage) -> None:
    await stage.show(messages=[message("hello")])
    await stage.messages.hover()
    await stage.page.get_by_role("button", name="Reply in thread").click()
    composer = stage.page.get_by_label("Reply in thread")
    await expect(composer).to_be_focused()
    await composer.fill("/winwin")
    await composer.press("Enter")
    await expect(stage.page.get_by_role("main").get_by_role("alert")).to_contain_text("do not work in threads")

    await composer.fill("I agree")
    await composer.press("Enter")
    await stage.until_did("message", text="I agree", thread_ts="1788264000.000100")
