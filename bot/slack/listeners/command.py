"""`/winwin`, the shortcut, and every other way to the form: opening it comes before anything else."""

import asyncio
import difflib
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.models.views import View

from bot.services.errors import DeliveryError
from bot.services.pages import Form
from bot.slack import ids, payloads
from bot.slack.desk import Click, Desk
from bot.slack.limits import INPUT
from bot.slack.views.answers import help_answer, not_opened_answer, unknown_answer
from bot.slack.views.brief import brief_view

_SUBCOMMANDS = ("help",)
_ANSWER_BY = 2.0  # seconds; Slack tells the person of a time-out after three


async def on_command(desk: Desk, ack: AsyncAck, body: dict[str, Any]) -> None:
    """Opens the form, the words as its title; one word that is no subcommand is answered privately."""
    words = payloads.command_text(body).split()
    if len(words) != 1:
        await _open_or_say(desk, ack, body, " ".join(words))
    elif words[0].lower() == "help":
        await ack(text=help_answer(desk.words).text, response_type="ephemeral")
    else:
        nearest = difflib.get_close_matches(words[0].lower(), _SUBCOMMANDS, 1, 0) or _SUBCOMMANDS
        answer = unknown_answer(words[0], nearest[0], desk.words)
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")


async def on_shortcut(desk: Desk, ack: AsyncAck, body: dict[str, Any]) -> None:
    await ack()
    await open_form(desk, body, "")


async def prepare(desk: Desk, click: Click) -> None:
    """The *Prepare ...* button of a private answer."""
    await open_form(desk, click.body, click.value)


async def open_form(desk: Desk, body: payloads.Payload, title: str) -> None:
    """Opens an empty form; what needs the database or another call follows. Raises DeliveryError."""
    person = payloads.person(body)
    negotiation = desk.preparing.begin(person, ids.new_negotiation(), title[:INPUT])
    form = Form(negotiation, negotiation.id, fresh=True)
    view_id, hash_ = await _open(desk, body["trigger_id"], brief_view(form, desk.words))

    async def offer_drafts() -> None:
        if drafts := await desk.preparing.drafts(person):
            await desk.web.update_view(view_id, brief_view(replace(form, drafts=drafts), desk.words), hash_)

    desk.later(body, offer_drafts)
    desk.later(body, lambda: desk.people.refresh(person))


async def _open_or_say(desk: Desk, ack: AsyncAck, body: dict[str, Any], title: str) -> None:
    """Acknowledges in time even where Slack is slow to open the form."""
    opening = asyncio.ensure_future(open_form(desk, body, title))
    try:
        await asyncio.wait_for(asyncio.shield(opening), _ANSWER_BY)
    except TimeoutError:
        desk.later(body, lambda: _wait(opening))
        await ack()
    except DeliveryError:
        answer = not_opened_answer(title, desk.words)
        await ack(text=answer.text, blocks=answer.blocks, response_type="ephemeral")
    else:
        await ack()


async def _wait(opening: "asyncio.Future[None]") -> None:
    await opening


async def _open(desk: Desk, trigger_id: str, view: View) -> tuple[str, str]:
    """Once more where Slack stumbled: opening the same form twice is not possible with one trigger."""
    try:
        return await desk.web.open_view(trigger_id, view)
    except DeliveryError as error:
        if error.permanent or (error.retry_after or 0) > 1:
            raise
        await asyncio.sleep(error.retry_after or 0)
        return await desk.web.open_view(trigger_id, view)
