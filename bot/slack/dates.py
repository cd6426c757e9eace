"""Instants as Slack shows them: in the reader's own zone and language, with a plain fallback."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.wording.mrkdwn import Mrkdwn, escape


def moment(at: datetime, zone: str | None) -> Mrkdwn:
    """A `<!date^...>` token (https://docs.slack.dev/messaging/formatting-message-text#date-formatting);
    its fallback is the wall time in `zone`, named, or in UTC."""
    local = at.astimezone(ZoneInfo(zone) if zone else UTC)
    fallback = escape(f"{local:%a %d %b %Y, %H:%M} {zone or 'UTC'}")
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>")


def moments(times: Iterable[datetime], zone: str | None) -> Mrkdwn:
    """Several instants, separated by commas."""
    return Mrkdwn(", ".join(moment(at, zone) for at in times))
