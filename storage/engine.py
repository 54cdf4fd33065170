"""Opening a database by URL: SQLite with the pragmas that keep small transactions safe and quick, or PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import ConfigurationError, Fault


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql://…` (psycopg 3). Raises ConfigurationError for any other URL.

    SQLite writers begin IMMEDIATE, so that two writers wait for each other instead of failing half-way; the journal is WAL with
    synchronous NORMAL, which a killed process survives.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise _unusable() from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "postgresql+psycopg":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.drivername != "sqlite":
        raise _unusable()
    engine = create_engine(parsed, connect_args={"timeout": 60})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
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


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the begin event below decides; sqlite3's own implicit BEGIN would be deferred
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Any) -> None:
    mode = "DEFERRED" if connection.get_execution_options().get("reading") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")
