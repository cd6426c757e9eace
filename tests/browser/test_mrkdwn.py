"""Mrkdwn as Slack reads it, and nothing typed that acts."""

from html import escape as html
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.wording.mrkdwn import escape
from tests.browser.stage import Stage
from tests.browser.states import NOW, channel, message

pytestmark = pytest.mark.asyncio(loop_scope="session")

RENDERED = [
    ("plain words", "plain words"),
    ("*bold* _italic_ ~gone~ `code`", "<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>"),
    ("*bold _and italic_*", "<strong>bold <em>and italic</em></strong>"),
    ("_*both*_", "<em><strong>both</strong></em>"),
    ("(*bold*), *bold*.", "(<strong>bold</strong>), <strong>bold</strong>."),
    ("2*3*4 snake_case_name a~b~c", "2*3*4 snake_case_name a~b~c"),
    ("* not bold * and *not bold *", "* not bold * and *not bold *"),
    ("*two\nlines*", "*two\nlines*"),
    ("*left open, _closed_", "*left open, <em>closed</em>"),
    ("*crossed _over* here_", "<strong>crossed _over</strong> here_"),
    ("** and __ and ~~", "** and __ and ~~"),
    ("`*no* _styles_ in code`", "<code>*no* _styles_ in code</code>"),
    ("*`code` in bold*", "<strong><code>code</code> in bold</strong>"),
    ("```\nas *it* is\n```", "<pre>as *it* is</pre>"),
    ("before ```a\nb``` after", "before <pre>a\nb</pre> after"),
    ("&amp; &lt; &gt;", "&amp; &lt; &gt;"),
    ("&amp;lt; once", "&amp;lt; once"),
    ("`&lt;b&gt;`", "<code>&lt;b&gt;</code>"),
    ("> quoted\n> *twice*\nafter", "<blockquote>quoted\n<strong>twice</strong></blockquote>after"),
    ("before\n>quoted\n>\n>more", "before<blockquote>quoted\n\nmore</blockquote>"),
    ("&gt; an escaped one too", "<blockquote>an escaped one too</blockquote>"),
    (">>> all\nthe rest", "<blockquote>all\nthe rest</blockquote>"),
    ("• one\n• two\n1. three", "• one\n• two\n1. three"),
    ("<@U0BEN>", '<span class="mention">@Ben Ortiz</span>'),
    ("<@U0ANN>", '<span class="mention mine">@Ann Keller</span>'),
    ("<#C0DEALS>", '<button type="button" class="mention">#deals</button>'),
    ("<#C0HIDDEN>", '<span class="mention">#private channel</span>'),
    ("<!channel> <!here>", '<mark class="mention">@channel</mark> <mark class="mention">@here</mark>'),
    ("<!subteam^S012|@buyers>", '<mark class="mention">@buyers</mark>'),
    ("<javascript:alert(1)|click>", "<span>click</span>"),
    ("<data:text/html,x>", "<span>data:text/html,x</span>"),
    (f"<!date^{NOW}^{{date_num}} {{time}}|then>", '<time title="then (as sent)">2026-09-01 14:00</time>'),
    (f"<!date^{NOW}^{{nonsense}}|then>", '<time title="then (as sent)">then</time>'),
    ("<!date^soon^{time}|then>", '<time title="then (as sent)">then</time>'),
    ("<>", "&lt;&gt;"),
    ("a < b and c > d", "a &lt; b and c &gt; d"),
]


async def test_what_mrkdwn_looks_like(stage: Stage) -> None:
    await stage.show(messages=[message(text, ts=f"{NOW}.{n:06}") for n, (text, _) in enumerate(RENDERED)])
    texts = stage.messages.locator(".text")
    shown = await texts.evaluate_all("(texts) => texts.map((text) => text.innerHTML)")

    assert list(zip((text for text, _ in RENDERED), shown, strict=True)) == RENDERED


async def test_names_come_from_the_workspace_and_else_from_the_message(stage: Stage) -> None:
    await stage.show(messages=[message("<@U0BOT> <@U0GONE|dana> <@U0GONE>")])

    assert await stage.messages.locator(".mention").all_inner_texts() == ["@Win-Win", "@dana", "@unknown"]


async def test_a_link_leads_out_and_tells_nobody_where_from(stage: Stage) -> None:
    await stage.show(messages=[message("<https://a.test/?x=1&amp;y_z=2|*label*> <mailto:a@b.test|write>")])
    out, write = await stage.messages.get_by_role("link").all()

    assert await out.get_attribute("href") == "https://a.test/?x=1&y_z=2"
    assert await out.get_attribute("rel") == "noopener noreferrer"
    assert await out.inner_text() == "*label*"
    assert await write.get_attribute("href") == "mailto:a@b.test"


async def test_a_channel_in_a_text_opens_it(stage: Stage) -> None:
    await stage.show(messages=[message("see <#C0PAY>")], channels=[channel("C0PAY", "pay")])
    await stage.messages.get_by_role("button", name="#pay").click()

    assert await stage.page.get_by_role("heading", level=1).inner_text() == "pay"


async def test_an_escaped_text_is_shown_letter_by_letter(stage: Stage) -> None:
    hostile = "<script>alert(1)</script> <!channel> <@U0BEN> &amp; <https://evil.test|click> &lt;"
    await stage.show(messages=[message(escape(hostile))])

    assert await stage.messages.locator(".text").inner_html() == html(hostile, quote=False)


def flat(parts: list[dict[str, Any]]) -> str:
    """All the text in a tree of parts."""
    return "".join(part["text"] if "text" in part else flat(part["parts"]) for part in parts)


def kinds(parts: list[dict[str, Any]]) -> set[str]:
    return {part["kind"] for part in parts}.union(*(kinds(part.get("parts", [])) for part in parts))


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab é中🤝 *_~`<>&@#!|^\n;gtlamp", max_size=40), min_size=20, max_size=20))
async def test_whatever_is_typed_only_styles_act(stage: Stage, typed: list[str]) -> None:
    trees = await stage.module("mrkdwn", "given.map(it.parse)", [escape(text) for text in typed])

    for text, parts in zip(typed, trees, strict=True):
        assert kinds(parts) <= {"text", "bold", "italic", "strike", "code", "pre", "quote"}
        unstyled = str.maketrans("", "", "*_~`>\n ")
        assert flat(parts).translate(unstyled) == text.translate(unstyled)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("a *_~`<>&@!|^{}\n;", max_size=60), min_size=20, max_size=20))
async def test_any_raw_text_is_read_without_a_fault(stage: Stage, raw: list[str]) -> None:
    trees = await stage.module("mrkdwn", "given.map(it.parse)", raw)

    assert len(trees) == len(raw)
