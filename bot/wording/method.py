"""The method's own words: `gate.toml`, `script.toml` and `sensitive.toml` as the values that coaching takes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from bot.coaching.content import Fillers
from bot.coaching.gate import PROBLEMS, Problem
from bot.coaching.phrasing.leads import GoalLeads, Leads, NeedLeads, ProposalLeads
from bot.coaching.sensitive import SensitiveWords
from bot.wording.files import Folders, read_toml
from bot.wording.tables import Table

FIELD_ERROR = 150
"""Characters that are still read under a field of a form."""

Lead = TypeVar("Lead", GoalLeads, NeedLeads, ProposalLeads)


@dataclass(frozen=True, slots=True)
class MethodTexts:
    """What the gate, the script and the private way are told by.

    Attributes:
        gate_words: what the form says at the field of each problem, plain text.
    """

    fillers: Fillers
    gate_words: Mapping[Problem, str]
    leads: Leads
    sensitive: SensitiveWords


def load_method(folders: Folders) -> MethodTexts:
    """Reads the three files. Raises WordingError (file, line, what is wrong) also for a key too many or too few."""
    fillers, gate_words = _gate(_table(folders, "gate.toml"))
    sensitive = SensitiveWords.of(**_filled(_table(folders, "sensitive.toml"), SensitiveWords))
    return MethodTexts(fillers, gate_words, _leads(_table(folders, "script.toml")), sensitive)


def _table(folders: Folders, name: str) -> Table:
    toml = read_toml(folders.find(name))
    return Table(toml, toml.values, name)


def _gate(table: Table) -> tuple[Fillers, Mapping[Problem, str]]:
    say, fillers = table.table("say"), table.table("fillers")
    by_field = {field: say.table(field) for field in dict.fromkeys(problem.field for problem in PROBLEMS)}
    for read in (say, table):
        read.done()
    gate_words = {problem: _sentence(by_field[problem.field], problem.rule) for problem in PROBLEMS}
    for read in by_field.values():
        read.done()
    return Fillers.of(**_filled(fillers, Fillers)), gate_words


def _sentence(table: Table, rule: str) -> str:
    table.require(rule)
    return table.text(rule, longest=FIELD_ERROR)


def _leads(table: Table) -> Leads:
    goal, need, proposal = (table.table(name) for name in ("goal", "need", "proposal"))
    table.done()
    return Leads(_lead(goal, GoalLeads), _lead(need, NeedLeads), _lead(proposal, ProposalLeads))


def _lead(table: Table, kind: type[Lead]) -> Lead:
    table.require(*_names(kind))
    lead = kind(**{name: table.text(name) for name in _names(kind)})
    table.done()
    return lead


def _filled(table: Table, kind: type[Fillers] | type[SensitiveWords]) -> dict[str, tuple[str, ...]]:
    """The lists of a table, one for each field of `kind`."""
    table.require(*_names(kind))
    lists = {name: table.words(name) for name in _names(kind)}
    table.done()
    return lists


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
