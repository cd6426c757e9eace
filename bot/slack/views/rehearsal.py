"""Rehearsing, and moving the meeting that one rehearses for."""

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock, InputBlock
from slack_sdk.models.views import View

from bot.coaching.brief import Field
from bot.coaching.script import Script
from bot.services.model import Negotiation
from bot.slack import ids, limits
from bot.slack.dates import moment
from bot.slack.views import parts
from bot.slack.views.brief import meeting_picker, rung_boxes
from bot.wording.mrkdwn import Mrkdwn, escape
from bot.wording.words import Words


def rehearsal_view(negotiation: Negotiation, script: Script, words: Words, nudge: str = "") -> View:
    """The three sentences, large, and how to practise them; `nudge` is the message it was opened from."""
    sentences = [block for text in (script.goal, script.need, script.proposal) for block in _large(text)]
    how = parts.section(words.mrkdwn("rehearsal.how"))
    ready = parts.context(words.mrkdwn("rehearsal.ready"))
    return parts.modal(
        ids.View.REHEARSAL,
        words.say("rehearsal.title"),
        [*sentences, DividerBlock(), how, ready],
        meta=ids.Meta(negotiation.id, negotiation.revision, nudge=nudge),
        submit=words.say("rehearsal.submit"),
        close=words.say("rehearsal.close"),
    )


def done_view(title: str, said: str, words: Words) -> View:
    """A short last word; the person closes it."""
    return parts.modal(ids.View.MESSAGE, title, [parts.section(said)], close=words.say("outcome.close"))


def reschedule_view(negotiation: Negotiation, words: Words, nudge: str = "") -> View:
    """The meeting's time and its rungs, and nothing else."""
    generation = f"{negotiation.id}.{negotiation.revision}"
    elements = {
        Field.MEETING_AT: meeting_picker(negotiation.brief),
        Field.RUNGS: rung_boxes(negotiation.brief.rungs, words),
    }
    inputs = [
        InputBlock(
            block_id=ids.block(field, generation),
            label=words.say(f"form.{field}.label"),
            element=element,
            optional=field is Field.RUNGS,
        )
        for field, element in elements.items()
    ]
    return parts.modal(
        ids.View.RESCHEDULE,
        words.say("reschedule.title"),
        inputs,
        meta=ids.Meta(negotiation.id, negotiation.revision, generation, nudge=nudge),
        submit=words.say("reschedule.submit"),
        close=words.say("reschedule.close"),
    )


def moved_line(negotiation: Negotiation, zone: str | None, words: Words) -> Mrkdwn:
    """When the meeting is now."""
    brief = negotiation.brief
    time = moment(brief.meeting_at, zone) if brief.meeting_at else ""
    return words.mrkdwn("reschedule.done", title=limits.shorten(brief.title, limits.HEADER), time=time)


def _large(sentence: str) -> list[Block]:
    """A header where the sentence fits into one: Slack has no larger text."""
    if len(sentence) <= limits.HEADER and "\n" not in sentence:
        return [HeaderBlock(text=sentence)]
    return list(parts.sections(escape(sentence)))
