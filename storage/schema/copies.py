"""What is kept of each paper's text so that its copies are found quickly."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from storage.schema.common import metadata

# Derived from versions: an archive without a row for a resource has it made when it is first needed (services.twins).
sketch = Table(
    "sketch",
    metadata,
    Column("resource_id", Integer, ForeignKey("resource.id"), primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("least", LargeBinary, nullable=False),
)
