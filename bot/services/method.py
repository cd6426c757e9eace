"""The method's words and settings as values, loaded once by the composition root."""

from dataclasses import dataclass
from typing import Protocol

from bot.coaching.brief import Brief
from bot.coaching.content import Fillers
from bot.coaching.findings import Finding
from bot.coaching.ladder import QuietHours
from bot.coaching.phrasing.leads import Leads
from bot.coaching.sensitive import SensitiveWords


class Reader(Protocol):
    """The coach, as far as the services need it."""

    def read_brief(self, brief: Brief) -> tuple[Finding, ...]: ...


@dataclass(frozen=True, slots=True)
class Method:
    """What the coaching functions take as arguments."""

    fillers: Fillers
    leads: Leads
    sensitive: SensitiveWords
    coach: Reader
    quiet: QuietHours
