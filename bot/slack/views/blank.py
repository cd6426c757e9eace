"""The empty form, put together once: what stands before every `views.open` should cost next to nothing."""

from typing import Any

from bot.coaching.brief import Brief, Field
from bot.services.model import Negotiation, Person, State
from bot.services.pages import Form
from bot.slack import ids, limits
from bot.slack.views.brief import brief_view
from bot.slack.views.plain import plain
from bot.wording.words import Words

_NOBODY = Negotiation("", Person("", ""), State.DRAFT, revision=0, confirmed=0, brief=Brief())


class BlankForm:
    """Opens for anybody: only the ids, what is remembered and the title differ."""

    def __init__(self, words: Words) -> None:
        self._view = plain(brief_view(Form(_NOBODY, "", fresh=True), words))

    def view(self, form: Form) -> dict[str, Any]:
        """What `brief_view` shows of a fresh form that holds a title and nothing else."""
        meta = ids.Meta(form.negotiation.id, form.negotiation.revision, form.generation)
        blocks = [_named(block, form) for block in self._view["blocks"]]
        return {**self._view, "private_metadata": str(meta), "blocks": blocks}


def _named(block: dict[str, Any], form: Form) -> dict[str, Any]:
    if block["type"] != "input":
        return block
    field, title = Field(ids.field_of(block["block_id"])), form.negotiation.brief.title[: limits.INPUT]
    element = {**block["element"], "initial_value": title} if field is Field.TITLE and title else block["element"]
    return {**block, "block_id": ids.block(field, form.generation), "element": element}
