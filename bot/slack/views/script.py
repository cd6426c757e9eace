"""The script as messages: one where it fits, else the three sentences with the rest in their thread."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, DividerBlock, Option, OverflowMenuElement

from bot.coaching.script import Script
from bot.services.model import Message, Negotiation
from bot.services.pages import CancelledPage, ScriptPage
from bot.slack import ids, limits
from bot.slack.dates import moment
from bot.slack.views import parts
from bot.slack.views.plain import plain
from bot.wording.mrkdwn import Mrkdwn, escape
from bot.wording.words import Words


def script_values(negotiation: Negotiation, script: Script, zone: str | None) -> Mapping[str, object]:
    """What the script's templates may show: the shareable part of a brief and nothing sealed."""
    brief = negotiation.brief
    return {
        "title": brief.title,
        "counterpart": brief.counterpart,
        "counterpart_id": Mrkdwn(f"<@{brief.counterpart_id}>") if brief.counterpart_id else None,
        "meeting": moment(brief.meeting_at, zone) if brief.meeting_at else None,
        "owner": Mrkdwn(f"<@{negotiation.owner.user}>"),
        "my_win": brief.my_win,
        "their_win": brief.their_win,
        "shared_win": brief.shared_win,
        "goal": script.goal,
        "need": script.need,
        "proposal": script.proposal,
    }


def script_blocks(values: Mapping[str, object], words: Words) -> list[Block]:
    """The whole script as sections, for a view, where length is no matter."""
    head, wins, sentences = _chapters(values, words)
    return [*parts.sections(head), *parts.sections(wins), DividerBlock(), *parts.sections(sentences)]


def script_messages(page: ScriptPage, words: Words) -> list[Message]:
    """The head, and replies for its thread where the script is too long for one message."""
    values = script_values(page.negotiation, page.script, page.zone)
    head, wins, sentences = _chapters(values, words)
    controls = [_controls(page.negotiation, words)]
    whole = _message(words.render("script.mrkdwn.j2", **values), [head, wins, sentences], controls)
    if _fits(whole):
        return [whole]
    title = _headline(values, words)
    replies = [wins] if title == head else [head, wins]
    pieces = _pieces([f"{title}\n\n{sentences}", *replies], words)
    return [_message(piece, [piece], controls if number == 0 else []) for number, piece in enumerate(pieces)]


def cancelled_message(page: CancelledPage, words: Words) -> Message:
    """One struck line without buttons."""
    title = limits.shorten(page.negotiation.brief.title.replace("~", " "), limits.HEADER)
    line = words.mrkdwn("script.cancelled", title=title, owner=Mrkdwn(f"<@{page.negotiation.owner.user}>"))
    return Message(line, (plain(parts.section(line)),))


def _chapters(values: Mapping[str, object], words: Words) -> tuple[Mrkdwn, Mrkdwn, Mrkdwn]:
    return (
        words.render("script_head.mrkdwn.j2", **values),
        words.render("script_wins.mrkdwn.j2", **values),
        words.render("script_sentences.mrkdwn.j2", **values),
    )


def _headline(values: Mapping[str, object], words: Words) -> Mrkdwn:
    """The head in few words, so that the sentences have room behind it."""
    short = {name: limits.shorten(str(values[name]), limits.HEADER) for name in ("title", "counterpart")}
    return words.render("script_head.mrkdwn.j2", **{**values, **short})


def _message(text: str, chapters: Sequence[str], controls: Sequence[Block]) -> Message:
    blocks: list[Block] = [block for chapter in chapters for block in parts.sections(chapter)]
    return Message(text, tuple(plain(block) for block in [*blocks, *controls]))


def _fits(message: Message) -> bool:
    shown = sum(len(str(block)) for block in message.blocks)
    return len(message.text.encode()) <= limits.MESSAGE_TEXT_BYTES and shown <= limits.MESSAGE_BLOCKS_TOTAL


def _pieces(chapters: Sequence[str], words: Words) -> list[str]:
    """Texts that each fit one message; the first says where the others are."""
    note = f"\n\n_{escape(words.say('script.continued'))}_"
    room = limits.MESSAGE_TEXT_BYTES - len(note.encode())
    head, *rest = [piece for chapter in chapters for piece in limits.split(chapter, limits.MESSAGE_TEXT_BYTES, room)]
    return [head + note, *rest]


def _controls(negotiation: Negotiation, words: Words) -> Block:
    owner = negotiation.owner.user
    rehearse = parts.button(
        words.say("script.rehearse"), ids.Action.REHEARSE, ids.Target(negotiation.id, owner), style="primary"
    )
    menu = OverflowMenuElement(
        action_id=ids.Action.MENU,
        options=[
            Option(text=words.say(f"script.{choice}"), value=str(ids.Target(negotiation.id, owner, choice)))
            for choice in ids.Choice
        ],
    )
    return parts.actions([rehearse, menu])
