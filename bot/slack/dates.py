"""Instants as Slack shows them: in the reader's own zone and language, with a plain fallback."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.coaching.ladder import known_zone
from bot.wording.mrkdwn import Mrkdwn, escape


def moment(at: datetime, zone: str | None) -> Mrkdwn:
    """A `<!date^...>` token (https://docs.slack.dev/messaging/formatting-message-text#date-formatting);
    its fallback is the wall time in `zone`, named, or in UTC."""
    known = known_zone(zone)
    local = at.astimezone(known or UTC)
    fallback = escape(f"{local:%H:%M, %a %d %b %Y} {known or 'UTC'}")
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{time}}, {{date_short_pretty}}|{fallback}>")


def moments(times: Iterable[datetime], zone: str | None) -> Mrkdwn:
    """Several instants, separated by semicolons."""
    return Mrkdwn("; ".join(moment(at, zone) for at in times))
