"""Private answers to a command or a click."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.services.model import Message, Negotiation
from bot.slack import ids, limits
from bot.slack.views import parts
from bot.slack.views.plain import plain
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words


def help_answer(words: Words) -> Message:
    return _answer(words.mrkdwn("answer.help"))


def unknown_answer(word: str, nearest: str, words: Words) -> Message:
    """For one word that is no subcommand: the nearest one, or a form with the word as its title."""
    said = words.mrkdwn("answer.unknown", word=limits.shorten(word, limits.BUTTON), nearest=nearest)
    label = words.say("answer.prepare", title=limits.shorten(word, limits.BUTTON - 12))
    return _answer(said, [parts.button(label, ids.Action.PREPARE, limits.shorten(word, 1000))])


def not_opened_answer(title: str, words: Words) -> Message:
    """Slack did not open the form in time: one press opens it, the title kept."""
    label = words.say("answer.open_form")
    return _answer(words.mrkdwn("answer.form_not_opened"), [parts.button(label, ids.Action.PREPARE, title[:1000])])


def cancelled_answer(negotiation: Negotiation, words: Words) -> Message:
    target = ids.Target(negotiation.id, negotiation.owner.user)
    said = titled("answer.cancelled", negotiation, words)
    return _answer(said, [parts.button(words.say("answer.undo"), ids.Action.UNDO, target)])


def plain_answer(said: Mrkdwn) -> Message:
    return _answer(said)


def titled(key: str, negotiation: Negotiation, words: Words, **values: object) -> Mrkdwn:
    """A phrase about one negotiation, which it names."""
    title = limits.shorten(negotiation.brief.title, limits.HEADER)
    return words.mrkdwn(key, title=title, **values)


def _answer(said: Mrkdwn, buttons: Sequence[InteractiveElement] = ()) -> Message:
    blocks: list[Block] = [parts.section(said)]
    if buttons:
        blocks.append(parts.actions(list(buttons)))
    return Message(said, tuple(plain(block) for block in blocks))
