"""What was committed reaches the disk soon, once for all that came meanwhile."""

import asyncio
import os
import threading
from pathlib import Path

import pytest

from bot.storage import syncing
from bot.storage.database import Database
from bot.storage.people import SqlPeople
from bot.storage.syncing import Syncing
from tests.storage.values import ANN, NOW

PATIENCE = 20


class Disk:
    """Counts the syncs of one file."""

    def __init__(self, file: Path) -> None:
        self.syncs = 0
        self.error: OSError | None = None
        self._file = file
        self._come = threading.Semaphore(0)

    def sync(self, descriptor: int) -> None:
        self.syncs += os.path.samestat(os.fstat(descriptor), self._file.stat())
        self._come.release()
        if self.error:
            raise self.error

    async def seen(self) -> int:
        assert await asyncio.to_thread(self._come.acquire, timeout=PATIENCE)
        return self.syncs


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    disk = Disk(tmp_path / "winwin.db-wal")
    monkeypatch.setattr(os, "fsync", disk.sync)
    monkeypatch.setattr(syncing, "WITHIN", 0.01)
    return disk


async def test_what_is_committed_is_brought_to_the_disk(tmp_path: Path, disk: Disk) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/winwin.db")
    await database.migrate()
    people = SqlPeople(database)
    await people.remember_zone(ANN, "Asia/Tokyo", NOW)
    assert await disk.seen() == 1

    disk.error = OSError("no disk")
    await people.remember_zone(ANN, "Europe/Paris", NOW)
    assert await disk.seen() == 2
    assert await people.zone(ANN) == "Europe/Paris"
    await database.close()


async def test_commits_that_come_together_share_a_sync(tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "winwin.db-wal").touch()
    log = Syncing(tmp_path / "winwin.db")
    for _ in range(3):
        log.soon()
    assert await disk.seen() == 1
    log.soon()
    assert await disk.seen() == 2
    log.stop()
