"""`/winwin`, the shortcut, and every other way to the form: opening it comes before anything else."""

import difflib
import logging
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.coaching.brief import Brief
from bot.services.errors import DeliveryError
from bot.services.pages import Form
from bot.slack import ids, payloads
from bot.slack.desk import Click, Desk
from bot.slack.limits import INPUT
from bot.slack.views.answers import help_answer, not_opened_answer, unknown_answer
from bot.slack.views.brief import brief_view

_log = logging.getLogger(__name__)

_SUBCOMMANDS = ("help",)


async def on_command(desk: Desk, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Opens the form, the words as its title; one word that is no subcommand is answered privately."""
    words = payloads.command_text(body).split()
    if len(words) != 1:
        await desk.in_time(body, _open_or_say(desk, body, " ".join(words)))
        await ack()
    elif words[0].lower() == "help":
        await ack(text=help_answer(desk.words).text, response_type="ephemeral")
    else:
        nearest = difflib.get_close_matches(words[0].lower(), _SUBCOMMANDS, 1, 0) or _SUBCOMMANDS
        answer = unknown_answer(words[0], nearest[0], desk.words)
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


async def on_shortcut(desk: Desk, ack: AsyncAck, body: dict[str, Any]) -> None:
    await ack()
    await desk.in_time(body, open_form(desk, body, ""))


async def prepare(desk: Desk, click: Click) -> None:
    """The *Prepare ...* button of a private answer."""
    await _open_or_say(desk, click.body, click.value)


async def open_form(desk: Desk, body: payloads.Payload, title: str) -> None:
    """Opens an empty form; what needs the database or another call follows. Raises DeliveryError."""
    person = payloads.person(body)
    negotiation = desk.preparing.begin(person, ids.new_negotiation(), Brief(title=title[:INPUT]))
    form = Form(negotiation, negotiation.id, fresh=True)
    view_id, hash_ = await desk.web.open_view(body["trigger_id"], desk.blank.view(form))

    async def say_what_waits() -> None:
        waiting = await desk.preparing.waiting(person)
        desk.later(body, lambda: desk.people.learn(person, waiting.told), patient=True)
        if waiting.drafts or waiting.unreached:
            known = replace(form, drafts=waiting.drafts, unreached=waiting.unreached)
            await desk.web.update_view(view_id, brief_view(known, desk.words), hash_)

    desk.later(body, say_what_waits, patient=True)


async def _open_or_say(desk: Desk, body: payloads.Payload, title: str) -> None:
    """A form that does not open is offered by a button, the title kept."""
    try:
        await open_form(desk, body, title)
    except DeliveryError as error:
        _log.warning("Slack did not open a form (%s)", error.code)
        answer = not_opened_answer(title, desk.words)
        desk.later(body, lambda: desk.web.respond(body["response_url"], answer))
