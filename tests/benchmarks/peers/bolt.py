"""A bare Bolt app over Socket Mode: `at_once|default FILE`. Two listeners, the shortest that do the work.

`at_once` answers when its listener returns (`process_before_response`), `default` is what Bolt does by itself.
The form and the review are ready-made; what is submitted goes into one table by one INSERT (Core, one writer thread).
"""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, insert

from bot.slack import ids
from tests.benchmarks import readymade
from tests.benchmarks.peers.sqlite import sqlite_engine

FIELDS = ("title", "counterpart", "my_win", "their_win", "shared_win", "walk_away")
brief = Table(
    "brief",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("user_id", Text, nullable=False),
    *(Column(field, Text, nullable=False) for field in FIELDS),
)


def register(app: AsyncApp, engine: Engine) -> None:
    form, review = readymade.form(), readymade.review()
    writer = ThreadPoolExecutor(1)

    async def on_command(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    async def on_submission(ack: AsyncAck, body: dict[str, Any]) -> None:
        await asyncio.get_running_loop().run_in_executor(writer, save, engine, typed(body))
        await ack(response_action="update", view=review)

    app.command(ids.COMMAND)(on_command)
    app.view(ids.View.BRIEF)(on_submission)


def typed(body: dict[str, Any]) -> dict[str, str]:
    values = {name: value for block in body["view"]["state"]["values"].values() for name, value in block.items()}
    return {"user_id": body["user"]["id"], **{field: values[field]["value"] for field in FIELDS}}


def save(engine: Engine, row: dict[str, str]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(brief), row)


async def main(kind: str, file: str) -> None:
    engine = sqlite_engine(file)
    brief.metadata.create_all(engine)
    async with aiohttp.ClientSession() as session:
        token = os.environ["SLACK_BOT_TOKEN"]
        client = AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"], session=session)
        app = AsyncApp(client=client, token=token, process_before_response=kind == "at_once")
        register(app, engine)
        handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
        await handler.connect_async()  # type: ignore[no-untyped-call]
        print("ready", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
