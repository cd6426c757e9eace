"""The server itself: its page, its port, its end."""

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession, WSMsgType

from bot.sandbox.server import SandboxServer, free_port
from bot.wording.files import Folders
from tests.sandbox.conftest import noon


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A team's own folder with a page of its own."""
    folder = tmp_path / "sandbox"
    folder.mkdir()
    for name, text in {"index.html": "<p>page</p>", "page.js": "run()", "dot.svg": "<svg/>"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path


async def test_the_page_and_its_files_come_with_a_strict_policy(pages: Path) -> None:
    server = SandboxServer(noon, folders=Folders(pages))
    url = await server.start()
    async with ClientSession() as http:
        for path, kind, text in (
            ("/", "text/html", "<p>page</p>"),
            ("/archives/C0DEALS01/p1777896000000000", "text/html", "<p>page</p>"),
            ("/static/page.js", "text/javascript", "run()"),
            ("/static/dot.svg", "image/svg+xml", "<svg/>"),
        ):
            async with http.get(url + path) as answer:
                assert (answer.status, answer.content_type, await answer.text()) == (200, kind, text)
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "script-src 'self';" in policy
                assert "unsafe" not in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
    await server.stop()


@pytest.mark.parametrize(
    "path", ["/static/nothing.js", "/static/..%2Fsecret.txt", "/static/%2e%2e%2fsecret.txt", "/static/.hidden"]
)
async def test_no_other_file_is_given_out(pages: Path, path: str) -> None:
    server = SandboxServer(noon, folders=Folders(pages))
    url = await server.start()
    async with ClientSession() as http, http.get(url + path) as answer:
        assert answer.status == 404
    await server.stop()


async def test_it_listens_on_loopback_on_the_port_it_is_given() -> None:
    port = free_port(20_000)
    server = SandboxServer(noon)

    assert await server.start(port=port) == f"http://127.0.0.1:{port}"
    assert server.api_url == f"http://127.0.0.1:{port}/api/"
    await server.stop()


async def test_a_port_in_use_is_an_error_and_the_next_free_one_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            await SandboxServer(noon).start(port=port)

        assert port < free_port(port) < port + 100


async def test_stopping_ends_every_connection() -> None:
    server = SandboxServer(noon)
    url = await server.start()
    async with ClientSession() as http:
        live = await http.ws_connect(f"{url}/sandbox/live")
        await live.receive_json(timeout=5)
        stopping = asyncio.create_task(server.stop())

        assert (await live.receive(timeout=5)).type in (WSMsgType.CLOSE, WSMsgType.CLOSED)
        await stopping
        with pytest.raises(ClientConnectionError):
            await http.get(url)
    await server.stop()
