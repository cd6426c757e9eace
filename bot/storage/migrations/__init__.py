"""The steps from one schema to the next, run by Alembic; each file of `versions/` is one step.

A change of `tables.py` needs a new file there (its `down_revision` the one before) and a new HEAD here. A step
only adds or widens while processes of the version before may still run on the same PostgreSQL.
"""

import threading
from pathlib import Path

from sqlalchemy import Connection, column, func, inspect, select, table

from bot.services.errors import StorageError

HEAD = "0003"
"""The newest step. Written here so that a start with nothing to do need not import Alembic (0.1 to 0.2 s)."""

_LOCK = 0x57494E57494E01  # one key for every Win-Win that migrates this PostgreSQL
_one_at_a_time = threading.Lock()  # Alembic's `op` belongs to the whole process


def is_current(connection: Connection) -> bool:
    """Whether the schema is at HEAD."""
    return inspect(connection).has_table("alembic_version") and _version(connection) == HEAD


def _version(connection: Connection) -> str | None:
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


def _require_unicode(connection: Connection) -> None:
    encoding = connection.scalar(select(func.current_setting("server_encoding")))
    if encoding not in ("UTF8", "SQL_ASCII"):  # the latter keeps bytes as they are
        raise StorageError(f"The database keeps text as {encoding}. Make one with ENCODING 'UTF8' TEMPLATE template0.")


def upgrade(connection: Connection) -> None:
    """Takes every step that is missing, within the connection's transaction; waits for another process that does
    the same. Raises StorageError where the schema is newer than this code, or the database cannot hold every script."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory
    from alembic.script.revision import RevisionError

    with _one_at_a_time:
        if connection.dialect.name == "postgresql":
            _require_unicode(connection)
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        context = MigrationContext.configure(connection)
        scripts = ScriptDirectory(Path(__file__).parent)
        try:
            missing = list(scripts.iterate_revisions(HEAD, context.get_current_revision()))
        except RevisionError:
            raise StorageError("The database was made by a newer Win-Win. Update this one.") from None
        with Operations.context(context):
            for step in reversed(missing):
                step.module.upgrade()
                context.stamp(scripts, step.revision)
