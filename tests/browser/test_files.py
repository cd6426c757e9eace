"""What the page is made of: plain files of its own, in which nothing typed can become HTML or a script."""

import re

from tests.browser.stage import FOLDER

SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())}
SCRIPTS = {name: text for name, text in SOURCES.items() if name.endswith(".js")}

TEXT_AS_CODE = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|setAttribute\(\"style"
)


def test_no_text_is_made_into_html_or_code() -> None:
    assert [name for name, text in SCRIPTS.items() if re.search(TEXT_AS_CODE, text)] == []


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    index = SOURCES["index.html"]
    assert re.findall(r"<script[^>]*></script>", index) == re.findall(r"<script.*?</script>", index, re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son\w+=", index)


def test_nothing_comes_from_elsewhere() -> None:
    names = re.compile(r"""(?:/static/|from "\./)([\w.-]+)""")
    wanted = {name for text in SOURCES.values() for name in names.findall(text)}
    assert wanted == SOURCES.keys() - {"index.html"}

    elsewhere = re.compile(r"""(?:src|href|url\(|import|from|fetch\()[=\s"'(]*(?:https?:)?//""")
    assert [name for name, text in SOURCES.items() if elsewhere.search(text)] == []


def test_every_file_is_short() -> None:
    assert [name for name, text in SOURCES.items() if text.count("\n") > 300] == []
