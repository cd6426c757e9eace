"""The buttons of a posted script and of a nudge, and the views they open."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from slack_sdk.models.views import View

from bot.coaching.brief import Rung
from bot.services.errors import DeliveryError, LadderOver
from bot.services.pages import Form, Refused
from bot.slack import forms, ids
from bot.slack.dates import moment
from bot.slack.desk import Answer, Click, Desk, Submission
from bot.slack.views.answers import cancelled_answer, plain_answer, titled
from bot.slack.views.brief import brief_view, loading_view
from bot.slack.views.nudge import answered_message
from bot.slack.views.plain import plain
from bot.slack.views.rehearsal import done_view, moved_line, rehearsal_view, reschedule_view
from bot.wording.mrkdwn import Mrkdwn


async def rehearse(desk: Desk, click: Click) -> None:
    """The three sentences, large."""

    async def content() -> View:
        negotiation, script = await desk.rehearsing.standing(click.person, click.target.negotiation_id)
        return rehearsal_view(negotiation, script, desk.words, click.nudge)

    await _open_and_fill(desk, click, "rehearsal.title", content)


async def menu(desk: Desk, click: Click) -> None:
    """The script's overflow menu."""
    await CHOICES[ids.Choice(click.target.detail)](desk, click)


async def edit(desk: Desk, click: Click) -> None:
    """The form with what was typed last; also the way to choose another place."""

    async def content() -> View:
        negotiation = await desk.preparing.newest(click.person, click.target.negotiation_id)
        return brief_view(Form(negotiation, f"{negotiation.id}.{negotiation.revision}"), desk.words)

    if view := click.body.get("view"):
        form = await content()
        desk.later(click.body, lambda: desk.web.update_view(view["id"], form))
    else:
        await _open_and_fill(desk, click, "form.title", content)


async def reschedule(desk: Desk, click: Click) -> None:
    """The meeting's time and its rungs."""

    async def content() -> View:
        negotiation = await desk.preparing.standing(click.person, click.target.negotiation_id)
        return reschedule_view(negotiation, desk.words, click.nudge)

    await _open_and_fill(desk, click, "reschedule.title", content)


async def take_back(desk: Desk, click: Click) -> None:
    """Deletes the message and keeps the brief."""
    negotiation = await desk.preparing.standing(click.person, click.target.negotiation_id)
    taken = await desk.publishing.take_back(click.person, negotiation.id, click.message)
    key = "answer.taken_back" if taken else "answer.nothing_to_take_back"
    answer = plain_answer(titled(key, negotiation, desk.words))
    desk.later(click.body, lambda: click.reply(desk, answer))


async def cancel(desk: Desk, click: Click) -> None:
    """Leaves one struck line, with a minute to undo it."""
    negotiation = await desk.preparing.standing(click.person, click.target.negotiation_id)
    cancelled = await desk.publishing.cancel(click.person, negotiation.id)
    answer = (
        cancelled_answer(negotiation, desk.words)
        if cancelled
        else plain_answer(titled("answer.not_cancelled", negotiation, desk.words))
    )
    desk.later(click.body, lambda: click.reply(desk, answer))


async def undo(desk: Desk, click: Click) -> None:
    """Brings a negotiation back that was cancelled within the last minute."""
    negotiation = await desk.preparing.standing(click.person, click.target.negotiation_id)
    undone = await desk.publishing.undo_cancel(click.person, negotiation.id)
    key = "answer.undone" if undone else "answer.undo_too_late"
    answer = plain_answer(titled(key, negotiation, desk.words))
    desk.later(click.body, lambda: click.reply(desk, answer, replace=True))


async def rehearsed(desk: Desk, click: Click) -> None:
    """A nudge's *Rehearsed*: the ladder ends."""
    await desk.reminding.rehearsed(click.person, click.target.negotiation_id)
    await _answer_nudge(desk, click, "nudge.done_rehearsed")


async def snooze(desk: Desk, click: Click) -> None:
    """Later, but before the meeting."""
    minutes, due_at = click.target.detail.split(" ")
    rung, due = Rung.of_minutes(int(minutes)), datetime.fromisoformat(due_at)
    try:
        again_at = await desk.reminding.snooze(click.person, click.target.negotiation_id, rung, due)
    except LadderOver:
        await _answer_nudge(desk, click, "nudge.done_over")
        return
    if again_at is None:
        await _answer_nudge(desk, click, "nudge.done_too_late")
    else:
        await _answer_nudge(
            desk, click, "nudge.done_snoozed", time=moment(again_at, await desk.people.zone(click.person))
        )


async def stop(desk: Desk, click: Click) -> None:
    """No more nudges for this negotiation."""
    await desk.reminding.stop(click.person, click.target.negotiation_id)
    await _answer_nudge(desk, click, "nudge.done_stopped")


async def submit_rehearsal(desk: Desk, submission: Submission) -> Answer:
    """The rehearsal's *Rehearsed*: the ladder ends, and so does the nudge that led to it."""
    negotiation_id = submission.meta.negotiation_id
    await desk.reminding.rehearsed(submission.person, negotiation_id)
    if submission.meta.nudge:
        negotiation = await desk.preparing.standing(submission.person, negotiation_id)
        _settle_nudge(desk, submission, titled("nudge.done_rehearsed", negotiation, desk.words))
    view = done_view(desk.words.say("rehearsal.done_title"), desk.words.mrkdwn("rehearsal.done"), desk.words)
    return {"response_action": "update", "view": plain(view)}


async def submit_reschedule(desk: Desk, submission: Submission) -> Answer:
    """Moves the meeting and its ladder; a time that has passed is an error on its field."""
    meeting, rungs = forms.read_meeting(submission.view), forms.read_rungs(submission.view)
    moved = await desk.publishing.move(submission.person, submission.meta.negotiation_id, meeting, rungs)
    if isinstance(moved, Refused):
        said = {problem.field: desk.words.say(f"reschedule.{problem.rule}") for problem in moved.problems}
        return {"response_action": "errors", "errors": forms.field_errors(submission.view, said)}
    line = moved_line(moved, await desk.people.zone(submission.person), desk.words)
    _settle_nudge(desk, submission, line)
    view = done_view(desk.words.say("reschedule.done_title"), line, desk.words)
    return {"response_action": "update", "view": plain(view)}


CHOICES = {
    ids.Choice.EDIT: edit,
    ids.Choice.RESCHEDULE: reschedule,
    ids.Choice.TAKE_BACK: take_back,
    ids.Choice.CANCEL: cancel,
}


async def _open_and_fill(desk: Desk, click: Click, title_key: str, content: Callable[[], Awaitable[View]]) -> None:
    """A light view at once, as the trigger lives three seconds; then what is read from the store."""
    view_id, _ = await desk.web.open_view(click.trigger_id, loading_view(desk.words, title_key))

    async def fill() -> None:
        await desk.web.update_view(view_id, await content())

    desk.later(click.body, fill, view_id)


async def _answer_nudge(desk: Desk, click: Click, key: str, **values: object) -> None:
    """The nudge becomes one line that says what was done."""
    negotiation = await desk.preparing.standing(click.person, click.target.negotiation_id)
    said = titled(key, negotiation, desk.words, **values)
    message = answered_message(said, negotiation.id, click.body.get("message") or {})
    desk.later(click.body, lambda: click.reply(desk, message, replace=True))


def _settle_nudge(desk: Desk, submission: Submission, said: Mrkdwn) -> None:
    """The same for a nudge that led to a view, once that is submitted."""
    if submission.meta.nudge:
        channel, ts = submission.meta.nudge.split(" ")

        async def settle() -> None:
            with suppress(DeliveryError):  # the person may have deleted it, and everything is done
                await desk.web.update(channel, ts, answered_message(said, submission.meta.negotiation_id))

        desk.later(submission.body, settle)
