"""What Slack sends when a person types `/winwin` and when they submit the form; each from another person."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.coaching.brief import Field, Rung
from bot.slack import ids
from tests.benchmarks import readymade
from tests.benchmarks.ground import brief_of, negotiation_id, someone

Json = dict[str, Any]


def command(number: int) -> Json:
    return {
        "token": "bench",
        "team_id": "T0BENCH01",
        "team_domain": "bench",
        "channel_id": "C0BENCH01",
        "channel_name": "bench",
        "user_id": someone(number).user,
        "user_name": "someone",
        "command": ids.COMMAND,
        "text": "",
        "api_app_id": "A0BENCH01",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/",
        "trigger_id": f"trigger-{number}",
    }


def submissions(numbers: range) -> list[Json]:
    """The form filled in by each in words of their own, for a negotiation of their own."""
    text = json.dumps(_submission({**readymade.form(), "id": "V0", "hash": "1.a"}))
    return [_of(number, text) for number in numbers]


_TYPED = (Field.TITLE, Field.COUNTERPART, Field.MY_WIN, Field.THEIR_WIN, Field.SHARED_WIN)


def _in_a_week() -> int:
    return int((datetime.now(UTC) + timedelta(days=7)).timestamp())


def _submission(view: Json) -> Json:
    return {
        "type": "view_submission",
        "team": {"id": "T0BENCH01", "domain": "bench"},
        "user": {"id": someone(0).user, "username": "someone", "name": "someone", "team_id": "T0BENCH01"},
        "api_app_id": "A0BENCH01",
        "token": "bench",
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": "trigger-0",
        "view": view,
        "response_urls": [],
    }


def _of(number: int, text: str) -> Json:
    theirs = text.replace(negotiation_id(0), negotiation_id(number)).replace(someone(0).user, someone(number).user)
    payload: Json = json.loads(theirs)
    payload["view"]["state"] = {"values": _values(number)}
    return payload


def _values(number: int) -> Json:
    brief = brief_of(number)
    filled = {
        **{field: {"type": "plain_text_input", "value": str(getattr(brief, field))} for field in _TYPED},
        Field.WALK_AWAY: {"type": "plain_text_input", "value": brief.walk_away.reveal()},
        Field.COUNTERPART_ID: {"type": "users_select", "selected_user": None},
        Field.MEETING_AT: {"type": "datetimepicker", "selected_date_time": _in_a_week()},
        Field.PLACE: {"type": "conversations_select", "selected_conversation": "C0BENCH01"},
        Field.RUNGS: {
            "type": "checkboxes",
            "selected_options": [{"value": str(rung.minutes), "text": {"type": "plain_text"}} for rung in Rung],
        },
    }
    return {ids.block(field, readymade.GENERATION): {str(field): value} for field, value in filled.items()}
