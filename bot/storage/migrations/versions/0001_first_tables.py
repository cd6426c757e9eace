"""People, negotiations with their briefs and posts, and the outbox."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    _person()
    _negotiation()
    _brief()
    _post()
    _posting()
    _delivery()
    _delivery_indexes()


def _required(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _of_negotiation() -> Column[str]:
    return Column("negotiation_id", Text, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False)


def _person() -> None:
    op.create_table(
        "person",
        _required("installation"),
        _required("user_id"),
        _required("team"),
        _required("zone"),
        _instant("updated_at"),
        PrimaryKeyConstraint("installation", "user_id"),
    )


def _negotiation() -> None:
    op.create_table(
        "negotiation",
        Column("id", Text, primary_key=True),
        _required("installation"),
        _required("user_id"),
        _required("team"),
        _required("state"),
        Column("newest", Integer, nullable=False),
        Column("confirmed", Integer, nullable=False),
        Column("place", Text),
        _instant("rehearsed_at", nullable=True),
        _instant("cancelled_at", nullable=True),
        _instant("created_at"),
        _instant("updated_at"),
    )
    op.create_index("negotiation_owner", "negotiation", ["installation", "user_id"])


def _brief() -> None:
    op.create_table(
        "brief",
        _of_negotiation(),
        Column("revision", Integer, nullable=False),
        _required("title"),
        _required("counterpart"),
        Column("counterpart_id", Text),
        _instant("meeting_at", nullable=True),
        _required("my_win"),
        _required("their_win"),
        _required("shared_win"),
        _required("walk_away"),
        Column("place", Text),
        _required("rungs"),
        _instant("saved_at"),
        PrimaryKeyConstraint("negotiation_id", "revision"),
    )


def _post() -> None:
    op.create_table(
        "post",
        _of_negotiation(),
        _required("target"),
        Column("part", Integer, nullable=False),
        _required("channel"),
        _required("ts"),
        PrimaryKeyConstraint("negotiation_id", "target", "part"),
    )


def _posting() -> None:
    op.create_table(
        "posting",
        _of_negotiation(),
        _required("target"),
        Column("part", Integer, nullable=False),
        _required("mark"),
        _instant("begun_at"),
        PrimaryKeyConstraint("negotiation_id", "target", "part"),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        _required("key"),
        _required("kind"),
        _required("installation"),
        _required("user_id"),
        _required("team"),
        _required("negotiation_id"),
        Column("revision", Integer, nullable=False),
        _required("lane"),
        Column("rung", Integer),
        Column("view_id", Text),
        _required("note"),
        _required("state"),
        _instant("due_at"),
        _instant("wake_at", nullable=True),
        Column("claim", Text),
        Column("attempts", Integer, nullable=False),
        _instant("tried_at", nullable=True),
        _instant("uncertain_at", nullable=True),
        _required("mark"),
        Column("channel", Text),
        _required("outcome"),
        _instant("created_at"),
        _instant("settled_at", nullable=True),
        UniqueConstraint("key"),
    )


def _delivery_indexes() -> None:
    op.create_index("delivery_negotiation", "delivery", ["negotiation_id"])
    for name, columns, where in (
        ("delivery_wake", ["wake_at", "id"], "settled_at IS NULL"),
        ("delivery_lane", ["lane", "wake_at", "id"], "wake_at IS NOT NULL"),
    ):
        op.create_index(name, "delivery", columns, sqlite_where=text(where), postgresql_where=text(where))
