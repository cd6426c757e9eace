"""A nudge: the script to say, one focus for its rung, and what the person can answer."""

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.services.model import Message
from bot.services.pages import NudgePage
from bot.slack import ids, limits
from bot.slack.dates import moment
from bot.slack.views import parts
from bot.slack.views.script import script_values
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words


def nudge_message(page: NudgePage, words: Words) -> Message:
    values = script_values(page.negotiation, page.script, page.zone)
    head = words.render(
        "nudge.mrkdwn.j2",
        **{**values, **{name: limits.shorten(str(values[name]), limits.HEADER) for name in ("title", "counterpart")}},
        minutes=page.rung.minutes,
        late=page.late,
        due=moment(page.due_at, page.zone),
    )
    sentences = _fitting(words.render("script_sentences.mrkdwn.j2", **values), head, words)
    blocks: list[Block] = [*parts.sections(head), *parts.sections(sentences), parts.actions(_buttons(page, words))]
    return Message(f"{head}\n\n{sentences}", tuple(block.to_dict() for block in blocks))


def answered_message(said: Mrkdwn) -> Message:
    """What stands in a nudge's place once the person answered it."""
    return Message(said, (parts.section(said).to_dict(),))


def _fitting(sentences: Mrkdwn, head: str, words: Words) -> Mrkdwn:
    """The sentences, or as much of them as one message holds and where to find the rest."""
    note = f"\n_{words.mrkdwn('nudge.shortened')}_"
    room = limits.MESSAGE_TEXT_BYTES - len(f"{head}\n\n{note}".encode())
    first, *rest = limits.split(sentences, limits.MESSAGE_TEXT_BYTES, room)
    return Mrkdwn(first + note) if rest else sentences


def _buttons(page: NudgePage, words: Words) -> list[InteractiveElement]:
    negotiation, action = page.negotiation, ids.Action
    target = ids.Target(negotiation.id, negotiation.owner.user)
    nudge = ids.Target(negotiation.id, negotiation.owner.user, f"{page.rung.minutes} {page.due_at.isoformat()}")
    buttons: list[InteractiveElement] = [
        parts.button(words.say("nudge.rehearsed"), action.REHEARSED, target, style="primary"),
        parts.button(words.say("nudge.practise"), action.REHEARSE, target),
    ]
    if page.snooze:
        minutes = int(page.snooze.total_seconds()) // 60
        buttons.append(parts.button(words.say("nudge.snooze", minutes=minutes), action.SNOOZE, nudge))
    buttons.append(parts.button(words.say("nudge.moved"), action.MOVED, target))
    buttons.append(parts.button(words.say("nudge.stop"), action.STOP, target))
    return buttons
