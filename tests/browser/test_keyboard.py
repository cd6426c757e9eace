"""The whole way without a mouse: from the command to the script, its menu, and its reminder."""

import pytest
from playwright.async_api import expect

from tests.browser.visitor import Visitor
from tests.journeys.steps import BRIEF

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAME = """() => {
  const at = document.activeElement;
  return at.labels?.[0]?.innerText ?? at.getAttribute("aria-label") ?? at.innerText;
}"""


async def tab_to(ann: Visitor, name: str, steps: int = 40) -> None:
    """Presses Tab until the element of that name has the focus."""
    for _ in range(steps):
        if str(await ann.page.evaluate(NAME)).startswith(name):
            return
        await ann.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name!r} by Tab")


async def test_one_may_type_at_once(ann: Visitor) -> None:
    await expect(ann.composer).to_be_focused()


async def test_prepare_review_and_post_with_keys_alone(ann: Visitor) -> None:
    keys = ann.page.keyboard
    await expect(ann.composer).to_be_visible()
    await tab_to(ann, "Message deals")
    await keys.type("/winwin")
    await keys.press("Enter")
    await ann.titled("Prepare a win-win")
    for label, text in BRIEF.items():
        await tab_to(ann, label)
        await keys.type(text)
    await tab_to(ann, "Review script")
    await keys.press("Enter")

    await ann.titled("Your script")
    await tab_to(ann, "Post script")
    await keys.press("Enter")
    await ann.titled("Posted")
    await keys.press("Escape")
    await expect(ann.modal).to_be_hidden()
    await expect(ann.composer).to_be_focused()
    await expect(ann.messages).to_contain_text("My goal is to keep the budget under $100M")


async def test_the_menu_of_a_script_with_keys_alone(ann: Visitor) -> None:
    await ann.post()
    keys = ann.page.keyboard
    await ann.page.get_by_role("log").focus()
    await tab_to(ann, "More choices")
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await keys.press("Enter")

    await ann.titled("Move the meeting")
    await keys.press("Escape")
    await expect(ann.modal).to_be_hidden()


async def test_another_person_and_another_channel_with_keys_alone(ann: Visitor) -> None:
    keys = ann.page.keyboard
    await expect(ann.composer).to_be_visible()
    await ann.page.get_by_role("radio", name="Ann Keller").focus()
    await keys.press("ArrowDown")
    await expect(ann.page.get_by_role("radio", name="Ben Ortiz")).to_be_checked()
    await expect(ann.page.get_by_role("radio", name="Ben Ortiz")).to_be_focused()

    await tab_to(ann, "supply")
    await keys.press("Enter")
    await expect(ann.page.get_by_role("heading", level=1)).to_have_text("supply")
