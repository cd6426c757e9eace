"""Forms: every element the bot uses, errors on their fields, stacked and updated views, and the keyboard's way."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.states import Json, actions, button, channel, input_, option, section, view

pytestmark = pytest.mark.asyncio(loop_scope="session")

RUNGS = [option("1 day before", "1440"), option("2 hours before", "120")]
CONFIRM: Json = {
    "title": {"type": "plain_text", "text": "Post it?"},
    "text": {"type": "mrkdwn", "text": "Everybody in <#C0DEALS> can read it."},
    "confirm": {"type": "plain_text", "text": "Post"},
    "deny": {"type": "plain_text", "text": "Not now"},
}


async def opened(stage: Stage, *blocks: Json, **changes: Any) -> None:
    await stage.show(views=[view(*blocks, **changes)])
    await expect(stage.modal).to_be_visible()


async def test_a_field_is_tied_to_its_label_hint_and_error(stage: Stage) -> None:
    blocks = [input_("My Win", hint="What must you achieve?", block_id="win"), input_("Place", optional=True)]
    await opened(stage, *blocks, errors={"win": "You're still at “I want this”."})
    field = stage.modal.get_by_label("My Win")

    await expect(field).to_have_accessible_description("You're still at “I want this”. What must you achieve?")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_attribute("aria-required", "true")
    await expect(stage.modal.get_by_label("Place (optional)")).not_to_have_attribute("aria-required", "true")
    await expect(stage.modal.get_by_role("alert")).to_have_text("One field needs another look.")


async def test_a_counter_counts_letters_and_cuts_nothing(stage: Stage) -> None:
    await opened(stage, input_("Title", max_length=10, block_id="title"))
    field, counter = stage.modal.get_by_label("Title"), stage.modal.locator(".counter")
    await field.fill("🤝🤝🤝")
    await expect(counter).to_have_text("3 / 10")
    await field.fill("longer than ten")

    await expect(counter).to_have_text("5 too many")
    await expect(field).to_have_value("longer than ten")


async def test_people_and_channels_are_picked_from_what_the_workspace_offers(stage: Stage) -> None:
    choices = {
        "who": {"a": [{"id": "U0BEN", "name": "Ben Ortiz"}]},
        "where": {"a": [{"id": "C0DEALS", "name": "deals"}]},
    }
    who = input_("Who", "users_select", block_id="who", optional=True)
    where = input_("Where", "conversations_select", block_id="where", optional=True)
    await opened(stage, who, where, choices=choices, values={"where": {"a": "C0DEALS"}})

    await expect(stage.modal.get_by_label("Where").locator("option:checked")).to_have_text("#deals")
    await stage.modal.get_by_label("Who").select_option("Ben Ortiz")
    await stage.until_did("input", block_id="who", value="U0BEN")
    await stage.modal.get_by_label("Where").select_option("No channel chosen")
    await stage.until_did("input", block_id="where", value=None)


async def test_boxes_are_ticked_one_by_one(stage: Stage) -> None:
    boxes = input_("Remind me", "checkboxes", options=RUNGS, block_id="rungs", optional=True)
    await opened(stage, boxes, values={"rungs": {"a": ["1440", "120"]}})
    group = stage.modal.get_by_role("group", name="Remind me")

    await group.get_by_label("1 day before").uncheck()
    await stage.until_did("input", value=["120"])
    await group.get_by_label("2 hours before").uncheck()
    await stage.until_did("input", value=[])


async def test_one_of_several_is_picked(stage: Stage) -> None:
    radios = input_("How", "radio_buttons", options=RUNGS, block_id="how")
    await opened(stage, radios, input_("Which", "static_select", options=RUNGS, block_id="which"))

    await stage.modal.get_by_role("radio", name="2 hours before").check()
    await stage.until_did("input", block_id="how", value="120")
    await stage.modal.get_by_label("Which").select_option("1 day before")
    await stage.until_did("input", block_id="which", value="1440")


async def test_an_input_that_dispatches_tells_the_bot_at_once(stage: Stage) -> None:
    boxes = input_("Remind me", "checkboxes", options=RUNGS, block_id="rungs", dispatch_action=True)
    await opened(stage, boxes)
    await stage.modal.get_by_label("1 day before").click()

    told = await stage.until_did("action")
    assert (told["view_id"], told["block_id"], told["value"]) == ("V1", "rungs", ["1440"])


async def test_what_the_page_cannot_show_is_said(stage: Stage) -> None:
    await opened(stage, input_("File", "file_input"), {"type": "video"}, actions({"type": "workflow_button"}))

    await expect(stage.modal.locator(".unknown")).to_have_text(
        [
            "This page cannot show “file_input”.",
            "This page cannot show “video”.",
            "This page cannot show “workflow_button”.",
        ]
    )


async def test_enter_in_a_line_submits_and_errors_take_the_focus(stage: Stage) -> None:
    win = input_("My Win", block_id="win", multiline=True)
    title = input_("Title", block_id="title")
    await opened(stage, title, win)
    stage.answers["submit"] = (200, {"acked": True, "sent": True, "errors": {"win": "Too little."}})
    await stage.modal.get_by_label("Title").fill("Acme")
    await stage.modal.get_by_label("Title").press("Enter")
    await stage.until_did("submit", view_id="V1")
    await stage.show(views=[view(title, win, errors={"win": "Too little."})])

    await expect(stage.modal.get_by_label("My Win")).to_be_focused()


async def test_while_the_bot_thinks_a_second_submission_is_not_sent(stage: Stage) -> None:
    await opened(stage, section("Ready?"), busy=True)

    submit = stage.modal.get_by_role("button", name="Send it")
    await expect(submit).to_have_attribute("aria-busy", "true")
    await submit.click()
    await stage.modal.get_by_role("button", name="Not now").click()
    await stage.until_did("close")

    assert stage.did("submit") == []


async def test_trouble_with_the_bot_is_said_in_the_form(stage: Stage) -> None:
    await opened(stage, section("Ready?"), trouble="We had some trouble connecting. Try again?")

    await expect(stage.modal.get_by_role("alert")).to_contain_text("We had some trouble connecting")


async def test_an_unanswered_click_is_said_beside_its_button(stage: Stage) -> None:
    row = {**actions(button("Save draft")), "block_id": "row"}
    await opened(stage, row, warning={"block_id": "row", "action_id": "press", "text": "It did not respond."})

    await expect(stage.modal.locator(".actions").get_by_role("alert")).to_have_text("It did not respond.")


async def test_a_button_asks_first_where_it_must(stage: Stage) -> None:
    await opened(stage, actions(button("Post script", confirm=CONFIRM)))
    press, question = stage.modal.get_by_role("button", name="Post script"), stage.page.get_by_role("alertdialog")

    for way_out in ("Not now", "Escape"):
        await press.click()
        await expect(question).to_have_accessible_name("Post it?")
        await expect(question).to_contain_text("Everybody in #deals can read it.")
        if way_out == "Escape":
            await stage.page.keyboard.press("Escape")
        else:
            await question.get_by_role("button", name=way_out).click()
        await expect(question).to_be_hidden()
    assert stage.did("action") == []

    await press.click()
    await question.get_by_role("button", name="Post", exact=True).click()
    assert (await stage.until_did("action"))["confirmed"] is True


async def test_the_upper_of_stacked_views_is_shown_and_leads_back(stage: Stage) -> None:
    below, above = view(section("below")), view(section("above"), id="V2", title="Second", previous_view_id="V1")
    await stage.show(views=[below, above])
    await expect(stage.modal).to_have_accessible_name("Second")
    await expect(stage.modal).not_to_contain_text("below")

    await stage.modal.get_by_role("button", name="Back").click()
    await stage.until_did("close", view_id="V2", all=False)
    await stage.show(views=[below])
    await expect(stage.modal).to_contain_text("below")
    await expect(stage.modal.get_by_role("button", name="Back")).to_have_count(0)


async def test_the_cross_closes_all_and_the_button_only_the_uppermost(stage: Stage) -> None:
    await opened(stage, section("Ready?"))
    await stage.modal.get_by_role("button", name="Close").click()
    await stage.until_did("close", all=True)
    await stage.modal.get_by_role("button", name="Not now").click()
    await stage.until_did("close", all=False)


async def test_a_view_that_submits_nothing_has_no_submit_button(stage: Stage) -> None:
    await opened(stage, section("Posted."), submit=None)

    await expect(stage.modal.get_by_role("button", name="Send it")).to_have_count(0)


async def test_escape_leaves_an_open_menu_first_and_then_the_form(stage: Stage) -> None:
    menu = {"type": "overflow", "action_id": "menu", "options": [option("Edit", "edit")]}
    await opened(stage, actions(menu))
    await stage.modal.get_by_role("button", name="More choices").click()
    await expect(stage.modal.get_by_role("menuitem")).to_be_focused()

    await stage.page.keyboard.press("Escape")
    await expect(stage.modal.get_by_role("menuitem")).to_be_hidden()
    assert stage.did("close") == []
    await stage.page.keyboard.press("Escape")
    await stage.until_did("close", view_id="V1", all=False)


async def test_tab_goes_round_within_the_form_and_the_focus_returns_after(stage: Stage) -> None:
    await stage.show()
    composer = stage.page.locator(".composer textarea")
    await composer.focus()
    await opened(stage, input_("Title"), input_("Meeting", "datetimepicker"))
    await expect(stage.modal.get_by_label("Title")).to_be_focused()

    inside = "() => document.querySelector('#modal').contains(document.activeElement)"
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 30:
        await stage.page.keyboard.press(key)
        assert await stage.page.evaluate(inside)
    await stage.show()
    await expect(stage.modal).to_be_hidden()
    await expect(composer).to_be_focused()


async def test_when_the_focused_button_goes_the_focus_stays_in_the_form(stage: Stage) -> None:
    await opened(stage, {**actions(button("Continue")), "block_id": "more"}, input_("Title", block_id="title"))
    await stage.modal.get_by_role("button", name="Continue").focus()
    await opened(stage, input_("Title", block_id="title"))

    assert await stage.page.evaluate("() => document.querySelector('#modal').contains(document.activeElement)")


async def test_each_person_has_a_form_of_their_own(stage: Stage) -> None:
    await opened(stage, section("Ann's"))
    await stage.show(me="U0BEN", channels=[channel("C0PAY", "pay")])

    await expect(stage.modal).to_be_hidden()
