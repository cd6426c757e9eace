"""Answers to what the coach noticed: see the rest, take its wording, or tell it that it is wrong."""

from bot.coaching.brief import Field
from bot.services.model import Dismissal
from bot.slack import ids
from bot.slack.desk import Click, Desk
from bot.slack.listeners.brief import show_form
from bot.slack.views.review import review_view


async def more_findings(desk: Desk, click: Click) -> None:
    """Unfolds the rest."""
    await _show_review(desk, click, unfolded=True)


async def answer_finding(desk: Desk, click: Click) -> None:
    """*Use this wording* goes back to the form with it; *Not what I meant* silences the rule for this field."""
    answer, rule, field = click.target.detail.split(" ")
    which, meta = Dismissal(rule, field), click.meta
    if ids.Answer(answer) is ids.Answer.USE:
        negotiation = await desk.preparing.use_wording(click.person, meta.negotiation_id, meta.revision, which)
        before = await desk.preparing.reworded(click.person, meta.negotiation_id, meta.revision, Field(field))
        show_form(desk, click, negotiation, before)
    else:
        await desk.preparing.dismiss(click.person, meta.negotiation_id, which)
        await _show_review(desk, click, unfolded=False)


async def _show_review(desk: Desk, click: Click, *, unfolded: bool) -> None:
    review = await desk.preparing.review(click.person, click.meta.negotiation_id, click.meta.revision)
    view = review_view(review, desk.words, unfolded=unfolded, reworded=click.meta.reworded)
    desk.later(click.body, lambda: desk.web.update_view(click.view["id"], view))
