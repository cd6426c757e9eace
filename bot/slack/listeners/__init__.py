"""What Slack tells us, one file per journey; `register` is the table of all of it.

Bolt tries its listeners one after another, so there are few registrations, the hottest first, and families of
actions and views go through a table.
"""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse

from bot.slack import ids
from bot.slack.desk import Click, Clicked, Desk, Submission, Submitted
from bot.slack.listeners import brief, command, findings, review, scripts

CLICKED: dict[ids.Action, Clicked] = {
    ids.Action.SAVE: brief.save_draft,
    ids.Action.CONTINUE: brief.continue_draft,
    ids.Action.DELETE: brief.delete_draft,
    ids.Action.BACK: brief.back_to_edit,
    ids.Action.POST: review.post_script,
    ids.Action.KEEP: review.keep_private,
    ids.Action.REHEARSE_REVIEW: review.rehearse_review,
    ids.Action.MORE: findings.more_findings,
    ids.Action.FINDING: findings.answer_finding,
    ids.Action.OWN_WORDS: brief.own_words,
    ids.Action.AGAIN: review.try_again,
    ids.Action.ANEW: review.post_again,
    ids.Action.PLACE: scripts.edit,
    ids.Action.REHEARSE: scripts.rehearse,
    ids.Action.MENU: scripts.menu,
    ids.Action.REHEARSED: scripts.rehearsed,
    ids.Action.SNOOZE: scripts.snooze,
    ids.Action.MOVED: scripts.reschedule,
    ids.Action.STOP: scripts.stop,
    ids.Action.PREPARE: command.prepare,
    ids.Action.UNDO: scripts.undo,
}
OWN_VIEW = {
    ids.Action.SAVE,
    ids.Action.BACK,
    ids.Action.POST,
    ids.Action.KEEP,
    ids.Action.REHEARSE_REVIEW,
    ids.Action.MORE,
    ids.Action.OWN_WORDS,
    ids.Action.PREPARE,
}
"""Buttons that stand only in a person's own views or answers; the value of every other names its owner."""

SUBMITTED: dict[ids.View, Submitted] = {
    ids.View.BRIEF: brief.submit_brief,
    ids.View.REVIEW: review.submit_review,
    ids.View.REHEARSAL: scripts.submit_rehearsal,
    ids.View.RESCHEDULE: scripts.submit_reschedule,
}
_ANYTHING = re.compile(".*")


def register(app: AsyncApp, desk: Desk) -> None:
    """Connects every listener to the app."""

    async def on_command(ack: AsyncAck, body: dict[str, Any]) -> None:
        await command.on_command(desk, ack, body)

    async def on_submission(ack: AsyncAck, body: dict[str, Any]) -> None:
        submission = Submission.of(body)
        answer = SUBMITTED[ids.View(submission.view["callback_id"])](desk, submission)
        await ack(**await desk.answered(body, answer))

    async def on_click(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        await desk.in_time(body, _clicked(desk, ids.action_of(body["actions"][0]["action_id"]), body))

    async def on_shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
        await command.on_shortcut(desk, ack, body)

    async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        return await desk.failures.answer(error, body)

    app.command(ids.COMMAND)(on_command)
    app.view(_ANYTHING)(on_submission)
    app.action(_ANYTHING)(on_click)
    app.shortcut(ids.SHORTCUT)(on_shortcut)
    app.error(on_error)


async def _clicked(desk: Desk, action: ids.Action | None, body: dict[str, Any]) -> None:
    """A click on what belongs to somebody else gets a private line and changes nothing."""
    if action is None:
        return  # an input that reports nothing we act on
    click = Click.of(body)
    if action not in OWN_VIEW and click.target.owner != click.person.user:
        desk.later(body, lambda: desk.failures.tell(desk.words.mrkdwn("answer.not_yours"), body))
        return
    await CLICKED[action](desk, click)
