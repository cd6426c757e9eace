"""Goals, verdicts and the Markdown table. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.benchmarks.figures import median, paired_ratio

T = TypeVar("T")

HEAD = ("what", "ours", "against", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """`at_least` or at most `bound`; `unit` where it is no ratio."""

    bound: float
    at_least: bool = False
    unit: str = ""

    def met(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"at {'least' if self.at_least else 'most'} {self.bound:g}{unit}"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure beside another. `value` is ours as a number, which a goal with a unit speaks of."""

    what: str
    ours: str
    value: float
    against: str = ""
    ratio: float | None = None
    goal: Goal | None = None

    @property
    def missed(self) -> bool:
        measured = self.value if self.goal and self.goal.unit else self.ratio
        return self.goal is not None and measured is not None and not self.goal.met(measured)

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = "**missed**" if self.missed else "met" if self.goal else ""
        return self.what, self.ours, self.against, ratio, str(self.goal or ""), verdict


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one row of the benchmark, under a heading that says how often it was measured."""

    title: str
    lines: Sequence[Line]


def rounds_of(count: int) -> str:
    return "1 round" if count == 1 else f"{count} rounds"


def compared(
    what: str,
    name: str,
    ours: Sequence[T],
    theirs: Sequence[T],
    read: Callable[[T], float],
    shown: str,
    goal: Goal | None = None,
) -> Line:
    """The medians of both, and the median of the rounds' ratios (of as many rounds as both took)."""
    mine, others = [read(one) for one in ours], [read(one) for one in theirs]
    both = min(len(mine), len(others))
    ratio = paired_ratio(mine[:both], others[:both])
    value = median(mine)
    return Line(what, shown.format(value), value, name + shown.format(median(others)), ratio, goal)


def markdown(sections: Iterable[Section], *, head: bool = True) -> str:
    rows = [HEAD, tuple("-" * 3 for _ in HEAD)] if head else []
    for section in sections:
        rows.append((f"**{section.title}**", *("" for _ in HEAD[1:])))
        rows += [line.cells() for line in section.lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def missed(sections: Iterable[Section]) -> list[Line]:
    return [line for section in sections for line in section.lines if line.missed]
