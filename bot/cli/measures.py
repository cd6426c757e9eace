"""Figures of a measurement: precision and recall, shares, and the area under the curve."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one family on one set of sentences, and the sentences it got wrong."""

    right: int
    false: tuple[str, ...]
    missed: tuple[str, ...]
    total: int

    @classmethod
    def of(cls, judged: Sequence[tuple[str, bool, bool]]) -> "Score":
        """From (text, labelled, found)."""
        return cls(
            right=sum(labelled and found for _, labelled, found in judged),
            false=tuple(text for text, labelled, found in judged if found and not labelled),
            missed=tuple(text for text, labelled, found in judged if labelled and not found),
            total=len(judged),
        )

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + len(self.false))

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + len(self.missed))

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def share(hits: Sequence[bool]) -> float:
    return _share(sum(hits), len(hits))


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive scores above a negative, ties counting half (Mann and Whitney)."""
    wins = sum((one > other) + (one == other) / 2 for one in positive for other in negative)
    return _share(wins, len(positive) * len(negative))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
