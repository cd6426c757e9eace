"""Every word comes from `templates/`; typed text in it shows as typed, and sealed text never does."""

import ast
import functools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Sealed, SealedError
from bot.wording.files import Folders, WordingError
from bot.wording.mrkdwn import Mrkdwn, escape
from bot.wording.words import Words, load_words

SLACK = Path(__file__).parents[2] / "bot" / "slack"


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words(Folders())


def test_typed_text_cannot_act(words: Words) -> None:
    said = words.mrkdwn("answer.undone", title="<!channel> & <https://evil.test|click>")

    assert "&lt;!channel&gt; &amp; &lt;https://evil.test|click&gt;" in said


def test_apostrophes_and_quotes_survive() -> None:
    assert escape('I\'ll say "yes"') == 'I\'ll say "yes"'


@given(st.text())
def test_escaping_twice_changes_nothing_and_hides_no_letter(text: str) -> None:
    once = escape(text)

    assert escape(once) == once
    shown = once.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == text.replace("\u202d", "").replace("\u202e", "")
    assert "<" not in once


@pytest.mark.parametrize("way", ["{title}", "{title!s}", "{title!r}", "{title:>10}"])
def test_sealed_text_cannot_be_said(way: str) -> None:
    words = Words({"leak": way}, {})

    for say in (words.say, words.mrkdwn):
        with pytest.raises(SealedError):
            say("leak", title=Sealed("below 80"))


SHARES = ("script.mrkdwn.j2", "nudge.mrkdwn.j2", "script_head.mrkdwn.j2", "script_wins.mrkdwn.j2")
SHOWN = (
    *("title", "counterpart", "counterpart_id", "meeting", "owner", "due"),
    *("my_win", "their_win", "shared_win", "goal", "need", "proposal"),
)


@given(st.sampled_from(SHARES), st.sampled_from(SHOWN), st.text(min_size=1))
def test_no_share_shows_sealed_text_wherever_it_strays(name: str, victim: str, secret: str) -> None:
    """Either the template has no place for it, or filling it in fails; the text itself never comes out."""
    values: dict[str, object] = dict.fromkeys(SHOWN, "") | {"late": True, "minutes": 15}
    values[victim] = Sealed(f"sealed {secret} sealed")
    try:
        shown = _words().render(name, **values)
    except SealedError:
        return

    assert "sealed" not in shown


@functools.cache
def _words() -> Words:
    return load_words(Folders())


def test_every_phrase_that_the_code_names_exists(words: Words) -> None:
    named = {
        node.args[0].value
        for path in SLACK.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("say", "mrkdwn")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert named
    assert {key for key in named if isinstance(key, str)} <= set(words.phrases)


def test_every_phrase_is_used(words: Words) -> None:
    code = "\n".join(path.read_text() for path in SLACK.rglob("*.py"))
    built = re.compile(
        r"^(error\.|form\.|failed\.|unreached\.|script\.(edit|reschedule|take_back|cancel)$|outcome\.|reschedule\.|review\.)"
    )

    unused = [key for key in words.phrases if not re.search(rf"[\"']{re.escape(key)}[\"']", code)]
    unused = [key for key in unused if not built.match(key)]

    assert unused == []


def test_a_team_replaces_single_phrases(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[form]\ntitle = "Verhandlung"\n')

    words = load_words(Folders(tmp_path))

    assert words.say("form.title") == "Verhandlung"
    assert words.say("form.submit") == "Review script"


@pytest.mark.parametrize(
    ("content", "line", "complaint"),
    [
        ('[form]\ntitle = "a"\nsubmit = 3\n', 3, "must be text"),
        ('[form]\n\ntitel = "a"\n', 3, "no phrase 'form.titel'"),
        ('[form]\ntitle = "{"\n', 2, "'title'"),
        ('[form]\ntitle = "a\n', 2, ""),
        ('[answer]\nundone = "{titel} is back"\n', 2, "{titel} is not known"),
    ],
)
def test_a_fault_names_its_file_and_line(tmp_path: Path, content: str, line: int, complaint: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(content)

    with pytest.raises(WordingError) as caught:
        load_words(Folders(tmp_path))

    assert f"{path}, line {line}" in str(caught.value)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("broken", ["fine\n{% if late %}\nno end", "{{ title | nofilter }}"])
def test_a_broken_template_names_its_file_and_line(tmp_path: Path, broken: str) -> None:
    (tmp_path / "nudge.mrkdwn.j2").write_text(broken)

    with pytest.raises(WordingError, match=re.escape("nudge.mrkdwn.j2, line")):
        load_words(Folders(tmp_path))


def test_a_template_that_shows_what_it_is_not_given_is_refused_at_start(tmp_path: Path) -> None:
    (tmp_path / "script_head.mrkdwn.j2").write_text("fine\n{{ walk_away }}")

    with pytest.raises(WordingError, match=r"script_head.mrkdwn.j2, line 2: 'walk_away' is not known here"):
        load_words(Folders(tmp_path))


def test_quoted_lines_begin_with_a_quote_mark(words: Words) -> None:
    quoted = words.templates["script_sentences.mrkdwn.j2"].render(goal="one\ntwo <b>", need="n", proposal="p")

    assert quoted.splitlines()[:2] == ["> one", "> two &lt;b&gt;"]
    assert isinstance(escape(Mrkdwn("<@U1>")), Mrkdwn)
