"""Papers that their publisher no longer gives, incidents, and finding versions by content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add absences and incidents, and an index over what versions say."""
    op.create_table(
        "absence",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_absence_resource_id_resource")),
        sa.PrimaryKeyConstraint("resource_id", name=op.f("pk_absence")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_began", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_ended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_source_kind"), "incident", ["source", "kind"])
    op.create_index(op.f("ix_version_content_hash"), "version", ["content_hash"])


def downgrade() -> None:
    """Back to the schema before; what was seen and told stays."""
    op.drop_index(op.f("ix_version_content_hash"), table_name="version")
    op.drop_table("incident")
    op.drop_table("absence")
