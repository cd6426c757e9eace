"""The tables. Rows are keyed by (installation, user_id); `team` is only where a row came from.

A delivery is still to be sent while `settled_at` is null. `wake_at` is when it wants attention: `due_at` while it
is pending, the end of the lease while it is claimed, null once it is over. `tried_at` is the latest
moment at which the newest try can have begun, `uncertain_at` the same of the newest try whose outcome nobody knows,
`doubts` how many of those there were. The indexes that find what is due hold only what is still to be sent.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
)

from bot.storage.columns import PlainText, UtcDateTime

metadata = MetaData()

person = Table(
    "person",
    metadata,
    Column("installation", PlainText, nullable=False),
    Column("user_id", PlainText, nullable=False),
    Column("team", PlainText, nullable=False),
    Column("zone", PlainText, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("installation", "user_id"),
)

negotiation = Table(
    "negotiation",
    metadata,
    Column("id", PlainText, primary_key=True),
    Column("installation", PlainText, nullable=False),
    Column("user_id", PlainText, nullable=False),
    Column("team", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("newest", Integer, nullable=False),
    Column("confirmed", Integer, nullable=False),
    Column("place", PlainText),
    Column("rehearsed_at", UtcDateTime),
    Column("cancelled_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("negotiation_owner", "installation", "user_id"),
)

brief = Table(
    "brief",
    metadata,
    Column("negotiation_id", PlainText, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("counterpart", PlainText, nullable=False),
    Column("counterpart_id", PlainText),
    Column("meeting_at", UtcDateTime),
    Column("my_win", PlainText, nullable=False),
    Column("their_win", PlainText, nullable=False),
    Column("shared_win", PlainText, nullable=False),
    Column("walk_away", PlainText, nullable=False),
    Column("place", PlainText),
    Column("rungs", PlainText, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("negotiation_id", "revision"),
)

post = Table(
    "post",
    metadata,
    Column("negotiation_id", PlainText, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False),
    Column("target", PlainText, nullable=False),
    Column("part", Integer, nullable=False),
    Column("channel", PlainText, nullable=False),
    Column("ts", PlainText, nullable=False),
    Column("digest", PlainText, nullable=False, server_default=""),
    PrimaryKeyConstraint("negotiation_id", "target", "part"),
)

posting = Table(
    "posting",
    metadata,
    Column("negotiation_id", PlainText, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False),
    Column("target", PlainText, nullable=False),
    Column("part", Integer, nullable=False),
    Column("mark", PlainText, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("negotiation_id", "target", "part"),
)

dismissal = Table(
    "dismissal",
    metadata,
    Column("negotiation_id", PlainText, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False),
    Column("rule", PlainText, nullable=False),
    Column("field", PlainText, nullable=False),
    Column("dismissed_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("negotiation_id", "rule", "field"),
)

# No foreign key to negotiation: what is still to be taken out of Slack outlives a deleted negotiation.
delivery = Table(
    "delivery",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("key", PlainText, nullable=False, unique=True),
    Column("kind", PlainText, nullable=False),
    Column("installation", PlainText, nullable=False),
    Column("user_id", PlainText, nullable=False),
    Column("team", PlainText, nullable=False),
    Column("negotiation_id", PlainText, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("lane", PlainText, nullable=False),
    Column("rung", Integer),
    Column("view_id", PlainText),
    Column("note", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("wake_at", UtcDateTime),
    Column("claim", PlainText),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("uncertain_at", UtcDateTime),
    Column("mark", PlainText, nullable=False),
    Column("channel", PlainText),
    Column("outcome", PlainText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Index("delivery_negotiation", "negotiation_id"),
)


def declare_partial_indexes() -> None:
    """Adds to the metadata the indexes that the migrations make: over what is still to be sent. By name of the dialect,
    which loads all of PostgreSQL's: statements need none of it, so only who compares schemas asks for it.

    Their conditions differ, so that PostgreSQL cannot take one for another: it believes a new partial index to be empty
    until the table is analyzed, and would read all of it.
    """
    for name, columns, where in (
        ("delivery_wake", ("wake_at", "id"), delivery.c.settled_at.is_(None)),
        ("delivery_lane", ("lane", "wake_at", "id"), delivery.c.wake_at.is_not(None)),
    ):
        Index(name, *(delivery.c[column] for column in columns), sqlite_where=where, postgresql_where=where)
