"""The documents name only what exists, and say what a newcomer needs first."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.config import RULES

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))
SETTINGS = {name.upper() for name in RULES}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(text: str) -> str:
    """What stands in backticks, fences or indented blocks."""
    spans = re.findall(r"^```.*?^```|`[^`\n]+`|^(?: {4}|\t)[^\n]*$", text, re.MULTILINE | re.DOTALL)
    return "\n".join(spans)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


def anchors(text: str) -> set[str]:
    """The addresses of the headings, as hosts of Markdown make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
class TestEveryDocument:
    def test_it_names_only_commands_that_exist(self, name: str) -> None:
        assert set(re.findall(r"\bmake ([a-z-]+)", code(read(name)))) <= targets()

    def test_it_names_only_settings_that_exist(self, name: str) -> None:
        named = re.findall(r"\b(?:SLACK|WINWIN)_[A-Z_]+|\bDATABASE_URL\b|\bLOG_[A-Z]+\b", read(name))
        assert set(named) <= SETTINGS

    def test_its_links_lead_somewhere(self, name: str) -> None:
        text = read(name)
        for link in re.findall(r"\]\(([^)\s]+)", text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text):
            path, _, anchor = link.partition("#")
            if "://" in link or link.startswith("mailto:"):
                continue
            assert (ROOT / path).exists(), link
            assert not anchor or anchor in anchors(read(path) if path else text), link

    def test_the_files_it_names_exist(self, name: str) -> None:
        named = re.findall(r"`((?:bot|tests|templates|docs|\.ci)/[\w./-]*)`", read(name))
        assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = code("\n".join(read("README.md").splitlines()[:40]))
    assert "make run" in opening
    assert "make test" in opening


def test_the_changelog_has_a_place_for_what_comes() -> None:
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"


def test_the_licence_is_the_one_that_is_named() -> None:
    assert read("LICENSE").startswith("MIT License\n")
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "MIT"
