"""The messenger: the services' port to Slack."""

from collections.abc import Sequence
from datetime import datetime

from bot.services.errors import DeliveryError
from bot.services.model import Arrived, Message, Packed, Person
from bot.services.pages import (
    CancelledPage,
    DelayedPage,
    DigestPage,
    FailedPage,
    MessagePage,
    NudgePage,
    PostedPage,
    ScriptPage,
    ViewPage,
)
from bot.services.trouble import Complaint
from bot.slack.views.nudge import digest_message, nudge_message
from bot.slack.views.outcome import delayed_view, failed_message, failed_view, posted_view
from bot.slack.views.script import cancelled_message, script_messages
from bot.slack.web import Web, pack
from bot.wording.words import Words


class SlackMessenger:
    """Turns pages into messages and views, and sends them."""

    def __init__(self, web: Web, words: Words) -> None:
        self._web = web
        self._words = words
        self._untold = Complaint("Slack does not tell what arrived; it is sent again after a minute")

    def compose(self, page: MessagePage) -> Sequence[Message]:
        match page:
            case ScriptPage():
                return script_messages(page, self._words)
            case CancelledPage():
                return [cancelled_message(page, self._words)]
            case NudgePage():
                return [nudge_message(page, self._words)]
            case DigestPage():
                return [digest_message(page, self._words)]
            case FailedPage():
                return [failed_message(page, self._words)]

    def pack(self, message: Message) -> Packed:
        return pack(message)

    async def post(
        self, owner: Person, target: str, message: Message | Packed, thread_ts: str | None = None, mark: str = ""
    ) -> tuple[str, str]:
        return await self._web.post(target, message, thread_ts, mark)

    async def arrived(self, owner: Person, channel: str, since: datetime, thread_ts: str | None = None) -> Arrived:
        """https://docs.slack.dev/reference/methods/conversations.history needs the optional scope im:history."""
        about = {"channel": channel, "oldest": f"{since.timestamp():.6f}"}
        found: dict[str, tuple[str, str]] = {}
        try:
            async for mark, ts in self._web.marks("conversations.history", **about):
                found[mark] = channel, ts
            if thread_ts is not None:
                async for mark, ts in self._web.marks("conversations.replies", ts=thread_ts, **about):
                    found[mark] = channel, ts
        except DeliveryError as error:
            self._untold.because(error.code)
            return Arrived(found, whole=False)
        return Arrived(found, whole=True)

    async def update(self, owner: Person, channel: str, ts: str, message: Message) -> None:
        await self._web.update(channel, ts, message)

    async def delete(self, owner: Person, channel: str, ts: str) -> None:
        try:
            await self._web.call("chat.delete", channel=channel, ts=ts)
        except DeliveryError as error:
            if error.code != "message_not_found":
                raise

    async def permalink(self, owner: Person, channel: str, ts: str) -> str | None:
        answer = await self._web.call("chat.getPermalink", channel=channel, message_ts=ts)
        return answer.get("permalink")

    async def show(self, owner: Person, view_id: str, page: ViewPage) -> bool:
        match page:
            case PostedPage():
                view = posted_view(page, self._words)
            case FailedPage():
                view = failed_view(page, self._words)
            case DelayedPage():
                view = delayed_view(page, self._words)
        return await self._web.update_view(view_id, view)

    async def zone(self, person: Person) -> str | None:
        answer = await self._web.call("users.info", user=person.user)
        return (answer.get("user") or {}).get("tz") or None
