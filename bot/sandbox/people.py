"""Who is in the sandbox's workspace, under which ids, and what the app in it may use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

BOT_TOKEN = "xoxb-sandbox"
APP_TOKEN = "xapp-sandbox"
SIGNING_SECRET = "sandbox-signing"
VERIFICATION_TOKEN = "sandbox-verification"

TEAM_ID, TEAM_DOMAIN, TEAM_NAME = "T0SANDBOX", "winwin-sandbox", "Win-Win Sandbox"
APP_ID, BOT_ID, BOT_USER, BOT_NAME = "A0WINWIN1", "B0WINWIN1", "U0WINWIN1", "Win-Win"
SLACKBOT = "USLACKBOT"

ANN, BEN, CHANDRA = "U0ANN0001", "U0BEN0001", "U0CHANDRA"
DEALS, SUPPLY, ACME, PAY = "C0DEALS01", "C0SUPPLY1", "C0ACMESH1", "G0PAYROOM"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts in the workspace; `zone` is an IANA name, `labels` its names in winter and in summer."""

    id: str
    name: str
    real_name: str
    zone: str
    labels: tuple[str, str]
    locale: str = "en-US"

    def tz_offset(self, now: datetime) -> int:
        """Seconds east of UTC at `now`, as users.info says it."""
        return int(self._offset(now).total_seconds())

    def tz_label(self, now: datetime) -> str:
        return self.labels[bool(now.astimezone(ZoneInfo(self.zone)).dst())]

    def _offset(self, now: datetime) -> timedelta:
        return now.astimezone(ZoneInfo(self.zone)).utcoffset() or timedelta()


PEOPLE = {
    person.id: person
    for person in (
        Person(
            ANN,
            "ann",
            "Ann Keller",
            "Europe/Berlin",
            ("Central European Time", "Central European Summer Time"),
            "en-GB",
        ),
        Person(
            BEN, "ben", "Ben Ortiz", "America/New_York", ("Eastern Standard Time", "Eastern Daylight Time"), "en-US"
        ),
        Person(CHANDRA, "chandra", "Chandra Rao", "Asia/Kolkata", ("India Standard Time",) * 2, "en-IN"),
    )
}


class Kind(StrEnum):
    """What a conversation is; `shared` is a channel with another company in it."""

    PUBLIC = "public"
    PRIVATE = "private"
    SHARED = "shared"
    DM = "dm"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation as the workspace begins: who is in it, and whether the bot is."""

    id: str
    name: str
    kind: Kind
    members: tuple[str, ...]
    bot: bool


EVERYBODY = (ANN, BEN, CHANDRA)

PLACES = (
    Place(DEALS, "deals", Kind.PUBLIC, EVERYBODY, True),
    Place(SUPPLY, "supply", Kind.PUBLIC, EVERYBODY, False),
    Place(ACME, "acme-shared", Kind.SHARED, EVERYBODY, True),
    Place(PAY, "pay-room", Kind.PRIVATE, (ANN, BEN), True),
    Place("D0ANN0001", "", Kind.DM, (ANN,), True),
    Place("D0BEN0001", "", Kind.DM, (BEN,), True),
    Place("D0CHANDRA", "", Kind.DM, (CHANDRA,), True),
    Place("D0ANNBEN1", "", Kind.DM, (ANN, BEN), False),
)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app, as its manifest declares it."""

    command: str
    hint: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global shortcut of the app."""

    callback_id: str
    name: str
