"""${message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step forward, with the data."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """One step back, with the data that the older schema can hold."""
    ${downgrades if downgrades else "pass"}
