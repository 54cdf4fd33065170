"""Texts packed against an earlier version's text too.

Nothing that is stored changes on the way there: versions that are written from now on lean. On the way back they are packed as
they were before, so nothing of an archive is lost either way.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.packing import DamagedError, pack, unpack

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_version = sa.table(
    "version",
    sa.column("id", sa.Integer),
    sa.column("said", sa.LargeBinary),
    sa.column("basis", sa.String),
    sa.column("leans_on", sa.Integer),
)
_blob = sa.table("blob", sa.column("sha256", sa.String), sa.column("base", sa.String), sa.column("data", sa.LargeBinary))
_part = sa.table("version_part", sa.column("version_id"), sa.column("role"), sa.column("snapshot_id"))
_snapshot = sa.table("snapshot", sa.column("id"), sa.column("sha256"))


def upgrade() -> None:
    """Add the column; every text that is stored leans on none."""
    op.add_column("version", sa.Column("leans_on", sa.Integer()))


def downgrade() -> None:
    """Every text packed against its own page alone."""
    bind = op.get_bind()
    leaning = bind.execute(sa.select(_version.c.id).where(_version.c.leans_on.is_not(None)).order_by(_version.c.id)).scalars()
    for key in list(leaning):
        row = bind.execute(sa.select(_version).where(_version.c.id == key)).one()
        first = bind.execute(sa.select(_version).where(_version.c.id == row.leans_on)).one()
        page = _page(bind, row)
        try:
            said = unpack(bytes(row.said), page + unpack(bytes(first.said), _page(bind, first)))
        except DamagedError:
            raise ValueError(f"the text of version {key} is damaged; restore a backup before going back") from None
        bind.execute(sa.update(_version).where(_version.c.id == key).values(said=pack(said, page)))
    op.drop_column("version", "leans_on")


def _page(bind: Any, row: Any) -> bytes:
    """The page that a text leans on, b"" for none."""
    if not row.basis:
        return b""
    joined = sa.select(_snapshot.c.sha256).join_from(_part, _snapshot, _part.c.snapshot_id == _snapshot.c.id)
    name = bind.execute(joined.where(_part.c.version_id == row.id, _part.c.role == row.basis)).scalar_one()
    chain = []
    while name is not None:
        chain.append(bind.execute(sa.select(_blob.c.base, _blob.c.data).where(_blob.c.sha256 == name)).one())
        name = chain[-1].base
    page = b""
    for link in reversed(chain):
        page = unpack(bytes(link.data), page)
    return page
