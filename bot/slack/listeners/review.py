"""The review: posting, keeping private, and trying again where Slack did not take it."""

from bot.services.model import Negotiation
from bot.slack.desk import Answer, Click, Desk, Submission
from bot.slack.views.answers import plain_answer
from bot.slack.views.brief import loading_view
from bot.slack.views.outcome import waiting_view
from bot.slack.views.plain import plain
from bot.slack.views.rehearsal import rehearsal_view


async def submit_review(desk: Desk, submission: Submission) -> Answer:
    """The view's first choice: *Post script*, or *Keep it private* where that comes first."""
    meta = submission.meta
    negotiation = await desk.publishing.confirm(
        submission.person,
        meta.negotiation_id,
        meta.revision,
        private=meta.private,
        view_id=submission.view["id"],
    )
    return {"response_action": "update", "view": plain(waiting_view(negotiation, desk.words))}


async def post_script(desk: Desk, click: Click) -> None:
    """Posting as the second, confirmed choice."""
    await _confirm(desk, click, private=False)


async def keep_private(desk: Desk, click: Click) -> None:
    await _confirm(desk, click, private=True)


async def rehearse_review(desk: Desk, click: Click) -> None:
    """The rehearsal on top of the review, for a meeting too close for a nudge."""
    meta = click.meta
    view_id, _ = await desk.web.push_view(click.trigger_id, loading_view(desk.words, "rehearsal.title"))

    async def fill() -> None:
        negotiation, script = await desk.rehearsing.reviewed(click.person, meta.negotiation_id, meta.revision)
        await desk.web.update_view(view_id, rehearsal_view(negotiation, script, desk.words))

    desk.later(click.body, fill)


async def try_again(desk: Desk, click: Click) -> None:
    """Sends the same script to the same place once more."""
    await _again(desk, click, instead_of="")


async def post_again(desk: Desk, click: Click) -> None:
    """Posts a new message, where Slack no longer lets us change the old one."""
    await _again(desk, click, instead_of=click.target.detail)


async def _confirm(desk: Desk, click: Click, *, private: bool) -> None:
    meta, view = click.meta, click.view
    negotiation = await desk.publishing.confirm(
        click.person, meta.negotiation_id, meta.revision, private=private, view_id=view["id"]
    )
    _show_waiting(desk, click, negotiation)


async def _again(desk: Desk, click: Click, *, instead_of: str) -> None:
    view = click.body.get("view")
    negotiation = await desk.publishing.again(
        click.person, click.target.negotiation_id, instead_of=instead_of, view_id=view["id"] if view else None
    )
    if view:
        _show_waiting(desk, click, negotiation)
    else:
        said = plain_answer(desk.words.mrkdwn("answer.trying"))
        desk.later(click.body, lambda: click.reply(desk, said, replace=True))


def _show_waiting(desk: Desk, click: Click, negotiation: Negotiation) -> None:
    """With the clicked view's hash: an outcome that was quicker must not be overwritten."""
    view = click.view
    waiting = waiting_view(negotiation, desk.words)
    desk.later(click.body, lambda: desk.web.update_view(view["id"], waiting, view["hash"]))
