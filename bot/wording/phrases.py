"""Loads the coach's words: `coach/<language>/words.toml` and one file for each family.

A second language needs new files only. A fault names its file and line.
"""

from collections.abc import Iterable

from bot.coaching.brief import LAYERS
from bot.coaching.content import Fillers
from bot.coaching.findings import Certainty, Coach, Family, Kind, Where
from bot.coaching.findings.book import Book, FamilyPage, Guard, Language, Rule, Side
from bot.coaching.findings.pattern import PatternError
from bot.wording.files import Folders, Toml, WordingError, read_toml
from bot.wording.method import load_method
from bot.wording.tables import Table, line_of

_WHERE: dict[str, Where] = {**{layer.value: layer for layer in LAYERS}, "script": "script"}


def load_coach(folders: Folders, language: str = "en", fillers: Fillers | None = None) -> Coach:
    """The coach in one language; reads the `fillers` too where they are not given. Raises WordingError (file, line,
    what is wrong) for a fault in its files."""
    files = _files(folders, language)
    try:
        return Coach(_book(files), fillers or load_method(folders).fillers)
    except PatternError as error:
        raise _located(error, files) from None


def load_book(folders: Folders, language: str = "en") -> Book:
    """What the coach knows, as values. Raises WordingError as `load_coach` does, save for unreadable phrases."""
    return _book(_files(folders, language))


def _files(folders: Folders, language: str) -> list[Toml]:
    return [read_toml(folders.find(f"coach/{language}/{name}.toml")) for name in ("words", *Family)]


def _book(files: list[Toml]) -> Book:
    words, *families = files
    language = _language(words)
    pages = {family: _page(toml, family, language) for family, toml in zip(Family, families, strict=True)}
    _refuse_twins(families, pages.values())
    return Book(language, pages)


def _language(toml: Toml) -> Language:
    table = Table(toml, toml.values, "words.toml")
    language = Language(
        contractions=table.table("contractions").every_text(),
        endings=table.table("endings").every_text(),
        classes=table.table("classes").every_list(),
        guards={name: _guard(guard) for name, guard in table.table("guards").every_table()},
        common=frozenset(table.words("common")),
        joints={word: frozenset(after) for word, after in table.table("joints").every_list().items()},
        kin=tuple(tuple(kin.split()) for kin in table.words("kin")),
        suffixes=table.words("suffixes"),
        mended=table.words("mended"),
        real_words=frozenset(table.words("real_words")),
        letters=frozenset(table.text("letters")),
        foreign=frozenset(table.words("foreign")),
    )
    table.done()
    return language


def _guard(table: Table) -> Guard:
    guard = Guard(table.choice("side", Side), table.words("phrases"), table.words("but"))
    table.done()
    return guard


def _page(toml: Toml, family: Family, language: Language) -> FamilyPage:
    table = Table(toml, toml.values, toml.path.name)
    page = FamilyPage(
        family=family,
        kind=table.choice("kind", Kind),
        page=table.text("page"),
        rules=tuple(_rule(toml, rule, language) for rule in table.tables("rule")),
        kind_in={_where(toml, field): kind for field, kind in table.table("kind_in").every_choice(Kind).items()},
        groups=table.table("groups").every_list(),
    )
    table.done()
    return page


def _rule(toml: Toml, table: Table, language: Language) -> Rule:
    rule = Rule(
        id=table.text("id"),
        why=table.text("why"),
        ask=table.text("ask"),
        suggestion=table.text("suggestion"),
        with_amount=table.text("with_amount", ""),
        with_words=table.text("with_words", ""),
        kind=table.choice("kind", Kind) if "kind" in table else None,
        certainty=table.choice("certainty", Certainty, Certainty.LIKELY),
        phrases=table.words("phrases"),
        unless=table.words("unless"),
        softened=table.words("softened"),
        fields=frozenset(_where(toml, field) for field in table.words("fields")),
        finds=table.words("finds"),
        passes=table.words("passes"),
    )
    table.done()
    for guard in (*rule.unless, *rule.softened):
        if guard not in language.guards:
            raise WordingError(toml.path, f"there is no guard '{guard}' in words.toml", line_of(toml, guard))
    return rule


def _where(toml: Toml, name: str) -> Where:
    if name not in _WHERE:
        raise WordingError(toml.path, f"'{name}' is none of {', '.join(_WHERE)}", line_of(toml, name))
    return _WHERE[name]


def _refuse_twins(files: Iterable[Toml], pages: Iterable[FamilyPage]) -> None:
    """Rules and groups are called by name, so no two may have the same."""
    seen: set[tuple[str, str]] = set()
    for toml, page in zip(files, pages, strict=True):
        named = [("rules", rule.id) for rule in page.rules] + [("groups", name) for name in page.groups]
        for kind, name in named:
            if (kind, name) in seen:
                fault = f"two {kind} are called '{name}'"
                raise (
                    toml.fault(name, fault) if kind == "groups" else WordingError(toml.path, fault, line_of(toml, name))
                )
            seen.add((kind, name))


def _located(error: PatternError, files: Iterable[Toml]) -> WordingError:
    """The same fault with the place of the phrase that it is about."""
    for toml in files:
        if line := line_of(toml, error.phrase):
            return WordingError(toml.path, str(error), line)
    return WordingError(next(iter(files)).path, str(error))
