"""The pictures of the README. `pytest tests/browser --pictures` puts them into docs/."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Locator

from tests.browser.visitor import Visitor
from tests.journeys.conftest import Office

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEETING = datetime(2030, 5, 9, 15, 30)  # noqa: DTZ001 - a wall time, picked as such
WORDS = {
    "Their Win": "They need to maintain at least a 25% margin",
    "Our Shared Win": "a 3-month package at $95M, plus a one-year partnership commitment, so you get stable revenue, "
    "and I get a better price",
}
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def docs(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where the pictures go."""
    wanted = request.config.getoption("--pictures", default=False)
    folder = Path(__file__).parents[2] / "docs" if wanted else tmp_path
    folder.mkdir(exist_ok=True)
    return folder


async def visitor(browser: Browser, office: Office, scheme: Literal["dark", "light"], height: int) -> Visitor:
    page = await browser.new_page(
        viewport={"width": 1010, "height": height}, device_scale_factor=2, color_scheme=scheme
    )
    await page.goto(office.server.url)
    await page.get_by_role("button", name="Hide this").click()
    return Visitor(page)


async def take(shown: Locator, path: Path) -> None:
    """Takes a picture, and checks that it is one."""
    await shown.page.mouse.move(0, 0)
    await shown.page.evaluate("() => document.activeElement.blur()")
    picture = await shown.screenshot(path=path, animations="disabled", caret="hide")
    assert picture.startswith(SIGNATURE)


async def test_the_form(browser: Browser, office: Office, docs: Path) -> None:
    """The three wins, the walk-away, and where the script goes."""
    ann = await visitor(browser, office, "light", 944)
    await ann.type("/winwin")
    await ann.titled("Prepare a win-win")
    await ann.fill(MEETING, WORDS)
    await ann.field("My Win").evaluate("(field) => field.closest('.block').scrollIntoView()")
    await take(ann.modal, docs / "form.png")
    await ann.page.close()


async def test_the_script(browser: Browser, office: Office, docs: Path) -> None:
    ann = await visitor(browser, office, "light", 850)
    await ann.post(MEETING, WORDS)
    await take(ann.page.get_by_role("main"), docs / "script.png")
    await ann.page.close()


async def test_the_nudge_in_the_dark(browser: Browser, office: Office, docs: Path) -> None:
    ann = await visitor(browser, office, "dark", 620)
    await ann.post(MEETING, WORDS)
    await ann.page.get_by_role("button", name="Jump to the next nudge").click()
    await ann.open("Win-Win")
    await ann.messages.get_by_role("button", name="Practise now").wait_for()
    await take(ann.page.get_by_role("main"), docs / "nudge.png")
    await ann.page.close()
