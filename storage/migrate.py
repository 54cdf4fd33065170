"""Bringing a database to the schema of this release."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from domain.errors import StorageError
from storage.failures import said_plainly
from storage.unit_of_work import Store

SCRIPTS = Path(__file__).parent / "migrations"


def newest() -> str:
    """The revision that this release works with."""
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    if head is None:
        raise AssertionError("there are no migrations")
    return head


def current(store: Store) -> str | None:
    """The revision a database is at; None when it is empty. Raises StorageError when it cannot be opened."""
    with said_plainly(store.engine), store.engine.connect().execution_options(reading=True) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the database forward (an empty one: create everything), in one transaction."""
    with said_plainly(store.engine), store.engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(store: Store, revision: str = "-1") -> None:
    """Bring the database back, one step unless a revision is named."""
    with said_plainly(store.engine), store.engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def require_current(store: Store) -> None:
    """Raises StorageError, with the command that mends it, unless the database is at the schema of this release.

    Looking creates nothing: SQLite would make an empty file of an absent one.
    """
    file = store.engine.url.database if store.engine.dialect.name == "sqlite" else None
    if file is not None and not Path(file).exists():
        raise StorageError("there is no archive yet; `beleidsradar run` makes one")
    found = current(store)
    if found is None:
        with said_plainly(store.engine), store.engine.connect().execution_options(reading=True) as connection:
            empty = not inspect(connection).get_table_names()
        what = "there is no archive yet; `beleidsradar run` makes one" if empty else "the database is not one of Beleidsradar's"
        raise StorageError(what)
    if found != newest():
        raise StorageError(
            f"the database is at schema {found}, this release works with {newest()}; run `beleidsradar db upgrade`"
        )


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
