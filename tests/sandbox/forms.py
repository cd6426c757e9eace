"""A form with every kind of field that the bot uses, and bots that open it and answer it."""

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp

from tests.sandbox.blocks import Json, actions, button, field, modal, options, overflow

WHEN = datetime(2026, 5, 5, 13, 30, tzinfo=UTC)
FORM = modal(
    field("My Win"),
    field("Meeting", {"type": "datetimepicker"}, optional=True),
    field("Their name", {"type": "users_select"}, optional=True),
    field(
        "Post to",
        {
            "type": "conversations_select",
            "default_to_current_conversation": True,
            "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
        },
        optional=True,
    ),
    field("Remind", {"type": "checkboxes", "options": options("1 day", "2 hours")}, optional=True),
    actions(button("Save draft", "save"), overflow("Delete")),
    private_metadata="id-1",
    notify_on_close=True,
)


def opening(bot: AsyncApp, view: Json) -> None:
    """The bot's command opens `view`."""

    @bot.command("/winwin")
    async def open_form(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()


def answering(bot: AsyncApp, **answer: Any) -> list[Json]:
    """What the form's submission hears; it is acknowledged with `answer`."""
    heard: list[Json] = []

    @bot.view("form")
    async def submitted(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack(**answer)

    return heard
