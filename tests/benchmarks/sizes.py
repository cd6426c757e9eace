"""How much is measured: enough for figures that hold, or just enough to see that everything works."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Sizes:
    """Attributes:
    rounds: of everything, where nothing else is said.
    storms: how many requests a round has, by how many are under way at once.
    nudges: how many rounds, by how many nudges are due at once.
    procrastinate: how many of those rounds the slowest peer takes part in.
    busy: nudges due while commands come, the commands, and the rounds.
    pending: rows that wait for later days; `due` of them come on top in each round.
    """

    rounds: int = 5
    storms: Mapping[int, int] = field(default_factory=lambda: {1: 200, 10: 600, 100: 1000})
    nudges: Mapping[int, int] = field(default_factory=lambda: {1_000: 5, 10_000: 5})
    procrastinate: Mapping[int, int] = field(default_factory=lambda: {1_000: 5, 10_000: 5})
    busy: tuple[int, int, int] = (10_000, 100, 5)
    pending: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    due: int = 1_000
    reminders: int = 200

    def at_most(self, rounds: int) -> "Sizes":
        """The same with fewer rounds."""
        count, commands, busy = self.busy
        return replace(
            self,
            rounds=min(self.rounds, rounds),
            nudges={count: min(of, rounds) for count, of in self.nudges.items()},
            procrastinate={count: min(of, rounds) for count, of in self.procrastinate.items()},
            busy=(count, commands, min(busy, rounds)),
        )


FULL = Sizes()
SHORT = Sizes(
    rounds=1,
    storms={1: 20, 10: 60, 100: 200},
    nudges={200: 1},
    procrastinate={200: 1},
    busy=(1_000, 10, 1),
    pending=(1_000, 20_000),
    due=200,
    reminders=50,
)
