"""Findings that a person dismissed, on both databases: kept for the brief, counted by rule."""

import asyncio

import pytest

from bot.app import count_dismissals
from bot.config import Secret, Settings
from bot.services.errors import NotFound, StorageError
from bot.services.model import Dismissal
from bot.storage.database import Database
from bot.storage.dismissals import counted
from bot.storage.negotiations import SqlNegotiations
from tests.storage.values import ANN, BOB, BRIEF, NOW

POSITION, VAGUE = Dismissal("position", "my_win"), Dismissal("vague_wish", "my_win")


async def test_it_is_kept_for_its_brief_alone(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.save_draft(ANN, "N2", BRIEF, NOW)
    await negotiations.dismiss(ANN, "N1", POSITION, NOW)

    assert (await negotiations.reviewed(ANN, "N1", 1)).dismissed == {POSITION}
    assert (await negotiations.reviewed(ANN, "N2", 1)).dismissed == frozenset()


async def test_nobody_else_can_dismiss(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)

    with pytest.raises(NotFound):
        await negotiations.dismiss(BOB, "N1", POSITION, NOW)


async def test_rules_are_counted_the_most_often_first(negotiations: SqlNegotiations, database: Database) -> None:
    for negotiation in ("N1", "N2"):
        await negotiations.save_draft(ANN, negotiation, BRIEF, NOW)
        await negotiations.dismiss(ANN, negotiation, VAGUE, NOW)
    await negotiations.dismiss(ANN, "N1", POSITION, NOW)
    await negotiations.dismiss(ANN, "N1", POSITION, NOW)

    assert list((await database.read(counted)).items()) == [("vague_wish", 2), ("position", 1)]


async def test_a_database_that_was_never_used_is_a_sentence(database_url: str) -> None:
    with pytest.raises(StorageError, match=r"Start (it|Win-Win) once first"):
        await asyncio.to_thread(count_dismissals, Settings(database_url=Secret(database_url)))
