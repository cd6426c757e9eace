"""Findings that a person dismissed (the rule and its field, never the text), and what each message shows."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKey, PrimaryKeyConstraint, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "dismissal",
        Column("negotiation_id", Text, ForeignKey("negotiation.id", ondelete="CASCADE"), nullable=False),
        Column("rule", Text, nullable=False),
        Column("field", Text, nullable=False),
        Column("dismissed_at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("negotiation_id", "rule", "field"),
    )
    op.add_column("post", Column("digest", Text, nullable=False, server_default=""))
