"""What an address becomes, and the words for one that is no use."""

import stat
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql as dialect

from bot.services.errors import StorageError
from bot.storage.engines import open_source


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://ann:s3cret@host/name",
        "postgresql//ann:s3cret@host/name",
        "postgresql://ann:s3cret@host:port/name",
        "postgresql://ann:s3cret@word@host/name",
        "sqlite:///",
        "sqlite://",
        "sqlite:///:memory:",
        "redis://:s3cret@host",
    ],
)
def test_an_address_of_no_use_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StorageError, match="DATABASE_URL") as refused:
        open_source(url)

    assert "s3cret" not in str(refused.value)
    assert "word" not in str(refused.value).replace("password", "")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_both_schemes_mean_postgresql(scheme: str) -> None:
    source = open_source(f"{scheme}://ann:s3cret@db.example:5433/winwin?sslmode=require")

    assert isinstance(source.engine.dialect, dialect.dialect)
    assert source.engine.url.port == 5433
    assert source.file is None
    assert source.words == 'the PostgreSQL database "winwin" at db.example'


def test_without_a_host_or_a_name_the_words_still_make_sense() -> None:
    assert open_source("postgresql://ann@/").words == 'the PostgreSQL database "ann" at this host'


def test_a_sqlite_file_and_its_folder_are_for_their_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "data" / "winwin.db"

    source = open_source(f"sqlite:///{file}")

    assert source.file == file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    open_source(f"sqlite:///{tmp_path}/winwin.db")

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize("name", ["with space.db", "100%25.db", "what?.db", "#1.db", "ünï.db"])
def test_a_path_is_taken_as_it_is_typed(tmp_path: Path, name: str) -> None:
    source = open_source(f"sqlite:///{tmp_path}/{name}")
    with source.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE proof (id INTEGER)")
    source.engine.dispose()

    assert (tmp_path / name).stat().st_size > 0


def test_a_relative_path_is_seen_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert open_source("sqlite:///data/winwin.db").file == tmp_path / "data" / "winwin.db"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()

    with pytest.raises(StorageError, match=r"taken/winwin\.db cannot be used"):
        open_source(f"sqlite:///{tmp_path}/taken/winwin.db")


def test_a_folder_in_the_files_place_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be used: Is a directory"):
        open_source(f"sqlite:///{tmp_path}")
