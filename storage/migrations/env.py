"""Alembic's environment: the connection is handed over by `storage.migrate`, there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from storage import schema
from storage.schema.search import is_described

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema.metadata,
    include_name=is_described,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
