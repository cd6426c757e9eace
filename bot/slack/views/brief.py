"""The form of the brief."""

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConfirmObject,
    ConversationFilter,
    ConversationSelectElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.coaching.brief import Brief, Field, Rung
from bot.services.model import DraftTitle, Unreached
from bot.services.pages import Form, Reworded
from bot.slack import ids, limits
from bot.slack.views import parts
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

_LONG = (Field.MY_WIN, Field.THEIR_WIN, Field.SHARED_WIN, Field.WALK_AWAY)
_OPTIONAL = (Field.COUNTERPART_ID, Field.MEETING_AT, Field.WALK_AWAY, Field.PLACE, Field.RUNGS)
_QUOTED = 500
"""Characters of what was typed before that the form quotes; taking it back brings all of it."""
_ASKED = 40
"""Characters of a title in a question; escaped, the whole question may have 300."""
_PHRASES = {Field.TITLE: "title_field"}


def brief_view(form: Form, words: Words) -> View:
    """The form with every field as the brief has it."""
    brief = form.negotiation.brief
    inputs: list[Block] = []
    for field in Field:
        inputs.append(_input(field, form, _element(field, brief, form.fresh, words), words))
        inputs += _before(form.before, words) if form.before and form.before.layer is field else []
    return parts.modal(
        ids.View.BRIEF,
        words.say("form.title"),
        [
            *(parts.section(_silence(one, words)) for one in form.unreached),
            *_continue(form.drafts, form.negotiation.owner.user, words),
            *inputs,
            *_save(form, words),
        ],
        meta=ids.Meta(form.negotiation.id, form.negotiation.revision, form.generation, reworded=reworded(form.before)),
        submit=words.say("form.submit"),
        close=words.say("form.close"),
    )


def reworded(before: Reworded | None) -> str:
    """What a view remembers of it; see `ids.Meta`."""
    return f"{before.revision} {before.layer}" if before else ""


def loading_view(words: Words, title_key: str) -> View:
    """A light view that opens at once and is filled as soon as the saved content is read."""
    blocks = [parts.section(words.mrkdwn("form.loading"))]
    return parts.modal(ids.View.MESSAGE, words.say(title_key), blocks, close=words.say("form.close"))


def _input(field: Field, form: Form, element: InputInteractiveElement, words: Words) -> InputBlock:
    phrases = f"form.{_PHRASES.get(field, field)}"
    return InputBlock(
        block_id=ids.block(field, form.generation),
        label=words.say(f"{phrases}.label"),
        hint=words.say(f"{phrases}.hint"),
        element=element,
        optional=field in _OPTIONAL,
    )


def _element(field: Field, brief: Brief, fresh: bool, words: Words) -> InputInteractiveElement:
    match field:
        case Field.COUNTERPART_ID:
            return UserSelectElement(action_id=field, initial_user=brief.counterpart_id)
        case Field.MEETING_AT:
            return meeting_picker(brief)
        case Field.PLACE:
            return _place(brief.place, fresh)
        case Field.RUNGS:
            return rung_boxes(brief.rungs, words)
        case _:
            return PlainTextInputElement(
                action_id=field,
                initial_value=_typed(field, brief)[: limits.INPUT] or None,
                multiline=field in _LONG,
                max_length=limits.INPUT,
            )


def _typed(field: Field, brief: Brief) -> str:
    if field is Field.WALK_AWAY:
        return brief.walk_away.reveal()
    return str(getattr(brief, field))


def meeting_picker(brief: Brief) -> DateTimePickerElement:
    picked = int(brief.meeting_at.timestamp()) if brief.meeting_at else None
    return DateTimePickerElement(action_id=Field.MEETING_AT, initial_date_time=picked)


def _place(place: str | None, fresh: bool) -> ConversationSelectElement:
    return ConversationSelectElement(
        action_id=Field.PLACE,
        initial_conversation=place,
        default_to_current_conversation=True if fresh and not place else None,
        # A channel shared with another company may hold the counterpart.
        filter=ConversationFilter(
            include=["public", "private"], exclude_external_shared_channels=True, exclude_bot_users=True
        ),
    )


def rung_boxes(chosen: frozenset[Rung], words: Words) -> CheckboxesElement:
    def option(rung: Rung) -> Option:
        return Option(value=str(rung.minutes), text=words.say(f"form.rungs.{rung.minutes}"))

    ticked = [option(rung) for rung in Rung if rung in chosen]
    return CheckboxesElement(
        action_id=Field.RUNGS,
        options=[option(rung) for rung in Rung],
        initial_options=ticked or None,
    )


def _before(before: Reworded, words: Words) -> list[Block]:
    said = words.mrkdwn("form.before", words=limits.shorten(before.words, _QUOTED))
    return [parts.context(said), parts.actions([parts.button(words.say("form.own_words"), ids.Action.OWN_WORDS)])]


def _silence(unreached: Unreached, words: Words) -> Mrkdwn:
    """What became of reminders that Slack did not take."""
    lead = words.mrkdwn("unreached.lead", title=limits.shorten(unreached.title, limits.HEADER))
    return Mrkdwn(f"{lead} {words.by_code('unreached', unreached.code)}")


def _continue(drafts: Sequence[DraftTitle], owner: str, words: Words) -> list[Block]:
    if not drafts:
        return []
    return [parts.section(words.mrkdwn("form.unfinished")), *(_draft(draft, owner, words) for draft in drafts)]


def _draft(draft: DraftTitle, owner: str, words: Words) -> Block:
    target = ids.Target(draft.negotiation_id, owner)
    title = draft.title or draft.counterpart or words.say("form.untitled")
    sure = ConfirmObject(
        title=words.say("form.delete.title"),
        text=parts.text(words.mrkdwn("form.delete.text", title=limits.shorten(title, _ASKED))),
        confirm=words.say("form.delete.yes"),
        deny=words.say("form.delete.no"),
        style="danger",
    )
    go_on = parts.button(words.say("form.continue", title=title), ids.Action.CONTINUE, target)
    delete = parts.button(words.say("form.delete.yes"), ids.Action.DELETE, target, confirm=sure)
    return parts.actions([go_on, delete], f"draft {draft.negotiation_id}")


def _save(form: Form, words: Words) -> list[Block]:
    said = [parts.context(words.mrkdwn(form.note))] if form.note else []
    return [parts.actions([parts.button(words.say("form.save"), ids.Action.SAVE)], ids.Action.SAVE), *said]
