"""When something fails: words for the person, a reference for the log, and never a lost form."""

import logging
import secrets
from typing import Any

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.services.errors import DeliveryError, StorageError, TooSlow, WinWinError, trace
from bot.slack import payloads
from bot.slack.background import Background
from bot.slack.views import parts
from bot.slack.views.answers import plain_answer
from bot.slack.views.plain import plain
from bot.slack.views.rehearsal import done_view
from bot.slack.web import Web
from bot.wording.mrkdwn import Mrkdwn
from bot.wording.words import Words

_log = logging.getLogger(__name__)

_KEYS = {StorageError: "error.storage", TooSlow: "error.too_slow"}
"""Words for what a person can only wait for."""


class Failures:
    """Tells people what went wrong, each kind of payload in its own way."""

    def __init__(self, web: Web, words: Words, background: Background) -> None:
        self._web = web
        self._words = words
        self._background = background

    async def answer(self, error: Exception, body: payloads.Payload) -> BoltResponse:
        """The answer to a payload whose listener failed.

        Bolt discards the listener's own ack. An empty 200 to a submission would close the form and lose the
        typing, so a submission is answered on its first input; a command and a click get a private line.
        """
        if isinstance(error, BoltUnhandledRequestError):
            _log.warning("No listener for a payload of type %s", body.get("type", "unknown"))
            return BoltResponse(status=200, body="")
        said = self.explain(error)
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body=self._refused(body["view"], said))
        if "command" in body:
            return BoltResponse(status=200, body={"text": said, "response_type": "ephemeral"})
        self._background.start(lambda: self.tell(said, body), _give_up)
        return BoltResponse(status=200, body="")

    async def report(self, error: Exception, body: payloads.Payload, view_id: str | None = None) -> None:
        """Tells the person of a failure that came after the answer; in the view that waits, where there is one."""
        said = self.explain(error)
        if view_id is None:
            await self.tell(said, body)
        else:
            await self._web.update_view(view_id, done_view(self._words.say("error.title"), said, self._words))

    async def tell(self, said: Mrkdwn, body: payloads.Payload) -> None:
        """A private line: by the interaction's own address, at the top of the view that was clicked, or as a
        private message where there is neither."""
        if response_url := body.get("response_url"):
            await self._web.respond(response_url, plain_answer(said))
        elif view := body.get("view"):
            await self._web.update_view(view["id"], _with_notice(view, said))
        else:
            await self._web.post(payloads.person(body).user, plain_answer(said))

    def explain(self, error: Exception) -> Mrkdwn:
        """Words for a person; what they cannot mend gets a reference that the log has too."""
        if isinstance(error, WinWinError):
            return self._words.mrkdwn(error.key)
        if isinstance(error, DeliveryError):
            _log.warning("Slack refused what somebody waits for (%s)", error.code)
            return self._words.mrkdwn("error.slack", code=error.code)
        reference = secrets.token_hex(2)
        _log.error("Reference %s\n%s", reference, trace(error))
        return self._words.mrkdwn(_KEYS.get(type(error), "error.unknown"), reference=reference)

    def _refused(self, view: payloads.Payload, said: Mrkdwn) -> dict[str, Any]:
        inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        if inputs:
            return {"response_action": "errors", "errors": {inputs[0]: said}}
        return {"response_action": "update", "view": _with_notice(view, said)}


async def _give_up(error: Exception) -> None:
    """The person could not be told either; the log has the first failure."""
    _log.error("A person could not be told of a failure\n%s", trace(error))


def _with_notice(view: payloads.Payload, said: Mrkdwn) -> dict[str, Any]:
    """The same view with a line on top; typed text survives because the inputs' ids stay."""
    kept = ("type", "callback_id", "title", "submit", "close", "private_metadata")
    again = {key: view[key] for key in kept if view.get(key)}
    notice = {**plain(parts.section(said)), "block_id": "notice"}
    return {**again, "blocks": [notice, *(block for block in view["blocks"] if block.get("block_id") != "notice")]}
