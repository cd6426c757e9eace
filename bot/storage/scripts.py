"""The messages of a script that stand in Slack, for the negotiation store."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, select, update

from bot.services.errors import NotFound
from bot.services.model import Person, Post
from bot.storage.owned import require, theirs
from bot.storage.rows import insert_into
from bot.storage.tables import negotiation
from bot.storage.tables import post as table


def posts_of(connection: Connection, owner: Person, negotiation_id: str) -> list[Post]:
    """By target, then part. Raises NotFound like everything here."""
    rows = connection.execute(
        select(table.c.part, table.c.target, table.c.channel, table.c.ts, table.c.digest)
        .select_from(negotiation.outerjoin(table))
        .where(theirs(owner, negotiation_id))
        .order_by(table.c.target, table.c.part)
    ).all()
    if not rows:
        raise NotFound
    return [Post(*row) for row in rows if row.part is not None]


def record(connection: Connection, owner: Person, negotiation_id: str, post: Post) -> None:
    """Remembers a message, replacing one with the same target and part."""
    require(connection, owner, negotiation_id)
    answered = {"channel": post.channel, "ts": post.ts, "digest": post.digest}
    row = {"negotiation_id": negotiation_id, "target": post.target, "part": post.part, **answered}
    connection.execute(
        insert_into(connection, table)
        .values(row)
        .on_conflict_do_update(index_elements=list(table.primary_key), set_=answered)
    )


def forget(connection: Connection, owner: Person, negotiation_id: str, posts: Sequence[Post]) -> None:
    """Forgets exactly these messages: one posted anew meanwhile, with another ts, stays known."""
    require(connection, owner, negotiation_id)
    for post in posts:
        connection.execute(delete(table).where(_exactly(negotiation_id, post)))


def set_aside(connection: Connection, owner: Person, negotiation_id: str, posts: Sequence[Post], why: str) -> None:
    """Moves exactly these messages under a target that no script is posted to."""
    require(connection, owner, negotiation_id)
    for post in posts:
        connection.execute(update(table).where(_exactly(negotiation_id, post)).values(target=f"{why} {post.ts}"))


def _exactly(negotiation_id: str, post: Post) -> ColumnElement[bool]:
    place = (table.c.negotiation_id == negotiation_id) & (table.c.target == post.target) & (table.c.part == post.part)
    return place & (table.c.channel == post.channel) & (table.c.ts == post.ts)
