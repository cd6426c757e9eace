"""Readable for everybody: enough contrast in light and dark, no sideways scrolling on a small screen, alphabets."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import expect

from tests.browser.stage import Stage
from tests.browser.states import NOW, actions, button, channel, input_, message, option, section, view

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCHEMES: list[Literal["dark", "light"]] = ["light", "dark"]

FAINT = (Path(__file__).parent / "faint.js").read_text()

RINGED = """() => {
  const at = document.activeElement;
  const style = getComputedStyle(at.closest(".person, .composer .line") ?? at);
  const composer = getComputedStyle(at.closest(".composer") ?? at);
  return [at.tagName, style.outlineStyle !== "none" || composer.boxShadow !== "none"];
}"""
"""What has the focus, and whether a ring shows it: its own, its card's, or the composer's."""


async def crowded(stage: Stage) -> None:
    """A channel with everything in it."""
    row = {**actions(button("Rehearse", style="primary"), button("Delete", "d", style="danger")), "block_id": "row"}
    small = {"type": "context", "elements": [{"type": "mrkdwn", "text": "small *print*"}]}
    words = "<@U0ANN> <@U0BEN> <!here> <#C0DEALS> `code` <https://a.test|link> ~gone~\n> a quote\n```block```"
    reply = message("a reply", ts=f"{NOW}.000200", thread_ts=f"{NOW}.000100")
    warned = {"block_id": "row", "action_id": "press", "text": "It did not respond."}
    await stage.show(
        messages=[
            message(words, section(words), small, row, warning=warned, replies=[reply]),
            message("only you", ts=f"{NOW}.000300", ephemeral=True),
            message("", ts=f"{NOW}.000400", deleted=True),
        ],
        channels=[channel("C0ACME", "acme", "shared"), channel("D0ANN", "Win-Win", "dm", can_write=False)],
        faults=[{"id": 1, "where": "views.open", "what": "missing required field: title"}],
        connections=0,
        offset=4_000,
    )


async def form(stage: Stage) -> None:
    await stage.show(
        views=[
            view(
                input_("Title", hint="One line.", max_length=3, block_id="title"),
                input_("Place", "conversations_select", optional=True),
                input_("Meeting", "datetimepicker", optional=True),
                input_("Remind me", "checkboxes", options=[option("1 day before", "1440")]),
                values={"title": {"a": "too long"}},
                errors={"title": "Too long."},
            )
        ]
    )


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_every_word_stands_out_from_its_ground(stage: Stage, scheme: Literal["dark", "light"]) -> None:
    await stage.page.emulate_media(color_scheme=scheme)
    for scene in (crowded, form):
        await scene(stage)
        assert await stage.page.evaluate(FAINT) == []


@pytest.mark.parametrize("width", [1280, 1000, 700, 400])
async def test_nothing_needs_sideways_scrolling(stage: Stage, width: int) -> None:
    await stage.page.set_viewport_size({"width": width, "height": 800})
    for scene in (crowded, form):
        await scene(stage)
        assert await stage.page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert await stage.page.evaluate("() => document.querySelector('main').scrollWidth") <= width


async def test_a_long_word_breaks_and_each_line_finds_its_direction(stage: Stage) -> None:
    await stage.show(messages=[message("x" * 500 + "\nنقترح عقدًا لمدة عام\n他们需要利润 🤝")])
    text = stage.messages.locator(".text")

    assert await text.evaluate("(text) => text.scrollWidth <= text.clientWidth")
    assert await text.evaluate("(text) => getComputedStyle(text).unicodeBidi") == "plaintext"


async def test_the_keyboards_place_is_visible(stage: Stage) -> None:
    await stage.show(messages=[message("", actions(button("Rehearse")))])
    await stage.page.keyboard.press("Tab")
    seen = set()
    for _ in range(25):
        await stage.page.keyboard.press("Tab")
        name, ringed = await stage.page.evaluate(RINGED)
        seen.add(name)
        assert ringed or name == "BODY"
    assert {"BUTTON", "INPUT", "TEXTAREA"} <= seen


async def test_who_wants_less_motion_gets_none(stage: Stage) -> None:
    await stage.show()
    await expect(stage.page.locator(".composer .plain")).to_have_css("transition-duration", "0s")
