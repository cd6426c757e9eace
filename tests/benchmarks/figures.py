"""Medians, percentiles and ratios. Pure."""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Read = Callable[["Load"], float]


@dataclass(frozen=True, slots=True)
class Load:
    """What one round of many requests gave.

    Attributes:
        rate: requests a second.
        p50, p99: milliseconds that half, and 99 in 100, of the requests stayed under.
        worst: milliseconds of the slowest.
    """

    rate: float
    p50: float
    p99: float
    worst: float

    @classmethod
    def of(cls, latencies: Sequence[float], seconds: float) -> "Load":
        """`latencies` and `seconds` in seconds."""
        ordered = sorted(latencies)
        return cls(
            rate=len(ordered) / seconds,
            p50=percentile(ordered, 50) * 1000,
            p99=percentile(ordered, 99) * 1000,
            worst=ordered[-1] * 1000,
        )


def rate(load: Load) -> float:
    return load.rate


def p50(load: Load) -> float:
    return load.p50


def p99(load: Load) -> float:
    return load.p99


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The least value that `percent` of the values do not exceed (nearest rank)."""
    return ordered[max(math.ceil(len(ordered) * percent / 100), 1) - 1]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of each round's own ratio: what slowed a whole round down slowed both sides of it."""
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
