"""One Chromium for all tests of the page, and one empty workspace with the bot for each journey."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, async_playwright, expect

from tests.browser import chromium
from tests.browser.stage import Stage
from tests.browser.visitor import Visitor
from tests.journeys.conftest import Office
from tests.sandbox.driver import People

NEEDS_NONE = ("test_chromium.py", "test_files.py")
PATIENCE = 10_000
"""Milliseconds; long enough that only a thing that never comes runs into it."""
A_DAY = datetime(2030, 5, 7, 8, 0, tzinfo=UTC)
"""Far ahead of any machine's clock, and a working morning: the pictures show the same day whenever they are made."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="put the README's pictures into docs/")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leaves out what needs a browser where there is none; the summary says so."""
    is_test = collection_path.name.startswith("test_") and collection_path.name not in NEEDS_NONE
    return True if is_test and chromium.find() is None else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium.find() is None:
        terminalreporter.write_line(chromium.MISSING, red=True, bold=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        program, arguments = chromium.find(), chromium.arguments(os.getuid())
        assert program, chromium.MISSING
        expect.set_options(timeout=PATIENCE)
        browser = await playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        await browser.close()


def listen(context: BrowserContext) -> list[str]:
    """Gathers what the page complains of: script errors, and what the Content-Security-Policy had to stop. That the
    sandbox says no (409) is none."""
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "409 (Conflict)" not in message.text:
            complaints.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return complaints


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A window of its own. Whatever the page complains of in it fails the test."""
    context = await browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    complaints = listen(context)
    yield context
    await context.close()
    assert complaints == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def the_stage(browser: Browser) -> AsyncIterator[Stage]:
    """One window for all tests of the page alone."""
    context = await browser.new_context(reduced_motion="reduce")
    await context.add_init_script("sessionStorage.clear()")  # what the page would remember of the test before
    complaints = listen(context)
    stage = Stage(await context.new_page(), complaints)
    runner = await stage.serve()
    yield stage
    await context.close()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(the_stage: Stage) -> AsyncIterator[Stage]:
    """The page alone, with a workspace that the test makes up."""
    await the_stage.begin()
    yield the_stage
    assert the_stage.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    office = Office(tmp_path)
    office.clock.jump(A_DAY)
    office.server.workspace.offset_seconds = office.clock.offset.total_seconds()
    await office.open()
    yield office
    await office.close()


@pytest_asyncio.fixture(loop_scope="session")
async def people(office: Office) -> AsyncIterator[People]:
    """Everybody, at the human API: for what is not the page's part. What Slack would refuse fails the test."""
    async with People(office.server.url) as people:
        yield people
        assert await people.faults() == []


@pytest_asyncio.fixture(loop_scope="session")
async def ann(people: People, office: Office, context: BrowserContext) -> Visitor:
    """Ann, at the page in a browser."""
    page = await context.new_page()
    await page.goto(office.server.url)
    return Visitor(page)
