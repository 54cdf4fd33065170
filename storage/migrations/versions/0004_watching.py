"""What robots.txt said, canaries, papers that a list should have named, and which route filled a gap."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("robots", "canary", "unnamed")


def upgrade() -> None:
    """Add the three tables of watching over sources, and the name of what filled a gap."""
    op.create_table(
        "robots",
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("failure", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_robots")),
    )
    op.create_table(
        "canary",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=128), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "page", name=op.f("pk_canary")),
    )
    op.create_table(
        "unnamed",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("shown_by", sa.String(length=64), nullable=False),
        sa.Column("found", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source", "route", "url", name=op.f("pk_unnamed")),
    )
    with op.batch_alter_table("gap") as gap:
        gap.add_column(sa.Column("filled_by", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Back to the schema before; everything else stays as it is."""
    with op.batch_alter_table("gap") as gap:
        gap.drop_column("filled_by")
    for name in reversed(TABLES):
        op.drop_table(name)
