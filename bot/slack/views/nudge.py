"""A nudge: the script to say, one focus for its rung, and what the person can answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock, InteractiveElement

from bot.services.model import Message
from bot.services.pages import DigestPage, NudgePage, Occasion
from bot.slack import ids, limits
from bot.slack.dates import moment
from bot.slack.views import parts
from bot.slack.views.plain import plain
from bot.slack.views.script import script_values
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

_Piece = tuple[str, list[Block]]
_GAP = "\n\n"

_NAMES = 24
"""A title may take this part of a nudge's room, in characters of up to four bytes."""

NOTHING: Mapping[str, Any] = {}

_LEAST = 60
"""Bytes of the sentences that are shown in any case."""


def nudge_message(page: NudgePage, words: Words) -> Message:
    return _message([_piece(page, words, limits.MESSAGE_TEXT_BYTES)])


def digest_message(page: DigestPage, words: Words) -> Message:
    """Several nudges, each with its own buttons and its share of the room."""
    head = words.mrkdwn("nudge.several", count=len(page.nudges))
    room = (limits.MESSAGE_TEXT_BYTES - len(head.encode())) // len(page.nudges) - len(_GAP)
    pieces = [_piece(nudge, words, room) for nudge in page.nudges]
    return _message([(head, [parts.section(head)]), *((text, [DividerBlock(), *blocks]) for text, blocks in pieces)])


def answered_message(said: Mrkdwn, negotiation_id: str, shown: Mapping[str, Any] = NOTHING) -> Message:
    """What stands in a nudge's place once the person answered it; the other nudges of its message stay."""
    line = {**plain(parts.section(said)), "block_id": f"answered {negotiation_id}"}
    blocks: list[dict[str, Any]] = []
    for block in shown.get("blocks", ()):
        ours = str(block.get("block_id", "")).startswith(_block_id(negotiation_id))
        if not ours or line not in blocks:
            blocks.append(line if ours else block)
    if line not in blocks:
        blocks = [line]
    texts = [block["text"]["text"] for block in blocks if "text" in block]
    return Message(_GAP.join(texts), tuple(blocks))


def _message(pieces: Sequence[_Piece]) -> Message:
    blocks = [plain(block) for _, shown in pieces for block in shown]
    return Message(_GAP.join(text for text, _ in pieces), tuple(blocks))


def _piece(page: NudgePage, words: Words, room: int) -> _Piece:
    """One nudge, in text and in blocks, with `room` bytes for its text."""
    now = page.occasion
    values = script_values(now.negotiation, page.script, now.zone)
    names = min(limits.HEADER, room // _NAMES)
    head = words.render(
        "nudge.mrkdwn.j2",
        **{**values, **{name: limits.shorten(str(values[name]), names) for name in ("title", "counterpart")}},
        minutes=now.focus.minutes,
        late=now.late,
        due=moment(now.due_at, now.zone),
    )
    sentences = _fitting(words.render("script_sentences.mrkdwn.j2", **values), head, words, room)
    blocks: list[Block] = [*parts.sections(head), *parts.sections(sentences), parts.actions(_buttons(now, words))]
    for number, block in enumerate(blocks):
        block.block_id = f"{_block_id(now.negotiation.id)}{number}"
    return f"{head}{_GAP}{sentences}", blocks


def _block_id(negotiation_id: str) -> str:
    return f"nudge {negotiation_id} "


def _fitting(sentences: Mrkdwn, head: str, words: Words, room: int) -> Mrkdwn:
    """The sentences, or as much of them as there is room for and where to find the rest."""
    left = room - len(f"{head}{_GAP}".encode())
    if len(sentences.encode()) <= left:
        return sentences
    note = f"\n_{words.mrkdwn('nudge.shortened')}_"
    first = next(limits.split(sentences, limits.MESSAGE_TEXT_BYTES, max(left - len(note.encode()), _LEAST)))
    return Mrkdwn(first + note)


def _buttons(now: Occasion, words: Words) -> list[InteractiveElement]:
    negotiation, action = now.negotiation, ids.Action
    target = ids.Target(negotiation.id, negotiation.owner.user)
    nudge = ids.Target(negotiation.id, negotiation.owner.user, f"{now.rung.minutes} {now.due_at.isoformat()}")
    buttons: list[InteractiveElement] = [
        parts.button(words.say("nudge.rehearsed"), action.REHEARSED, target, style="primary"),
        parts.button(words.say("nudge.practise"), action.REHEARSE, target),
    ]
    if now.snooze:
        minutes = int(now.snooze.total_seconds()) // 60
        buttons.append(parts.button(words.say("nudge.snooze", minutes=minutes), action.SNOOZE, nudge))
    buttons.append(parts.button(words.say("nudge.moved"), action.MOVED, target))
    buttons.append(parts.button(words.say("nudge.stop"), action.STOP, target))
    return buttons
