"""The rules of the house that a reader of the code cannot break by accident. A list of faults is what fails."""

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

import bot

ROOT = Path(__file__).parent.parent

BELOW = {
    "coaching": (),
    "services": ("coaching",),
    "wording": ("services", "coaching"),
    "storage": ("services", "coaching"),
    "outbox": ("services", "coaching"),
    "slack": ("wording", "services", "coaching"),
    "sandbox": ("wording", "services", "coaching"),
    "config": (),
    "clock": ("services",),
    "app": ("config", "clock", "slack", "sandbox", "storage", "outbox", "wording", "services", "coaching"),
    "serving": ("app", "config", "clock", "sandbox", "wording", "services", "coaching"),
    "cli": ("wording", "coaching"),
    "__main__": ("cli", "serving", "app", "config", "wording", "services", "coaching"),
}
"""What each room may import: rooms further down, and none at its side."""

WHERE = {
    "aiohttp": {"slack", "sandbox", "app"},
    "alembic": {"storage"},
    "apscheduler": {"outbox"},
    "dotenv": {"config"},
    "jinja2": {"wording"},
    "markupsafe": {"wording"},
    "slack_bolt": {"slack"},
    "slack_sdk": {"slack", "sandbox", "app"},
    "sqlalchemy": {"storage"},
    "uvloop": {"serving"},
}
"""Which rooms may know which library."""

IMPURE = {
    "asyncio", "glob", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
"""Parts of the standard library that reach the world outside, or differ from run to run."""

OWN_TIME = ("bot/clock.py", "bot/sandbox/", "bot/slack/socket.py")
"""The clock; a Slack, which has its own time; and Bolt's stopwatch, which wants to be started."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Import(NamedTuple):
    path: Path
    line: int
    name: str

    @property
    def package(self) -> str:
        return self.name.split(".")[0]

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.name}"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def rooms() -> set[str]:
    return {room(path) for path in files("bot")} - {"__init__"}


def imports(path: Path) -> Iterator[Import]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (Import(path, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(path, node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}")


def bot_imports() -> list[Import]:
    return [one for path in files("bot") for one in imports(path)]


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def long_functions(folder: str, limit: int) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} has {length(function)} lines"
        for path in files(folder)
        for function in functions(path)
        if length(function) > limit
    ]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def dotted(node: ast.AST) -> str:
    """`datetime.now` for that expression; only its last name where it hangs on something else than a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def uses(folder: str, pattern: str) -> list[str]:
    """Where a dotted name matches."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} uses {dotted(node)}"
        for path in files(folder)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and re.fullmatch(pattern, dotted(node))
    ]


class TestImports:
    def test_every_room_has_its_place(self) -> None:
        assert rooms() <= BELOW.keys()

    @pytest.mark.parametrize("name", sorted(rooms()))
    def test_the_map_names_every_room(self, name: str) -> None:
        assert re.search(rf"^    {name} ", bot.__doc__ or "", re.MULTILINE)

    def test_imports_point_down_only(self) -> None:
        ours = [one for one in bot_imports() if one.package == "bot" and room(one.path) != "__init__"]
        other = [one for one in ours if one.name.split(".")[1] != room(one.path)]
        assert [str(one) for one in other if one.name.split(".")[1] not in BELOW[room(one.path)]] == []

    def test_each_library_is_known_where_it_belongs(self) -> None:
        foreign = [one for one in bot_imports() if one.package not in sys.stdlib_module_names | {"bot"}]
        assert [str(one) for one in foreign if room(one.path) not in WHERE.get(one.package, ())] == []

    def test_coaching_is_pure(self) -> None:
        coaching = [one for one in bot_imports() if room(one.path) == "coaching"]
        assert [str(one) for one in coaching if one.package not in sys.stdlib_module_names - IMPURE | {"bot"}] == []
        assert [
            f"{path.name}:{node.lineno} calls {node.id}"
            for path in files("bot/coaching")
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Name) and node.id in ("open", "print", "input")
        ] == []


class TestBehaviour:
    def test_nothing_happens_at_import(self, tmp_path: Path) -> None:
        names = [module(path) for path in files("bot")]
        command = [sys.executable, "-B", "-W", "error", "-c", IMPORT_ALL, *names]
        env = {"PYTHONPATH": str(ROOT)}
        shown = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (shown.stdout, shown.stderr, shown.returncode) == ("", "", 0)
        assert list(tmp_path.iterdir()) == []

    def test_only_the_settings_read_the_environment(self) -> None:
        assert [use for use in uses("bot", r"os\.(environb?|getenv)") if "bot/config.py" not in use] == []

    def test_time_is_an_argument(self) -> None:
        reading = uses("bot", r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.time(_ns)?")
        assert [use for use in reading if not use.startswith(OWN_TIME)] == []

    def test_no_listener_catches_everything(self) -> None:
        caught = [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for path in files("bot/slack/listeners")
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.ExceptHandler)
            and (node.type is None or "Exception" in ast.unparse(node.type).split())
        ]
        assert caught == []

    def test_listeners_hold_no_blocks(self) -> None:
        blocks = [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for path in files("bot/slack/listeners")
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Dict)
            and any(isinstance(key, ast.Constant) and key.value == "type" for key in node.keys)
        ]
        assert blocks == []

    def test_every_id_has_its_name_in_ids(self) -> None:
        typed = [
            f"{path.relative_to(ROOT)}:{node.value.lineno} {node.arg}"
            for path in files("bot/slack")
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.keyword)
            and node.arg in ("action_id", "block_id", "callback_id")
            and isinstance(node.value, ast.Constant)
        ]
        assert typed == []


class TestSizes:
    def test_functions_are_short(self) -> None:
        assert long_functions("bot", 40) == []
        assert statistics.median(map(length, chain.from_iterable(map(functions, files("bot"))))) < 10

    def test_listeners_are_shorter(self) -> None:
        assert [one for one in long_functions("bot/slack/listeners", 20) if " register " not in one] == []

    @pytest.mark.parametrize("folder", ["bot", "tests"])
    def test_files_are_short(self, folder: str) -> None:
        assert [f"{path.relative_to(ROOT)} has {lines(path)}" for path in files(folder) if lines(path) > 300] == []

    def test_there_is_at_least_as_much_test_as_code(self) -> None:
        assert sum(map(lines, files("tests"))) >= sum(map(lines, files("bot")))


class TestTests:
    def test_nothing_is_mocked(self) -> None:
        assert [str(one) for path in files("tests") for one in imports(path) if "mock" in one.name] == []

    def test_nothing_is_left_out(self) -> None:
        assert uses("tests", r"(pytest\.)?mark\.(skip|skipif|xfail)|pytest\.(skip|xfail|importorskip)") == []


IMPORT_ALL = f"""
import importlib, logging, sys, threading

ACTS = {{"os.mkdir", "os.remove", "os.rename", "os.system", "socket.bind", "socket.connect", "socket.getaddrinfo",
        "sqlite3.connect", "subprocess.Popen"}}

def refuse(event, arguments):
    if event in ACTS or (event == "open" and arguments[2] & {os.O_WRONLY | os.O_RDWR | os.O_CREAT}):
        raise SystemExit(f"an import does {{event}} {{arguments}}")

sys.addaudithook(refuse)
for name in sys.argv[1:]:
    importlib.import_module(name)
assert threading.active_count() == 1, "an import starts a thread"
assert not logging.getLogger().handlers, "an import sets up logging"
"""
