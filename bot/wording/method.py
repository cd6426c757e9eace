"""The method's own words: `gate.toml`, `script.toml` and `sensitive.toml` as the values that coaching takes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from bot.coaching.content import Fillers
from bot.coaching.gate import PROBLEMS, Problem
from bot.coaching.phrasing.leads import GoalLeads, Leads, NeedLeads, ProposalLeads
from bot.coaching.sensitive import SensitiveWords
from bot.wording.files import Folders, read_toml
from bot.wording.tables import Table

Lead = TypeVar("Lead", GoalLeads, NeedLeads, ProposalLeads)


@dataclass(frozen=True, slots=True)
class MethodTexts:
    """What the gate, the script and the private way are told by.

    Attributes:
        refusals: the gate's sentence for each of its problems, plain text.
    """

    fillers: Fillers
    refusals: Mapping[Problem, str]
    leads: Leads
    sensitive: SensitiveWords

    def refusal(self, problem: Problem) -> str:
        """What the form says at the field of a problem."""
        return self.refusals[problem]


def load_method(folders: Folders) -> MethodTexts:
    """Reads the three files. Raises WordingError (file, line, what is wrong) also for a key too many or too few."""
    fillers, refusals = _gate(_table(folders, "gate.toml"))
    return MethodTexts(
        fillers, refusals, _leads(_table(folders, "script.toml")), _sensitive(_table(folders, "sensitive.toml"))
    )


def _table(folders: Folders, name: str) -> Table:
    toml = read_toml(folders.find(name))
    return Table(toml, toml.values, name)


def _gate(table: Table) -> tuple[Fillers, Mapping[Problem, str]]:
    say, fillers = table.table("say"), table.table("fillers")
    by_field = {field: say.table(field) for field in dict.fromkeys(problem.field for problem in PROBLEMS)}
    refusals = {problem: by_field[problem.field].text(problem.rule) for problem in PROBLEMS}
    lists = Fillers.of(fillers.words("words"), fillers.words("phrases"))
    for read in (*by_field.values(), say, fillers, table):
        read.done()
    return lists, refusals


def _leads(table: Table) -> Leads:
    leads = Leads(
        _lead(table.table("goal"), GoalLeads),
        _lead(table.table("need"), NeedLeads),
        _lead(table.table("proposal"), ProposalLeads),
    )
    table.done()
    return leads


def _lead(table: Table, kind: type[Lead]) -> Lead:
    lead = kind(**{field.name: table.text(field.name) for field in fields(kind)})
    table.done()
    return lead


def _sensitive(table: Table) -> SensitiveWords:
    words = SensitiveWords.of(table.words("about"), table.words("harmless"))
    table.done()
    return words
