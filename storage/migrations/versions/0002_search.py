"""The index that `search` asks."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the search index."""


def downgrade() -> None:
    """Back to the schema before."""
