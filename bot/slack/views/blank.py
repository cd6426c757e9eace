"""The empty form, put together once: what stands before every `views.open` should cost next to nothing."""

import json

from bot.coaching.brief import Brief
from bot.services.model import Negotiation, Person, State
from bot.services.pages import Form
from bot.slack import ids, limits
from bot.slack.views.brief import brief_view
from bot.slack.views.plain import PackedView, packed
from bot.wording.words import Words


class BlankForm:
    """Opens for anybody: only the negotiation's id and the title differ."""

    def __init__(self, words: Words) -> None:
        # Made by chance, so that no wording holds them.
        self._id, self._title = ids.new_negotiation(), ids.new_negotiation()
        self._untitled, self._titled = (self._form(title, words) for title in ("", self._title))

    def view(self, form: Form) -> PackedView:
        """What `brief_view` shows of a fresh form that holds a title and nothing else, in its first generation."""
        title = form.negotiation.brief.title[: limits.INPUT]
        shown = self._titled.replace(self._title, json.dumps(title)[1:-1]) if title else self._untitled
        return PackedView(shown.replace(self._id, form.negotiation.id).encode())

    def _form(self, title: str, words: Words) -> str:
        nobody = Negotiation(self._id, Person("", ""), State.DRAFT, revision=0, confirmed=0, brief=Brief(title=title))
        return packed(brief_view(Form(nobody, self._id, fresh=True), words)).decode()
