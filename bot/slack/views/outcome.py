"""What a submitted review turns into: posting, posted or kept, or why Slack did not take it."""

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.services.model import Message, Negotiation, State
from bot.services.pages import DelayedPage, FailedPage, PostedPage
from bot.slack import ids, limits
from bot.slack.dates import moment, moments
from bot.slack.views import parts
from bot.slack.views.plain import plain
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

EDIT_REFUSED = {"message_not_found", "edit_window_closed", "cant_update_message", "is_inactive", "block_mismatch"}
"""Codes with which `chat.update` refuses for good; only a new message helps."""


def waiting_view(negotiation: Negotiation, words: Words) -> View:
    """Shown while the outbox delivers the script; the delivery fills it."""
    key = "outcome.keeping" if _is_private(negotiation) else "outcome.posting"
    return _view(
        negotiation, "outcome.posting_title", [parts.section(words.mrkdwn(key, place=_place(negotiation)))], words
    )


def delayed_view(page: DelayedPage, words: Words) -> View:
    """The waiting view once Slack has not taken the script at the first try."""
    said = words.mrkdwn("outcome.delayed", time=moment(page.again_at, page.zone))
    return _view(page.negotiation, "outcome.posting_title", [parts.section(said)], words)


def posted_view(page: PostedPage, words: Words) -> View:
    kind = "kept" if _is_private(page.negotiation) else "posted"
    key = f"outcome.{kind}_link" if page.link else f"outcome.{kind}"
    lead = words.mrkdwn(key, place=_place(page.negotiation), link=Mrkdwn(page.link or ""))
    times = moments((step.at for step in page.nudges), page.zone)
    reminders = words.mrkdwn("outcome.reminders", times=times) if times else words.mrkdwn("outcome.no_reminders")
    blocks: list[Block] = [parts.section(f"{lead}\n{reminders}"), parts.context(words.mrkdwn("outcome.say_aloud"))]
    return _view(page.negotiation, f"outcome.{kind}_title", blocks, words)


def failed_view(page: FailedPage, words: Words) -> View:
    blocks = [*parts.sections(_why(page, words)), parts.actions(_ways_on(page, words))]
    title = "outcome.unchanged_title" if page.code in EDIT_REFUSED else "outcome.failed_title"
    return _view(page.negotiation, title, blocks, words)


def failed_message(page: FailedPage, words: Words) -> Message:
    """The same as a private message, for a person who closed the view."""
    why = _why(page, words)
    blocks: list[Block] = [*parts.sections(why), parts.actions(_ways_on(page, words))]
    return Message(why, tuple(plain(block) for block in blocks))


def _view(negotiation: Negotiation, title: str, blocks: list[Block], words: Words) -> View:
    meta = ids.Meta(negotiation.id, negotiation.revision)
    return parts.modal(ids.View.MESSAGE, words.say(title), blocks, meta=meta, close=words.say("outcome.close"))


def _is_private(negotiation: Negotiation) -> bool:
    return negotiation.place in (None, negotiation.owner.user)


def _place(negotiation: Negotiation) -> Mrkdwn:
    return Mrkdwn("") if _is_private(negotiation) else parts.channel(negotiation.place)


def _why(page: FailedPage, words: Words) -> Mrkdwn:
    title = limits.shorten(page.negotiation.brief.title, limits.HEADER)
    lead = words.mrkdwn(_lead(page), title=title, place=_place(page.negotiation))
    return Mrkdwn(f"{lead}\n{words.by_code('failed', page.code)}")


def _lead(page: FailedPage) -> str:
    negotiation = page.negotiation
    if negotiation.state is State.CANCELLED:
        return "failed.lead_cancelled"
    if negotiation.place is None:
        return "failed.lead_taken_back"
    if page.code in EDIT_REFUSED:
        return "failed.lead_unchanged"
    return "failed.lead_private" if _is_private(negotiation) else "failed.lead"


def _ways_on(page: FailedPage, words: Words) -> list[InteractiveElement]:
    negotiation = page.negotiation
    target = ids.Target(negotiation.id, negotiation.owner.user, page.head_ts)
    again = parts.button(words.say("outcome.again"), ids.Action.AGAIN, target, style="primary")
    if negotiation.state is State.CANCELLED or negotiation.place is None:
        return [again]
    if page.code in EDIT_REFUSED:
        again = parts.button(words.say("outcome.anew"), ids.Action.ANEW, target, style="primary")
    return [again, parts.button(words.say("outcome.other_place"), ids.Action.PLACE, target)]
