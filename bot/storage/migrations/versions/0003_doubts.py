"""How many tries of a delivery left a doubt: they are bounded by themselves, because each may be a duplicate."""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("delivery", Column("doubts", Integer, nullable=False, server_default="0"))
