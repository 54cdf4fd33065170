"""Snapshots, publications, events and the outbox, in SQLite by default and PostgreSQL by URL."""
