"""The form: submitting it, saving it as it stands, and continuing what was begun."""

from bot.coaching.brief import Field
from bot.services.model import Negotiation
from bot.services.pages import Form, Refused, Reworded
from bot.slack import forms
from bot.slack.desk import Answer, Click, Desk, Submission
from bot.slack.views.brief import brief_view
from bot.slack.views.plain import plain
from bot.slack.views.review import review_view


async def submit_brief(desk: Desk, submission: Submission) -> Answer:
    """Saves, then answers with the gate's errors on their fields or with the review."""
    brief, meta = forms.read_brief(submission.view), submission.meta
    outcome = await desk.preparing.submit(submission.person, meta.negotiation_id, brief)
    said = {Field.PLACE: desk.words.say("form.place.error")} if forms.misplaced(brief) else {}
    if isinstance(outcome, Refused):
        said |= {problem.field: desk.gate_words[problem] for problem in outcome.problems}
    elif not said:
        if outcome.zone is None:
            desk.later(submission.body, lambda: desk.people.learn(submission.person, None), patient=True)
        view = review_view(outcome, desk.words, reworded=meta.reworded)
        return {"response_action": "update", "view": plain(view)}
    return {"response_action": "errors", "errors": forms.field_errors(submission.view, said)}


async def save_draft(desk: Desk, click: Click) -> None:
    """Keeps what is typed so far; the form stays as it is."""
    meta = click.meta
    negotiation = await desk.preparing.keep_draft(click.person, meta.negotiation_id, forms.read_brief(click.view))
    form = Form(negotiation, meta.generation, note="form.saved", before=await typed_before(desk, click))
    desk.later(click.body, lambda: desk.web.update_view(click.view["id"], brief_view(form, desk.words)))


async def continue_draft(desk: Desk, click: Click) -> None:
    """Shows an unfinished brief instead; what was typed meanwhile is saved as a draft of its own."""
    typed = forms.read_brief(click.view)
    if not forms.is_blank(typed):
        await desk.preparing.keep_draft(click.person, click.meta.negotiation_id, typed)
    show_form(desk, click, await desk.preparing.newest(click.person, click.target.negotiation_id))


async def delete_draft(desk: Desk, click: Click) -> None:
    """Deletes an unfinished brief; the form, and what is typed in it, stay as they are."""
    deleted = await desk.preparing.delete_draft(click.person, click.target.negotiation_id)
    form = Form(
        desk.preparing.begin(click.person, click.meta.negotiation_id, forms.read_brief(click.view)),
        click.meta.generation,
        drafts=(await desk.preparing.waiting(click.person)).drafts,
        note="form.deleted" if deleted else "form.not_deleted",
    )
    desk.later(click.body, lambda: desk.web.update_view(click.view["id"], brief_view(form, desk.words)))


async def back_to_edit(desk: Desk, click: Click) -> None:
    """From the review to the form, every field as it was."""
    negotiation = await desk.preparing.newest(click.person, click.meta.negotiation_id)
    show_form(desk, click, negotiation, await typed_before(desk, click))


async def own_words(desk: Desk, click: Click) -> None:
    """Puts back what the coach's wording replaced; the other fields stay as they are typed."""
    if before := await typed_before(desk, click):
        typed = forms.read_brief(click.view)
        negotiation = await desk.preparing.take_words_back(click.person, click.meta.negotiation_id, typed, before)
        show_form(desk, click, negotiation)


async def typed_before(desk: Desk, click: Click) -> Reworded | None:
    """What the coach's wording replaced, as far as the clicked view remembers."""
    if not click.meta.reworded:
        return None
    revision, layer = click.meta.reworded.split(" ")
    return await desk.preparing.reworded(click.person, click.meta.negotiation_id, int(revision), Field(layer))


def show_form(desk: Desk, click: Click, negotiation: Negotiation, before: Reworded | None = None) -> None:
    """The form in place of the view that was clicked, with what the negotiation holds."""
    form = Form(negotiation, f"{negotiation.id}.{negotiation.revision}", before=before)
    desk.later(click.body, lambda: desk.web.update_view(click.view["id"], brief_view(form, desk.words)))
