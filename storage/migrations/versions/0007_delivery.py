"""What a delivery is for and since when it fails, conversations by mail, and addresses that nothing is sent to any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables and three columns of a delivery; what stands there already is for issues."""
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("purpose", sa.String(length=16), server_default="issue", nullable=False))
        delivery.add_column(sa.Column("perhaps", sa.DateTime(timezone=True), nullable=True))
        delivery.add_column(sa.Column("failing", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "mail_thread",
        sa.Column("delivery_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thread", sa.String(length=128), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_mail_thread_delivery_id_delivery")),
        sa.PrimaryKeyConstraint("delivery_id", "thread", name=op.f("pk_mail_thread")),
    )
    op.create_index(op.f("ix_mail_thread_target_thread"), "mail_thread", ["target", "thread"])
    op.create_table(
        "suppressed",
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("target", name=op.f("pk_suppressed")),
    )


def downgrade() -> None:
    """Back to the schema before. What was dropped by hand counts as given up: the older program knows no such state."""
    op.drop_table("suppressed")
    op.drop_table("mail_thread")
    op.execute("UPDATE delivery SET state = 'dead' WHERE state = 'dropped'")
    with op.batch_alter_table("delivery") as delivery:
        delivery.drop_column("failing")
        delivery.drop_column("perhaps")
        delivery.drop_column("purpose")
