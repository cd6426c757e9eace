"""The coach: reads what a person typed and returns findings, deterministic and offline.

finding   the value that everybody shows
text      words of a text with their exact places
pattern   the small phrase language of the families' files
lexicon   a language's word classes and word groups
book      everything the coach knows, handed in as values
phrases   the rules that are phrases, and the grammar around a phrase
coach     the engine; one small module per family that needs logic
"""

from bot.coaching.findings.coach import Coach
from bot.coaching.findings.finding import Certainty, Family, Finding, Kind, Where

__all__ = ["Certainty", "Coach", "Family", "Finding", "Kind", "Where"]
