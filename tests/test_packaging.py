"""What is installed: the lock files, the wheel, and the commands of a fresh machine."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def entries(name: str) -> list[str]:
    """The requirements of a lock file, each on one line with its hashes, comments left out."""
    text = re.sub(r"^\s*#.*\n?", "", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [entry for entry in text.replace("\\\n", " ").splitlines() if entry.strip()]


def pinned(name: str) -> dict[str, Requirement]:
    requirements = [Requirement(entry.split(" --hash", 1)[0]) for entry in entries(name)]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def asked(*groups: str) -> list[Requirement]:
    lines = [
        *PROJECT["project"]["dependencies"],
        *(line for group in groups for line in PROJECT["dependency-groups"][group]),
    ]
    return [Requirement(line) for line in lines]


class TestLock:
    @pytest.mark.parametrize("name", LOCKS)
    def test_every_package_is_pinned_and_hashed(self, name: str) -> None:
        for entry in entries(name):
            assert re.match(r"[a-z0-9.-]+==[^ ]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+$", entry), entry[:100]
            assert entry.count("--hash") >= 2, f"a wheel and the source of {entry[:40]}"

    @pytest.mark.parametrize("name", LOCKS)
    def test_no_line_names_an_index_or_a_place(self, name: str) -> None:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"[/@]|index|find-links|trusted-host|(^|\s)-\w", text, re.MULTILINE)

    @pytest.mark.parametrize(("name", "groups"), list(zip(LOCKS, [(), ("dev",), ("bench",)], strict=True)))
    def test_it_holds_what_the_project_asks_for(self, name: str, groups: tuple[str, ...]) -> None:
        pins = pinned(name)
        for wanted in asked("build", *groups):
            (pin,) = pins[canonicalize_name(wanted.name)].specifier
            assert wanted.specifier.contains(pin.version), wanted

    @pytest.mark.parametrize("python", PYTHONS)
    def test_no_marker_leaves_a_python_out(self, python: str) -> None:
        for wanted in asked("build", "dev"):
            marker = pinned(LOCKS[1])[canonicalize_name(wanted.name)].marker
            assert marker is None or marker.evaluate({"python_version": python, "python_full_version": f"{python}.0"})

    @pytest.mark.parametrize("name", LOCKS[1:])
    def test_all_pin_the_same(self, name: str) -> None:
        run, more = pinned(LOCKS[0]), pinned(name)
        assert {package: more.get(package) for package in run} == run

    def test_the_build_backend_is_the_pinned_one(self) -> None:
        assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]

    def test_this_run_uses_it(self) -> None:
        for wanted in asked("build", "dev"):
            (pin,) = pinned(LOCKS[1])[canonicalize_name(wanted.name)].specifier
            assert version(wanted.name) == pin.version


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


class TestWheel:
    def test_the_words_go_along(self, wheel: Path) -> None:
        packed = set(zipfile.ZipFile(wheel).namelist())
        words = [path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*") if path.is_file()]
        assert {f"bot/_templates/{path}" for path in words} <= packed

    def test_the_code_goes_along_and_nothing_else(self, wheel: Path) -> None:
        packed = {
            name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith(("bot/_templates/", "winwin-"))
        }
        code = {str(path.relative_to(ROOT)) for path in (ROOT / "bot").rglob("*") if path.is_file()}
        assert packed == {name for name in code if "__pycache__" not in name}

    def test_it_brings_the_command(self, wheel: Path) -> None:
        packed = zipfile.ZipFile(wheel)
        (points,) = (name for name in packed.namelist() if name.endswith("entry_points.txt"))
        assert b"winwin = bot.__main__:main" in packed.read(points)

    def test_installed_code_finds_its_own_words(self, wheel: Path, tmp_path: Path) -> None:
        zipfile.ZipFile(wheel).extractall(tmp_path)
        code = "from bot.wording.files import Folders; print(*Folders().all)"
        shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert shown.stdout == f"{tmp_path}/bot/_templates\n"

    def test_installed_code_prints_the_manifest(self, wheel: Path, tmp_path: Path) -> None:
        zipfile.ZipFile(wheel).extractall(tmp_path)
        command = [sys.executable, "-m", "bot", "manifest"]
        shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert shown.stdout == (ROOT / "manifest.yml").read_text(encoding="utf-8")

    def test_a_checkout_finds_its_own_words(self, tmp_path: Path) -> None:
        code = "from bot.wording.files import Folders; print(*Folders().all)"
        shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert shown.stdout == f"{ROOT}/templates\n"


def make(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **environ}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def a_python(folder: Path, *, old: bool) -> str:
    """A `python3` that is too old, or one that cannot make an environment."""
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\n[ "$1" = -m ] || exit {int(old)}\necho "ensurepip is not available"; exit 1\n')
    python.chmod(0o755)
    return str(python)


@pytest.mark.parametrize("target", ["run", "test", "lint"])
class TestFreshMachine:
    def trouble(self, target: str, python: str, folder: Path) -> str:
        done = make(target, f"PYTHON={python}", f"VENV={folder}/venv")
        assert done.returncode == 2
        assert done.stdout == ""
        ours, makes = done.stderr.splitlines()
        assert makes.startswith("make: ***")
        return ours

    def test_without_venv_one_line_names_the_package(self, target: str, tmp_path: Path) -> None:
        assert "apt install python3-venv" in self.trouble(target, a_python(tmp_path, old=False), tmp_path)

    def test_an_old_python_is_one_line(self, target: str, tmp_path: Path) -> None:
        line = self.trouble(target, a_python(tmp_path, old=True), tmp_path)
        assert line.startswith("Python 3.11 or newer is needed")

    def test_no_python_is_the_same_line(self, target: str, tmp_path: Path) -> None:
        assert "Python 3.11 or newer is needed" in self.trouble(target, "/nowhere/python3", tmp_path)


class TestCommands:
    def test_help_lists_every_target(self) -> None:
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
        listed = [re.split(r"\s{2,}", line, maxsplit=1) for line in make("help").stdout.splitlines()]
        assert [name for name, _ in listed] == targets
        assert set(re.findall(r"^\.PHONY: (.*)", makefile, re.MULTILINE)[0].split()) == set(targets)

    def test_make_alone_helps(self) -> None:
        assert make().stdout == make("help").stdout

    def test_ci_is_a_script_that_bash_understands(self) -> None:
        script = ROOT / ".ci/run"
        assert os.access(script, os.X_OK)
        subprocess.run([shutil.which("bash") or "bash", "-n", str(script)], check=True)
        assert "\nmake lint\nmake test\n" in script.read_text(encoding="utf-8")
