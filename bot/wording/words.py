"""The bot's own words: short phrases from `words.toml`, longer texts from the `*.j2` templates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import jinja2
from jinja2 import meta

from bot.coaching.brief import Sealed, SealedError
from bot.coaching.direction import isolated
from bot.wording.files import Folders, Toml, WordingError, read_toml
from bot.wording.mrkdwn import Mrkdwn, escape

_PHRASES = "words.toml"


class _Plain(Formatter):
    """`str.format` for phrases that keeps right-to-left values together, and holds back sealed text even through a
    conversion such as `!s`."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return isolated(format(value, format_spec))

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        value, used = super().get_field(field_name, args, kwargs)
        if isinstance(value, Sealed):
            raise SealedError("sealed text is only for its owner's own views")
        return value, used


class _Escaping(_Plain):
    """The same for mrkdwn: every value is escaped unless it is Mrkdwn already."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return value if isinstance(value, Mrkdwn) else isolated(escape(value))


_PLAIN, _ESCAPING = _Plain(), _Escaping()


def _filled(formatter: Formatter, phrase: str, values: Mapping[str, object]) -> str:
    """Most phrases have nothing to fill in, and taking them apart costs ten times as much as saying them."""
    return formatter.vformat(phrase, (), values) if "{" in phrase or "}" in phrase else phrase


@dataclass(frozen=True, slots=True)
class Words:
    """Every word the bot says by itself, loaded once at start.

    Attributes:
        phrases: short phrases by dotted key, such as `form.title.label`.
        templates: compiled templates by file name, such as `script.mrkdwn.j2`.
    """

    phrases: Mapping[str, str]
    templates: Mapping[str, jinja2.Template]

    def say(self, key: str, **values: object) -> str:
        """A phrase as plain text, its `{names}` filled in."""
        return _filled(_PLAIN, self.phrases[key], values)

    def mrkdwn(self, key: str, **values: object) -> Mrkdwn:
        """A phrase as mrkdwn, its values escaped."""
        return Mrkdwn(_filled(_ESCAPING, self.phrases[key], values))

    def by_code(self, table: str, code: str) -> Mrkdwn:
        """The phrase of a table for one of Slack's error codes, or its `other`."""
        key = f"{table}.{code}"
        return self.mrkdwn(key if key in self.phrases else f"{table}.other", code=code)

    def render(self, name: str, **values: object) -> Mrkdwn:
        """A template as mrkdwn, its values escaped, without blank edges."""
        return Mrkdwn(self.templates[name].render(values).strip())


def load_words(folders: Folders) -> Words:
    """Reads and compiles every word. A team's own folder may replace single phrases or whole templates.

    Raises WordingError (file, line, what is wrong) for a fault in any of them.
    """
    phrases: dict[str, str] = {}
    for folder in reversed(folders.all):
        if (path := folder / _PHRASES).is_file():
            toml = read_toml(path)
            found = dict(_flatten(toml))
            _refuse_unknown(toml, found, phrases)
            phrases |= found
    return Words(phrases, _compile(folders))


def _flatten(toml: Toml) -> Iterator[tuple[str, str]]:
    def walk(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from walk(value, f"{prefix}{key}.")
            elif isinstance(value, str):
                yield f"{prefix}{key}", _checked(toml, key, value)
            else:
                raise toml.fault(key, f"'{key}' must be text in quotes")

    return walk(toml.values, "")


def _checked(toml: Toml, key: str, phrase: str) -> str:
    try:
        list(Formatter().parse(phrase))
    except ValueError as error:
        raise toml.fault(key, f"'{key}': {error}") from None
    return phrase


def _refuse_unknown(toml: Toml, found: Mapping[str, str], known: Mapping[str, str]) -> None:
    """A team's own phrase must replace one that exists, and can fill in only what that one is given."""
    for key, phrase in found.items() if known else ():
        name = key.rsplit(".", 1)[-1]
        if key not in known:
            raise toml.fault(name, f"there is no phrase '{key}' to replace")
        if extra := _names(phrase) - _names(known[key]):
            raise toml.fault(name, f"{{{extra.pop()}}} is not known in '{key}'")


def _names(phrase: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(phrase) if name is not None}


def _compile(folders: Folders) -> dict[str, jinja2.Template]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders.all]),
        finalize=escape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # HTML's rules are wrong for Slack; `finalize` applies Slack's own
    )
    environment.filters |= {"quote": quote, "inline": inline}
    names = sorted({path.name for folder in folders.all for path in folder.glob("*.j2")})
    try:
        _refuse_strange_names(environment, folders)
        templates = {name: environment.get_template(name) for name in names}
    except jinja2.TemplateSyntaxError as error:
        path = folders.find(error.name or "")
        raise WordingError(path, error.message or "not a template", error.lineno) from None
    for template in templates.values():
        template.globals = dict(template.globals)  # each rendering would walk Jinja's chain of two anew
    return templates


def _refuse_strange_names(environment: jinja2.Environment, folders: Folders) -> None:
    """A team's own template can show only what the templates that come with the product are given."""

    def used(path: Path) -> set[str]:
        try:
            return meta.find_undeclared_variables(environment.parse(path.read_text(encoding="utf-8"), path.name))
        except jinja2.TemplateSyntaxError as error:  # an unknown filter is found here, and without its file
            raise WordingError(path, error.message or "not a template", error.lineno) from None

    *own, shipped = folders.all
    if not own:
        return
    known = set[str]().union(*(used(path) for path in shipped.glob("*.j2")))
    for path in (path for folder in own for path in sorted(folder.glob("*.j2"))):
        if strange := used(path) - known:
            name = strange.pop()
            rows = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            line = next((number for number, row in rows if name in row), None)
            raise WordingError(path, f"'{name}' is not known here; known are {', '.join(sorted(known))}", line)


def inline(text: str) -> Mrkdwn:
    """Typed text within a line of ours."""
    return Mrkdwn(isolated(escape(text)))


def quote(text: str) -> Mrkdwn:
    """Typed text as a block quote: every line begins with mrkdwn's `>`."""
    lines = escape(text).split("\n")
    return Mrkdwn("\n".join(f"> {line}".rstrip() for line in lines))
