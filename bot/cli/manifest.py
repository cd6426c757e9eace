"""`python -m bot manifest`: prints the manifest that Slack takes to make the app, for Socket Mode or for HTTP."""

import argparse
import json
import re
import sys
from pathlib import Path

from bot.cli.inputs import BadInput

_BOT = Path(__file__).parent.parent
_PLACES = (_BOT / "_templates/manifest.yml", _BOT.parent / "manifest.yml")
"""In an installed wheel, and in a checkout."""

_ADDRESS = r"(https://([\w.-]+|\[[\da-f:]+\])|http://(localhost|127\.[\d.]+|\[::1\]))(:\d{1,5})?(/[\w./~-]*)?"
_HELP = """Prints manifest.yml, to be pasted at api.slack.com/apps. With ADDRESS it is the one for HTTP: Slack then
sends everything to that host. ADDRESS must be https, except on this machine itself."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", path: str) -> None:
    """Adds the command `manifest`; `path` is where the bot takes payloads."""
    parser = commands.add_parser("manifest", help="print the app's manifest for Slack", description=_HELP)
    parser.add_argument("address", nargs="?", metavar="ADDRESS", help="where Slack reaches the bot: https://your.host")
    parser.set_defaults(command=lambda options: run(options.address, path))


def run(address: str | None, path: str) -> int:
    """Prints one manifest and returns the exit code: 2 for an address that Slack would not send to."""
    manifest = next(place for place in _PLACES if place.is_file()).read_text(encoding="utf-8")
    try:
        print(manifest if address is None else for_http(manifest, request_url(address, path)), end="")
    except BadInput as error:
        print(f"manifest: {error}", file=sys.stderr)
        return 2
    return 0


def request_url(address: str, path: str) -> str:
    """The host's address with the path behind it, once. Raises BadInput."""
    if not re.fullmatch(_ADDRESS, address, re.ASCII | re.IGNORECASE):
        raise BadInput("the address must be like https://your.host (http only on this machine, as http://localhost)")
    return address.rstrip("/").removesuffix(path) + path


def for_http(manifest: str, url: str) -> str:
    """The same manifest with `url` for everything that Slack sends. Edited as text, because only the tests read YAML:
    they see that nothing else differs."""
    quoted = json.dumps(url)
    for line, instead in (
        ("    - command: /winwin\n", f"    - command: /winwin\n      url: {quoted}\n"),
        ("  interactivity:\n", f"  interactivity:\n    request_url: {quoted}\n"),
        ("  socket_mode_enabled: true\n", "  socket_mode_enabled: false\n"),
    ):
        manifest = manifest.replace(line, instead)
    return manifest
