"""Putting a backup in the place of the archive: made ready and verified beside it first, and the archive that stood there kept.

A backup of SQLite can be restored into PostgreSQL and the other way round; one of an earlier schema is brought to that of this
release on the way. Nothing has changed until everything is ready.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, inspect, select, text

from domain.errors import StorageError
from storage import backup, migrate, rows, schema
from storage.backup import Manifest
from storage.content import content_hash
from storage.failures import said_plainly
from storage.leases import is_dead
from storage.schema.search import WORDS
from storage.unit_of_work import Store

BESIDE = ("-wal", "-shm")


@contextmanager
def ready(file: Path, database: Path | None) -> Iterator[tuple[Manifest, Path, bytes, bytes]]:
    """The backup, unpacked and verified beside the database file (in the system's temporary folder for a server): what it says of
    itself, its archive, the ledger and its key. Raises StorageError for one that is damaged or of a later release."""
    folder = database.parent if database is not None else Path(tempfile.gettempdir())
    with backup.named(folder), tempfile.TemporaryDirectory(prefix=".restore.", dir=folder) as inside:
        manifest, archive, log, key = backup.unpack(file, Path(inside))
        if not migrate.knows(manifest.schema):
            raise StorageError(f"{file} is at schema {manifest.schema}, which a later release made; restore it with that release")
        if archive.name == backup.DATABASE:
            backup.verify(archive)
        yield manifest, archive, log, key


def working(store: Store, now: datetime) -> str:
    """Who works on the archive at this moment: the name of the lease and its holder, "" when nobody does."""
    table = schema.lease
    with said_plainly(store.engine), store.engine.connect().execution_options(reading=True) as connection:
        if table.name not in inspect(connection).get_table_names():
            return ""
        for row in connection.execute(select(table).where(table.c.until > now).order_by(table.c.name)):
            if not is_dead(row.holder):
                return f"{row.name} is under way in {row.holder.rpartition(':')[0]}"
    return ""


def into_file(manifest: Manifest, archive: Path, database: Path, stamp: str) -> Path | None:
    """Bring the archive to this release's schema and put it in the place of the SQLite file; returns where the file that stood
    there is kept (None when there was none)."""
    made = archive if archive.name == backup.DATABASE else archive.with_name(backup.DATABASE)
    store = Store(f"sqlite:///{made}")
    try:
        if archive.name == backup.ROWS:
            migrate.upgrade(store, manifest.schema)
            with said_plainly(store.engine), store.engine.begin() as connection, archive.open("rb") as said:
                rows.load(connection, said)
        migrate.upgrade(store)
        with said_plainly(store.engine), store.engine.begin() as connection:
            _make_own(connection, manifest)
    finally:
        store.close()
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return _swap(made, database, stamp)


def into_server(manifest: Manifest, archive: Path, store: Store) -> None:
    """Put the archive in the place of what the PostgreSQL database holds, in one transaction."""
    with said_plainly(store.engine), store.engine.begin() as connection:
        _empty(connection)
        migrate.upgrade_on(connection, manifest.schema)
        if archive.name == backup.ROWS:
            with archive.open("rb") as said:
                rows.load(connection, said)
        else:
            source = Store(f"sqlite:///{archive}")
            with source.engine.connect().execution_options(reading=True) as reading:
                rows.load(connection, rows.lines(reading))
            source.close()
        migrate.upgrade_on(connection)
        _make_own(connection, manifest)


def _make_own(connection: Connection, manifest: Manifest) -> None:
    """Whoever held a lease when the backup was taken works on another archive. Raises StorageError for other content than the
    backup says that it has."""
    connection.execute(delete(schema.lease))
    if content_hash(connection) != manifest.content_hash:
        raise StorageError("the restored archive does not have the content hash that its backup names; take another backup")


def _empty(connection: Connection) -> None:
    own = {*schema.metadata.tables, WORDS, "alembic_version"}
    for name in inspect(connection).get_table_names():
        if name in own:
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def _swap(made: Path, database: Path, stamp: str) -> Path | None:
    """At every moment there is a whole archive under the name: the old one with its journal, or the new one without."""
    aside = None
    if database.exists():
        aside = database.with_name(f"{database.name}.before-restore-{stamp}")
        with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=5)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what the journal holds goes into the file that is kept
        os.link(database, aside)
        for ending in BESIDE:
            with suppress(FileNotFoundError):
                os.replace(f"{database}{ending}", f"{aside}{ending}")
    made.chmod(0o600)
    os.replace(made, database)
    backup.sync_folder(database.parent)
    return aside
