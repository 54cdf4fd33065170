"""Bringing a database to the schema of this release. What a database is at stands in `storage.revisions`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from domain.errors import StorageError
from storage.engine import narrow
from storage.failures import said_plainly
from storage.revisions import SCRIPTS, current, knows, newest, require_current, require_known
from storage.unit_of_work import Store

__all__ = ["current", "downgrade", "knows", "newest", "require_current", "require_known", "upgrade", "upgrade_on"]


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the database forward (an empty one: create everything), in one transaction.

    Raises StorageError, and changes nothing, for a database that a later release made.
    """
    require_known(current(store))
    with _migrating(store) as connection:
        upgrade_on(connection, revision)
    narrow(store.engine.url)


def upgrade_on(connection: Connection, revision: str = "head") -> None:
    """Bring the database forward within a transaction of the caller's."""
    command.upgrade(_config(connection), revision)


def downgrade(store: Store, revision: str = "-1") -> None:
    """Bring the database back, one step unless a revision is named."""
    with _migrating(store) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _migrating(store: Store) -> Iterator[Connection]:
    """A transaction in which tables may be altered; on SQLite every reference is looked at before it is committed."""
    with (
        said_plainly(store.engine),
        store.engine.connect().execution_options(migrating=True) as connection,
        connection.begin(),
    ):
        yield connection
        if connection.dialect.name == "sqlite":
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if lost is not None:
                raise StorageError(f"a row of {lost[0]} would refer to nothing: nothing was changed; see `beleidsradar db check`")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
