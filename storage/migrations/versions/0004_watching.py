"""Canaries, pages that are gone, and incidents."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what watching over the sources needs."""


def downgrade() -> None:
    """Back to the schema before."""
