"""Errors the services and the rooms around them share."""

import traceback


class WinWinError(Exception):
    """What the person can mend. `key` names the words that say what happened and what to do next; every kind has its
    own."""

    key: str


class NotFound(WinWinError):
    """No such negotiation for this person: deleted, or never theirs (the two look alike on purpose)."""

    key = "error.not_found"


class Cancelled(WinWinError):
    """The negotiation was cancelled meanwhile."""

    key = "error.cancelled"


class Superseded(WinWinError):
    """A newer revision is confirmed already."""

    key = "error.newer"


class LadderOver(WinWinError):
    """No more nudges are wanted for this meeting."""

    key = "error.ladder_over"


class DeliveryError(Exception):
    """Slack did not take a call. Never holds what a person wrote.

    Attributes:
        code: Slack's error code, or `timeout`, `connection`, `http_500` ...
        permanent: trying again cannot help.
        uncertain: Slack may have taken it all the same (timeout, connection lost after sending, HTTP 5xx).
        retry_after: seconds to wait; the try then counts for nothing.
        alone: what was in doubt before is known not to have arrived.
        stops_posting: on a 429, Slack takes no new message until then, of anybody in that workspace.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        retry_after: float | None = None,
        stops_posting: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.uncertain = uncertain
        self.retry_after = retry_after
        self.stops_posting = stops_posting
        self.alone = False


class StorageError(Exception):
    """The database cannot be reached, or does not take what it is given. The message is for a person and holds
    neither a password nor anything they wrote."""


class TooSlow(Exception):
    """An answer was not ready in time. What makes it goes on."""


def trace(error: BaseException) -> str:
    """Where an error came from, for the log: types, files and lines, without any message, because messages may
    quote what a person wrote."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"{type(seen).__name__}", *(f"  {f.filename}:{f.lineno} in {f.name}" for f in frames)]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)
