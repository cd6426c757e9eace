"""The parts of one sandbox, as the Web API and the people's acts share them."""

from dataclasses import dataclass

from bot.sandbox.chat import Chat
from bot.sandbox.elements import Element
from bot.sandbox.errors import CannotDo, Json
from bot.sandbox.modals import Modals
from bot.sandbox.posts import Posts
from bot.sandbox.sockets import Sockets, Unacknowledged
from bot.sandbox.triggers import Triggers
from bot.sandbox.workspace import Workspace

WARNING = "This did not work: the app did not answer."


@dataclass(frozen=True, slots=True)
class Parts:
    """`url` is the server's own address, without a slash at its end."""

    workspace: Workspace
    modals: Modals
    triggers: Triggers
    sockets: Sockets
    posts: Posts
    chat: Chat
    url: str

    async def deliver(self, kind: str, payload: Json, *, answers: bool = True) -> Json:
        """Tells the bot, by HTTP where it gave an address, and returns what its answer carried. Raises
        Unacknowledged."""
        if self.posts.urls:
            return await self.posts.deliver(kind, payload)
        return await self.sockets.deliver(kind, payload, answers=answers)

    async def interact(self, body: Json, what: str) -> Json | None:
        """Sends an interaction; what its acknowledgement carried, or None with a fault recorded."""
        try:
            return await self.deliver("interactive", body)
        except Unacknowledged as silence:
            self.workspace.blame(body["type"], f"{what} was {silence}.")
            return None

    async def press(self, body: Json, element: Element) -> tuple[Json, Json | None]:
        """Sends the action of one element; how it went, and the warning to show at the element."""
        block_id, action_id, _ = element.key
        if await self.interact(body, f"The action {action_id}") is None:
            warning = {"block_id": block_id, "action_id": action_id, "text": WARNING}
            return {"acked": False, "timeout": True}, warning
        return {"acked": True}, None


def may_press(element: Element, confirmed: bool) -> None:
    """Raises CannotDo where a click sends nothing."""
    if not element.dispatches:
        raise CannotDo("This input sends nothing by itself; it goes with the submission.")
    if "confirm" in element.json and not confirmed:
        raise CannotDo("This asks for a confirmation first.")
