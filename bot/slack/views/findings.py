"""What the coach noticed, as the review shows it."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.coaching.brief import LAYERS
from bot.coaching.findings import Finding
from bot.coaching.rewording import can_reword
from bot.services.model import Negotiation
from bot.slack import ids, limits
from bot.slack.views import parts
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

_SHOWN = 3
_AT_MOST = 20
"""Findings in one view: it holds 100 blocks, and nobody mends more at once."""
_QUOTED = 300
"""Characters of the person's own words that a finding quotes; the whole text stands above it."""


def findings_blocks(
    negotiation: Negotiation, findings: Sequence[Finding], words: Words, *, unfolded: bool
) -> Iterator[Block]:
    """The first findings, the rest behind a button. Each can be used or dismissed."""
    if not findings:
        return
    shown = findings[: _AT_MOST if unfolded else _SHOWN]
    yield parts.section(words.mrkdwn("review.findings"))
    for finding in shown:
        yield parts.section(_text(finding, words))
        yield parts.actions([_button(answer, negotiation, finding, words) for answer in _answers(finding)])
    if more := len(findings[:_AT_MOST]) - len(shown):
        yield parts.actions([parts.button(words.say("review.more", count=more), ids.Action.MORE)])
    yield DividerBlock()


def _answers(finding: Finding) -> Sequence[ids.Answer]:
    return tuple(ids.Answer) if can_reword(finding) else (ids.Answer.DISMISS,)


def _button(answer: ids.Answer, negotiation: Negotiation, finding: Finding, words: Words) -> ButtonElement:
    target = ids.Target(negotiation.id, negotiation.owner.user, f"{answer} {finding.rule} {finding.field}")
    return parts.button(words.say(f"review.{answer}"), f"{ids.Action.FINDING}:{answer}", target)


def _text(finding: Finding, words: Words) -> Mrkdwn:
    label = words.say(f"form.{finding.field}.label" if finding.field in LAYERS else "review.whole")
    key = "review.finding" if finding.words else "review.finding_no_words"
    quoted = limits.shorten(finding.words, _QUOTED)
    return words.mrkdwn(key, words=quoted, field=label, why=finding.why, suggestion=finding.suggestion)
