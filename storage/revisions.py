"""Which schema a database is at and which one this release works with: looking only, so that a process that brings nothing up to
date need not load what does (`storage.migrate`)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import column, inspect, select, table

from domain.errors import StorageError
from storage.failures import said_plainly
from storage.unit_of_work import Store

SCRIPTS = Path(__file__).parent / "migrations"

_AT = table("alembic_version", column("version_num"))


def newest() -> str:
    """The revision that this release works with: the highest number that a migration's file name begins with."""
    return max(_all())


def _all() -> frozenset[str]:
    return frozenset(file.name.partition("_")[0] for file in (SCRIPTS / "versions").glob("[0-9]*_*.py"))


def current(store: Store) -> str | None:
    """The revision a database is at; None when it is empty. Raises StorageError when it cannot be opened."""
    with said_plainly(store.engine), store.engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table(_AT.name):
            return None
        return connection.execute(select(_AT.c.version_num)).scalar_one_or_none()


def knows(revision: str) -> bool:
    """True when this release has that schema: a database of a later release has one that it does not know."""
    return revision in _all()


def require_known(found: str | None) -> None:
    """Raises StorageError, with what to do, for a schema that a later release made."""
    if found is not None and not knows(found):
        raise StorageError(
            f"the database is at schema {found}, which a later release made; this release works with {newest()}: "
            "install that release again, or restore a backup of this one"
        )


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
    require_known(found)
    if found != newest():
        raise StorageError(
            f"the database is at schema {found}, this release works with {newest()}; run `beleidsradar db upgrade`"
        )
