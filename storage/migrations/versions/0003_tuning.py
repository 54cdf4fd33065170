"""What a team muted, and which packs were in force when."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add mutes and pack changes."""


def downgrade() -> None:
    """Back to the schema before."""
