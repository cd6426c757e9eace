"""What the coach noticed, as the review shows it."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, DividerBlock, Option, OverflowMenuElement, SectionBlock

from bot.coaching.brief import LAYERS
from bot.coaching.findings import Finding
from bot.services.model import Negotiation
from bot.slack import ids, limits
from bot.slack.views import parts
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

_SHOWN = 3
_QUOTED = 300
"""Characters of the person's own words that a finding quotes; the whole text stands above it."""


def findings_blocks(
    negotiation: Negotiation, findings: Sequence[Finding], words: Words, *, unfolded: bool
) -> Iterator[Block]:
    """The first findings, the rest behind a button. Each can be used or dismissed."""
    if not findings:
        return
    shown = findings if unfolded else findings[:_SHOWN]
    yield parts.section(words.mrkdwn("review.findings"))
    for finding in shown:
        yield _finding(negotiation, finding, words)
    if more := len(findings) - len(shown):
        yield parts.actions([parts.button(words.say("review.more", count=more), ids.Action.MORE)])
    yield DividerBlock()


def _finding(negotiation: Negotiation, finding: Finding, words: Words) -> SectionBlock:
    menu = OverflowMenuElement(
        action_id=ids.Action.FINDING,
        options=[_option(answer, negotiation, finding, words) for answer in ids.Answer],
    )
    return SectionBlock(text=parts.text(_text(finding, words)), accessory=menu)


def _option(answer: ids.Answer, negotiation: Negotiation, finding: Finding, words: Words) -> Option:
    target = ids.Target(negotiation.id, negotiation.owner.user, f"{answer} {finding.rule} {finding.field}")
    return Option(text=words.say(f"review.{answer}"), value=str(target))


def _text(finding: Finding, words: Words) -> Mrkdwn:
    label = words.say(f"form.{finding.field}.label" if finding.field in LAYERS else "review.whole")
    key = "review.finding" if finding.words else "review.finding_no_words"
    quoted = limits.shorten(finding.words, _QUOTED)
    return words.mrkdwn(key, words=quoted, field=label, why=finding.why, suggestion=finding.suggestion)
