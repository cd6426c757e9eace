"""A person at the page, who reads and presses what a person reads and presses."""

import re
from collections.abc import Mapping
from datetime import datetime

from playwright.async_api import Locator, Page, expect

from tests.journeys.steps import BRIEF

NOTHING: Mapping[str, str] = {}


class Visitor:
    """Ann or another, at the page in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def modal(self) -> Locator:
        return self.page.locator("#modal")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("article")

    @property
    def composer(self) -> Locator:
        return self.page.locator(".composer textarea")

    async def become(self, name: str) -> None:
        await self.page.get_by_role("radio", name=name).check(force=True)
        await expect(self.page.get_by_role("radio", name=name)).to_be_checked()

    async def open(self, name: str) -> None:
        await self.page.get_by_role("navigation").get_by_role("button", name=name).click()
        await expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    async def type(self, text: str) -> None:
        """Types into the composer and presses Enter."""
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def titled(self, title: str) -> Locator:
        """The modal, once its title is that."""
        await expect(self.modal.get_by_role("heading", level=2)).to_have_text(title)
        return self.modal

    def field(self, label: str) -> Locator:
        return self.modal.get_by_label(re.compile(rf"^{re.escape(label)}( \(optional\))?$"))

    async def fill(self, meeting: datetime | None = None, changes: Mapping[str, str] = NOTHING) -> None:
        """Fills the open form with the usual brief; `meeting` is a wall time of the person's own."""
        for label, text in {**BRIEF, **changes}.items():
            await self.field(label).fill(text)
        if meeting:
            await self.field("Date").fill(f"{meeting:%Y-%m-%d}")
            await self.field("Time").fill(f"{meeting:%H:%M}")

    async def press(self, label: str) -> None:
        """Presses a button of the modal where one is open, else of the channel."""
        place = self.modal if await self.modal.is_visible() else self.page.get_by_role("main")
        await place.get_by_role("button", name=label, exact=True).click()

    async def leave(self) -> None:
        """Closes the modal."""
        await self.modal.get_by_role("button", name="Close", exact=True).first.click()
        await expect(self.modal).to_be_hidden()

    async def post(self, meeting: datetime | None = None, changes: Mapping[str, str] = NOTHING) -> None:
        """From the command to the script in the channel."""
        await self.type("/winwin")
        await self.titled("Prepare a win-win")
        await self.fill(meeting, changes)
        await self.press("Review script")
        await self.titled("Your script")
        await self.press("Post script")
        await self.titled("Posted")
        await self.leave()
