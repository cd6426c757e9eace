"""The messages of a script that stand in Slack or are on their way there, for the negotiation store."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, exists, select, update

from bot.services.errors import NotFound
from bot.services.model import Person, Post, Posting
from bot.storage.owned import require, this_one, whose
from bot.storage.rows import insert_for
from bot.storage.tables import negotiation
from bot.storage.tables import post as table
from bot.storage.tables import posting as under_way

_POSTS = (
    select(table.c.part, table.c.target, table.c.channel, table.c.ts, table.c.digest)
    .select_from(negotiation.outerjoin(table))
    .where(this_one())
    .order_by(table.c.target, table.c.part)
)
_POSTINGS = (
    select(under_way.c.part, under_way.c.target, under_way.c.mark, under_way.c.begun_at)
    .join_from(negotiation, under_way)
    .where(this_one())
    .order_by(under_way.c.target, under_way.c.part)
)


def posts_of(connection: Connection, owner: Person, negotiation_id: str) -> list[Post]:
    """By target, then part. Raises NotFound like everything here."""
    rows = connection.execute(_POSTS, whose(owner, negotiation_id)).all()
    if not rows:
        raise NotFound
    return [Post(*row) for row in rows if row.part is not None]


def begin(connection: Connection, owner: Person, negotiation_id: str, posting: Posting) -> bool:
    """Writes down what is about to be sent; False where another is under way, or stands already."""
    require(connection, owner, negotiation_id)
    here = (table.c.negotiation_id == negotiation_id) & (table.c.target == posting.target)
    if connection.scalar(select(exists().where(here, table.c.part == posting.part))):
        return False
    row = {"negotiation_id": negotiation_id, "target": posting.target, "part": posting.part}
    about = {"mark": posting.mark, "begun_at": posting.begun_at}
    begun = insert_for(connection.dialect.name, under_way).values(row | about).on_conflict_do_nothing()
    return connection.execute(begun.returning(under_way.c.mark)).first() is not None


def end(connection: Connection, owner: Person, negotiation_id: str, posting: Posting) -> None:
    """Forgets exactly this one."""
    require(connection, owner, negotiation_id)
    this = (under_way.c.negotiation_id == negotiation_id) & (under_way.c.mark == posting.mark)
    connection.execute(delete(under_way).where(this))


def postings_of(connection: Connection, owner: Person, negotiation_id: str) -> list[Posting]:
    """By target, then part; none for a foreign id."""
    rows = connection.execute(_POSTINGS, whose(owner, negotiation_id))
    return [Posting(*row) for row in rows]


def record(connection: Connection, owner: Person, negotiation_id: str, post: Post) -> None:
    """Remembers a message, replacing one with the same target and part; it is no longer under way."""
    require(connection, owner, negotiation_id)
    answered = {"channel": post.channel, "ts": post.ts, "digest": post.digest}
    row = {"negotiation_id": negotiation_id, "target": post.target, "part": post.part, **answered}
    connection.execute(
        insert_for(connection.dialect.name, table)
        .values(row)
        .on_conflict_do_update(index_elements=list(table.primary_key), set_=answered)
    )
    ended = (under_way.c.target == post.target) & (under_way.c.part == post.part)
    connection.execute(delete(under_way).where(under_way.c.negotiation_id == negotiation_id, ended))


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
