"""The sandbox of a storm: each replica calls it by an address of its own, so that a call tells who made it."""

from contextvars import ContextVar

from aiohttp import web

from bot.sandbox.server import SandboxServer

CALLER: ContextVar[int | None] = ContextVar("CALLER", default=None)
"""The replica that makes the call under way."""


class Stage(SandboxServer):
    """To the bot all addresses are Slack's."""

    def address_for(self, replica: int) -> str:
        return f"{self.url}/{replica}/api/"

    def _application(self) -> web.Application:
        app = super()._application()
        app.router.add_route("*", r"/{replica:\d+}/api/{method}", self._from_replica)
        return app

    async def _from_replica(self, request: web.Request) -> web.StreamResponse:
        CALLER.set(int(request.match_info["replica"]))
        return await self.api.handle(request)
