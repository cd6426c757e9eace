"""The review: the script as it will read, where it goes, what stays private, and what the coach noticed."""

from slack_sdk.models.blocks import Block, ConfirmObject, DividerBlock, InteractiveElement
from slack_sdk.models.views import View

from bot.coaching.brief import Brief
from bot.services.pages import Review
from bot.slack import ids
from bot.slack.dates import moments
from bot.slack.views import parts
from bot.slack.views.findings import findings_blocks
from bot.slack.views.script import script_blocks, script_values
from bot.wording.mrkdwn import Mrkdwn, escape
from bot.wording.words import Words


def review_view(review: Review, words: Words, *, unfolded: bool = False, reworded: str = "") -> View:
    """Posting is the submit, unless the matter is sensitive or has no place to go: then keeping it private is."""
    negotiation = review.negotiation
    return parts.modal(
        ids.View.REVIEW,
        words.say("review.title"),
        [
            parts.section(words.mrkdwn("review.intro_update" if review.posted else "review.intro")),
            *script_blocks(script_values(negotiation, review.script, review.zone), words),
            DividerBlock(),
            *findings_blocks(review.negotiation, review.findings, words, unfolded=unfolded),
            *_facts(review, words),
            parts.actions(_buttons(review, words)),
        ],
        meta=ids.Meta(negotiation.id, negotiation.revision, private=review.private_first, reworded=reworded),
        submit=words.say("review.keep") if review.private_first else _post_label(review, words),
        close=words.say("review.close"),
    )


def _post_label(review: Review, words: Words) -> str:
    return words.say("review.update" if review.updates else "review.post")


def _facts(review: Review, words: Words) -> list[Block]:
    brief = review.negotiation.brief
    sealed = (
        words.mrkdwn("review.sealed", walk_away=escape(brief.walk_away.reveal()))
        if brief.walk_away
        else words.mrkdwn("review.sealed_none")
    )
    return [parts.section(_place(review, words)), *parts.sections(sealed), parts.section(_nudges(review, words))]


def _place(review: Review, words: Words) -> Mrkdwn:
    """Where the first choice takes the script, and what it takes it away from."""
    brief = review.negotiation.brief
    if not brief.place:
        said = words.mrkdwn("review.goes_private")
    elif review.private_first:
        key = "review.sensitive" if review.sensitive else "review.stays_private"
        said = words.mrkdwn(key, place=parts.channel(brief.place))
    else:
        said = words.mrkdwn("review.goes_to", place=parts.channel(brief.place))
    if review.leaves:
        leaves = words.mrkdwn("review.leaves", place=parts.channel(review.leaves))
        said = Mrkdwn(f"{said}\n{leaves}")
    return said


def _nudges(review: Review, words: Words) -> Mrkdwn:
    if not review.negotiation.brief.meeting_at:
        return words.mrkdwn("review.no_meeting")
    if review.too_close:
        return words.mrkdwn("review.too_close")
    if not review.nudges:
        return words.mrkdwn("review.no_rungs")
    return words.mrkdwn("review.nudges", times=moments((step.at for step in review.nudges), review.zone))


def _buttons(review: Review, words: Words) -> list[InteractiveElement]:
    brief = review.negotiation.brief
    buttons: list[InteractiveElement] = [parts.button(words.say("review.back"), ids.Action.BACK)]
    if review.too_close:
        buttons.insert(0, parts.button(words.say("review.rehearse"), ids.Action.REHEARSE_REVIEW, style="primary"))
    if not review.private_first:
        confirm = _confirm("review.confirm_leave", brief, words) if review.updates else None
        buttons.append(parts.button(words.say("review.keep"), ids.Action.KEEP, confirm=confirm))
    elif brief.place:
        confirm = _confirm("review.confirm", brief, words)
        buttons.append(parts.button(words.say("review.post"), ids.Action.POST, confirm=confirm))
    return buttons


def _confirm(key: str, brief: Brief, words: Words) -> ConfirmObject:
    return ConfirmObject(
        title=words.say(f"{key}.title"),
        text=parts.text(words.mrkdwn(f"{key}.text", place=parts.channel(brief.place))),
        confirm=words.say(f"{key}.yes"),
        deny=words.say(f"{key}.no"),
    )
