"""The clock that the composition root owns; everything else takes the time as an argument."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's time in UTC, or ahead of it after a jump (only the sandbox jumps)."""

    def __init__(self) -> None:
        self._offset = timedelta()

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the machine's time."""
        return self._offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset

    def jump(self, to: datetime) -> None:
        """Goes forward to an instant; one that is past already changes nothing."""
        self._offset += max(to - self.now(), timedelta())

    def real(self, instant: datetime) -> datetime:
        """When that instant comes on the machine's own clock."""
        return instant - self._offset
