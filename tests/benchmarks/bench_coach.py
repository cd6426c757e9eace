"""How long the coach takes, and how that grows with the length. Run by hand: `python tests/benchmarks/bench_coach.py`.

Limits: under 1 ms for a brief of ordinary length, under 20 ms for three fields of 3,000 characters, and the time
grows with the length and no faster (here: four times the length), however hostile the text.
"""

import sys
import time
from collections.abc import Iterator

from bot.coaching.brief import Brief
from bot.coaching.findings import Coach
from bot.wording.files import Folders
from bot.wording.phrases import load_coach

ORDINARY = Brief(
    my_win="Keep the budget under $100M for this project, so that the board approves the second phase.",
    their_win="Maintain at least a 25% margin; they told us that their investors look at it every quarter.",
    shared_win="A 3-month package at $95M plus a one-year partnership, so you get stable revenue.",
)
PARAGRAPH = (
    "We have worked together for three years and the quality has been good. My goal is to keep the unit price under "
    "95 euros, because our budget for this line is fixed until December. You need stable revenue and a forecast that "
    "you can plan with. If you can deliver in two lots, we can pay the first within ten days. "
)
HOSTILE = {
    "one letter": "a",
    "one word": "you ",
    "conditions without an end": "if you don't ",
    "threats without an end": "or I will ",
    "threats in sentences": "take it or leave it. ",
    "no full stop": "we will not go higher or else we leave if you do not sign ",
    "everything at once": "unless you agree and accept the final offer of 95 we split the difference or you lose ",
    "pauses": "a, ",
    "numbers": "1 2 3 ",
    "emoji": "🙂",
    "apostrophes": "don't'",
    "quotation marks": "\"'“’",
    "combining marks": "e\u0301",
}
LONGEST = 3000
ORDINARY_LIMIT, LONG_LIMIT, GROWTH_LIMIT = 1.0, 20.0, 6.0


def milliseconds(coach: Coach, brief: Brief, runs: int = 15) -> float:
    """Of processor time, the best of several runs: noise only ever adds."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        coach.read_brief(brief)
        best = min(best, time.process_time() - start)
    return best * 1000


def filled(text: str, length: int) -> Brief:
    full = (text * (length // len(text) + 1))[:length]
    return Brief(my_win=full, their_win=full, shared_win=full)


def report(coach: Coach) -> Iterator[tuple[str, bool]]:
    """One line for each measurement, and whether it keeps its limit."""
    ordinary, long = milliseconds(coach, ORDINARY), milliseconds(coach, filled(PARAGRAPH, LONGEST))
    yield f"{'a brief of ordinary length':<36}{ordinary:>8.2f} ms, limit {ORDINARY_LIMIT} ms", ordinary < ORDINARY_LIMIT
    yield f"{'three fields of 3,000 characters':<36}{long:>8.2f} ms, limit {LONG_LIMIT} ms", long < LONG_LIMIT
    for name, text in HOSTILE.items():
        quarter, whole = (milliseconds(coach, filled(text, length), 8) for length in (LONGEST // 4, LONGEST))
        growth = whole / quarter
        yield f"{name:<36}{whole:>8.2f} ms, {growth:.1f} times that of a quarter", growth < GROWTH_LIMIT


def main() -> int:
    coach = load_coach(Folders())
    milliseconds(coach, filled(PARAGRAPH, LONGEST), 2)  # patterns are compiled when first needed
    code = 0
    for line, fine in report(coach):
        print(line if fine else f"{line}   OVER ITS LIMIT")
        code = code if fine else 1
    return code


if __name__ == "__main__":
    sys.exit(main())
