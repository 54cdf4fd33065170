"""Alembic's migrations; `storage.migrate` is the way to run them."""
