"""The Chromium found on this machine, and how to start it quietly."""

import os
import shutil
from collections.abc import Callable, Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome")
VARIABLE = "WINWIN_CHROMIUM"

MISSING = (
    "Browser tests: NOT RUN. No Chromium was found. Install one (Debian: apt install chromium) "
    f"or name its program in {VARIABLE}."
)

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
"""Nothing reaches out to a network by itself."""


def find(environment: Mapping[str, str] = os.environ, which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The program to start: the one that the environment names, else the first that is installed."""
    named = environment.get(VARIABLE)
    return named or next(filter(None, map(which, NAMES)), None)


def arguments(user_id: int) -> list[str]:
    """Chromium's own sandbox does not start for root, as in a container."""
    return [*QUIET, "--no-sandbox"] if user_id == 0 else list(QUIET)
