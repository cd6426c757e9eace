"""Whose a row is: everything that reads or changes a person's rows asks here, so that no foreign id opens any."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, select, update

from bot.services.errors import NotFound
from bot.services.model import Person
from bot.storage.tables import negotiation


def owned_by(owner: Person, table: Table) -> ColumnElement[bool]:
    """The rows of one person; the team is not part of who they are."""
    return (table.c.installation == owner.installation) & (table.c.user_id == owner.user)


def theirs(owner: Person, negotiation_id: str) -> ColumnElement[bool]:
    """The one row of `negotiation` with that id, if it is the owner's."""
    return (negotiation.c.id == negotiation_id) & owned_by(owner, negotiation)


def mine(table: Table) -> ColumnElement[bool]:
    """`owned_by` for a statement that is built once; `whose` gives its values."""
    return (table.c.installation == bindparam("whose_installation")) & (table.c.user_id == bindparam("whose_user"))


def this_one() -> ColumnElement[bool]:
    """`theirs` for a statement that is built once."""
    return (negotiation.c.id == bindparam("which")) & mine(negotiation)


def whose(owner: Person, negotiation_id: str = "") -> dict[str, object]:
    """The values of `mine` and `this_one`."""
    return {"whose_installation": owner.installation, "whose_user": owner.user, "which": negotiation_id}


_EXISTS = select(negotiation.c.id).where(this_one())


def require(connection: Connection, owner: Person, negotiation_id: str) -> None:
    """Raises NotFound where the id is not the owner's."""
    if connection.scalar(_EXISTS, whose(owner, negotiation_id)) is None:
        raise NotFound


def change(
    connection: Connection,
    owner: Person,
    negotiation_id: str,
    condition: ColumnElement[bool],
    now: datetime,
    **values: Any,
) -> bool:
    """One conditional UPDATE of a negotiation. False where the condition does not hold; raises NotFound where the
    id is not the owner's."""
    changed = update(negotiation).where(theirs(owner, negotiation_id), condition).values(updated_at=now, **values)
    if connection.execute(changed).rowcount:
        return True
    require(connection, owner, negotiation_id)
    return False
