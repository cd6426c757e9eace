"""What every test stands on: an environment in which nothing is set."""

import os

import pytest

_OURS = ("SLACK_", "WINWIN_")
_NAMES = ("DATABASE_URL", "PORT", "LOG_LEVEL")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(_OURS) or name in _NAMES:
            monkeypatch.delenv(name)
