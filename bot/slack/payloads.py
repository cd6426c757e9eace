"""Who and what a Slack payload is about."""

import html
import re
from collections.abc import Mapping
from typing import Any

from bot.services.model import Person

Payload = Mapping[str, Any]

_MENTION = re.compile(r"<([@#])[A-Z0-9]+\|([^>]*)>")


def person(payload: Payload) -> Person:
    """Who acted. The only place that reads ids of teams and enterprises.

    An org-wide install is keyed by its enterprise, whatever team the person is in; there `team` may be null
    (https://docs.slack.dev/enterprise/developing-for-enterprise-orgs).
    """
    user = payload.get("user")
    team = _id(payload.get("team")) or payload.get("team_id") or ""
    enterprise = _id(payload.get("enterprise")) or payload.get("enterprise_id") or ""
    origin = (user.get("team_id") if isinstance(user, Mapping) else None) or ""
    org_wide = str(payload.get("is_enterprise_install")).lower() == "true"
    return Person(
        installation=enterprise if org_wide and enterprise else team or enterprise,
        user=_id(user) or payload["user_id"],
        team=team or origin,
    )


def command_text(payload: Payload) -> str:
    """What was typed behind the command, letter by letter: Slack sends it escaped, people and channels as ids with
    their names (https://docs.slack.dev/interactivity/implementing-slash-commands)."""
    typed = _MENTION.sub(lambda found: found[1] + found[2], payload.get("text") or "")
    return html.unescape(typed)


def _id(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("id") or "")
    return value if isinstance(value, str) else ""


def pressed(payload: Payload) -> str:
    """The value that the pressed button or the chosen option of an overflow menu carries."""
    action = payload["actions"][0]
    option = action.get("selected_option")
    return str(option["value"] if option else action.get("value") or "")
