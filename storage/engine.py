"""Opening a database by URL: SQLite with the pragmas that keep small transactions safe and quick, or PostgreSQL."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import ConfigurationError, Fault

PATIENCE_SECONDS = 60
"""How long a writer waits for the one before it; then it is told that the database is busy."""

WRITER_LOCK = int.from_bytes(b"beleidsr", "big")
"""The key of PostgreSQL's advisory lock under which this product writes: one writer at a time, as on SQLite."""


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…` (psycopg 3). Raises ConfigurationError for any other URL.

    On both there is one writer at a time, so that "look, then write" inside a transaction is safe: SQLite writers begin
    IMMEDIATE, PostgreSQL writers take an advisory lock that ends with the transaction. A connection with the execution option
    `reading` sees one state throughout, writes nothing and waits for nobody. SQLite's journal is WAL with synchronous NORMAL,
    which a killed process survives.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unusable() from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    # Values stay out of errors and logs (`hide_parameters`): addresses of readers are among them.
    if parsed.drivername == "postgresql+psycopg":
        # Prepared statements would be planned without their values: a list of 500 addresses then reads the whole table 500 times.
        engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True, connect_args={"prepare_threshold": None})
        event.listen(engine, "begin", _on_postgresql_begin)
        return engine
    if parsed.drivername != "sqlite":
        raise _unusable()
    engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": PATIENCE_SECONDS})
    event.listen(engine, "do_connect", _on_sqlite_do_connect)
    event.listen(engine, "connect", _on_sqlite_connect)
    event.listen(engine, "begin", _on_sqlite_begin)
    return engine


def _unusable() -> ConfigurationError:
    return ConfigurationError(
        (
            Fault(
                "BELEIDSRADAR_DATABASE_URL",
                0,
                "is not a database URL that Beleidsradar knows",
                "use sqlite:////absolute/path.db or postgresql://user@host/name",
            ),
        )
    )


def _on_sqlite_do_connect(_dialect: object, _record: object, arguments: list[Any], _options: object) -> None:
    """A new archive is its owner's alone from its first moment: it holds addresses. SQLite gives its journal the same mode.

    Only a file that was not there is opened here. A process that closes any descriptor of a database loses all its locks on it,
    those of its other connections too, and another process may then take the journal away under them (SQLite, "How to corrupt
    a database file", 2.2)."""
    name = str(arguments[0]) if arguments else ""
    if name and not name.startswith((":", "file:")):
        with suppress(OSError):  # it is there; or SQLite itself says what is wrong with the folder
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def narrow(url: URL) -> None:
    """Make an archive that an earlier release left readable for others its owner's alone; nothing for a server, or for a file of
    somebody else."""
    if url.drivername == "sqlite" and url.database and Path(url.database).is_file():
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(url.database + ending).chmod(0o600)


def _on_sqlite_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event below decides; sqlite3's own implicit BEGIN would be deferred
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={PATIENCE_SECONDS * 1000:.0f}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_sqlite_begin(connection: Any) -> None:
    options = connection.get_execution_options()
    reading = bool(options.get("reading"))
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    # A migration alters a table by copying it: for a moment what refers to it refers to nothing.
    connection.exec_driver_sql(f"PRAGMA foreign_keys={int(not options.get('migrating'))}")
    connection.exec_driver_sql(f"BEGIN {'DEFERRED' if reading else 'IMMEDIATE'}")


def _on_postgresql_begin(connection: Any) -> None:
    if connection.get_execution_options().get("reading"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    # READ COMMITTED: every statement after the lock sees what the writer before us committed.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_SECONDS * 1000:.0f}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
