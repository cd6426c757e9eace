"""Steps that many journeys share."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.sandbox.driver import People, Person
from tests.sandbox.reading import text_of

BRIEF: dict[str, Any] = {
    "What is it about?": "Acme renewal",
    "Counterpart": "Acme",
    "My Win": "keep the budget under $100M for this project",
    "Their Win": "They need to keep at least a 25% margin",
    "Our Shared Win": "a 3-month package at $95M, plus a one-year commitment, so you get stable revenue",
    "Walk-away": "another supplier at $98M, never above $100M",
}


def in_(person: Person, **span: float) -> datetime:
    """An instant that far from the workspace's own time."""
    return datetime.fromtimestamp(person.state["clock"]["epoch"], UTC) + timedelta(**span)


async def fill(person: Person, **changes: Any) -> None:
    """Fills the open form with the brief and changes by label (underscores for spaces)."""
    for label, value in (BRIEF | {key.replace("_", " "): value for key, value in changes.items()}).items():
        await person.fill(label, value)


async def review(person: Person, channel: str = "#deals", **changes: Any) -> str:
    """From the command to the review; returns what the review says."""
    await person.command("/winwin", channel)
    await person.view("Prepare a win-win")
    await fill(person, **changes)
    assert (await person.submit("Review script"))["errors"] == {}
    return text_of(await person.view("Your script"))


async def post(person: Person, channel: str = "#deals", **changes: Any) -> dict[str, Any]:
    """From the command to the posted script; returns its message."""
    await review(person, channel, **changes)
    await person.submit("Post script")
    await person.view("Posted")
    await person.close(everything=True)
    return script_in(person, channel)


def script_in(person: Person, channel: str = "#deals") -> dict[str, Any]:
    """The one script in a channel."""
    (message,) = [one for one in person.messages(channel) if one["from"] == "bot" and not one["ephemeral"]]
    return dict(message)


async def keep_private(person: Person, **changes: Any) -> dict[str, Any]:
    """From the command to the script in the private messages."""
    await review(person, **changes)
    await person.press("Keep it private")
    await person.view("Kept private")
    await person.close(everything=True)
    return dict(person.dm()[-1])


async def a_minute_passes(people: People) -> None:
    """From an unknown outcome to the question whether it arrived, and on to the minute after which it goes again."""
    for _ in range(2):
        await people.jump()


async def settled(people: People, person: Person, text: str) -> None:
    """Waits until the newest private line says that."""
    await person.until(lambda _: any(text in line for line in person.private_lines()))
