"""The command line: `python -m bot COMMAND`, also installed as `winwin`."""

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bot.cli import coach, manifest
from bot.coaching.findings import Coach
from bot.config import EVENTS, ConfigError, Settings
from bot.services.errors import StorageError
from bot.wording.files import Folders, WordingError
from bot.wording.phrases import load_coach


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (ConfigError, StorageError, WordingError) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output has had enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("winwin", description="Win-Win, a negotiation coach that lives in Slack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command, help_ in (
        ("run", _run, "serve Slack; needs its tokens"),
        ("sandbox", _sandbox, "try it in a small Slack of its own, with no account"),
        ("start", _start, "run where tokens are given, else the sandbox"),
    ):
        commands.add_parser(name, help=help_, description=help_).set_defaults(command=command)
    coach.add_parser(commands, _load_coach, _count_dismissals)
    manifest.add_parser(commands, EVENTS)
    return parser


def _load_coach() -> Coach:
    return load_coach(Folders(Settings.load().winwin_templates_dir))


def _count_dismissals() -> Mapping[str, int]:
    settings = Settings.load()
    from bot import app  # only here: reading a text needs none of it

    return app.count_dismissals(settings)


def _run(_: argparse.Namespace) -> int:
    settings = Settings.load(needs_slack=True)
    with _collector_at_rest():
        from bot import serving

    return serving.serve(settings, serving.slack)


def _sandbox(_: argparse.Namespace) -> int:
    settings = Settings.load()
    with _collector_at_rest():
        from bot import serving

    return serving.serve(settings, serving.sandbox)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """For imports, which only servers need, and which stay: going through them for garbage would take a tenth of the
    start, and later 50 ms for each full round."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


def _start(options: argparse.Namespace) -> int:
    if Settings.load().has_slack:
        print("Slack tokens are given, so this serves Slack.", flush=True)
        return _run(options)
    print("No Slack tokens in the environment or in .env, so this opens the sandbox.", flush=True)
    return _sandbox(options)


if __name__ == "__main__":
    sys.exit(main())
