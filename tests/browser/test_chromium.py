"""Which browser the tests of the page take. These run without any."""

from tests.browser import chromium

INSTALLED = {"chromium-browser": "/usr/bin/chromium-browser", "google-chrome": "/usr/bin/google-chrome"}


def test_the_environment_names_one_before_any_other() -> None:
    assert chromium.find({"WINWIN_CHROMIUM": "/opt/chromium"}, lambda name: INSTALLED.get(name)) == "/opt/chromium"


def test_the_first_that_is_installed_is_taken() -> None:
    assert chromium.find({}, lambda name: INSTALLED.get(name)) == "/usr/bin/chromium-browser"


def test_there_may_be_none_and_the_summary_says_what_to_do() -> None:
    assert chromium.find({}, lambda _: None) is None
    assert "apt install chromium" in chromium.MISSING
    assert "WINWIN_CHROMIUM" in chromium.MISSING


def test_root_starts_it_without_its_own_sandbox_and_nobody_else_does() -> None:
    assert "--no-sandbox" in chromium.arguments(0)
    assert "--no-sandbox" not in chromium.arguments(1000)
