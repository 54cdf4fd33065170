"""Papers that a person told apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the pairs that stay two."""
    op.create_table(
        "apart",
        sa.Column("one", sa.String(length=16), nullable=False),
        sa.Column("other", sa.String(length=16), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_apart")),
    )


def downgrade() -> None:
    """Forget them; the publications stay two until a paper that names both is read again."""
    op.drop_table("apart")
