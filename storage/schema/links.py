"""What people decided about publications: which two are not the same paper, whatever their ids or texts say."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from storage.columns import Instant
from storage.schema.common import metadata

apart = Table(
    "apart",
    metadata,
    # Item ids, the smaller one first: they outlive keys and canonical ids.
    Column("one", String(16), primary_key=True),
    Column("other", String(16), primary_key=True),
    Column("merge_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)
