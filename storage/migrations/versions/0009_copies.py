"""Sketches of texts, by which copies are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the sketches; those of papers that were read before are made when they are first needed."""
    op.create_table(
        "sketch",
        sa.Column("resource_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("least", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_sketch_resource_id_resource")),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_sketch")),
    )


def downgrade() -> None:
    """Forget them; they are derived."""
    op.drop_table("sketch")
