"""The small pieces that every view and message is made of."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.slack import ids, limits
from bot.wording.mrkdwn import Mrkdwn


def text(mrkdwn: str) -> MarkdownTextObject:
    """Mrkdwn that Slack must not search for links and names by itself: only what we wrote acts."""
    return MarkdownTextObject(text=mrkdwn, verbatim=True)


def channel(channel_id: str | None) -> Mrkdwn:
    """A channel; Slack shows its name."""
    return Mrkdwn(f"<#{channel_id}>")


def section(mrkdwn: str) -> SectionBlock:
    return SectionBlock(text=text(mrkdwn))


def sections(mrkdwn: str) -> Iterator[SectionBlock]:
    """As many sections as a long text needs."""
    return (section(piece) for piece in limits.split(mrkdwn, limits.SECTION))


def context(mrkdwn: str) -> ContextBlock:
    return ContextBlock(elements=[text(mrkdwn)])


def button(
    label: str,
    action: str,
    value: object = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    return ButtonElement(
        text=limits.shorten(label, limits.BUTTON),
        action_id=action,
        value=str(value) or None,
        style=style,
        confirm=confirm,
    )


def actions(elements: Sequence[InteractiveElement], block_id: str | None = None) -> ActionsBlock:
    """Buttons in a row. Where the view may change under a finger, an id that stays keeps the click valid."""
    return ActionsBlock(elements=list(elements), block_id=block_id)


def modal(
    callback: ids.View,
    title: str,
    blocks: Sequence[Block],
    *,
    meta: ids.Meta | None = None,
    submit: str | None = None,
    close: str,
) -> View:
    return View(
        type="modal",
        callback_id=callback,
        title=title,
        blocks=list(blocks),
        private_metadata=str(meta) if meta else None,
        submit=submit,
        close=close,
    )
