"""What a user reads when the database cannot be used: one line, without its URL (which may hold a password)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    TimeoutError,
)

from domain.errors import DiskFullError, StorageError

REFUSED = frozenset({"42501", "42P01", "3F000"})
"""SQLSTATEs that psycopg files under programming errors but that an operator mends: no right, no such table, no such schema."""


@contextmanager
def said_plainly(engine: Engine) -> Iterator[None]:
    """Turn every error that means "this database cannot be used" into a StorageError of one line.

    A broken constraint, a value that does not fit and a wrong statement are defects of ours: they go through as they are.
    """
    try:
        yield
    except TimeoutError as error:
        raise StorageError("the database cannot be used: all connections are taken; try again") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StorageError("the connection to the database was lost; try again") from error
        if not _unusable(error):
            raise
        if _is_full(error):
            raise DiskFullError(f"the disk is full: nothing was written{_where(engine)}; make room, then run it again") from error
        reason = _reason(engine, error)
        raise StorageError(f"the database cannot be used: {reason}; {_hint(engine, reason)}") from error


FULL = frozenset({"53100"})
"""SQLSTATEs of PostgreSQL that mean: no room."""

HINTS = (
    ("password authentication failed", "check the user and password in BELEIDSRADAR_DATABASE_URL"),
    ("no password supplied", "check the user and password in BELEIDSRADAR_DATABASE_URL"),
    ("does not exist", "check the names in BELEIDSRADAR_DATABASE_URL, or create them on the server"),
    ("connection refused", "check that the server runs, and its host and port in BELEIDSRADAR_DATABASE_URL"),
    ("no such file or directory", "check that the server runs, and its host and port in BELEIDSRADAR_DATABASE_URL"),
    ("resolve host", "check the host in BELEIDSRADAR_DATABASE_URL, and the network"),
    ("name or service not known", "check the host in BELEIDSRADAR_DATABASE_URL, and the network"),
    ("timeout", "check that the server can be reached from here"),
    ("readonly database", "check who may write there"),
    ("unable to open database file", "check the folder and who may write there"),
    ("malformed", "restore a backup: beleidsradar db restore FILE"),
    ("locked", "another process holds it; try again in a minute"),
)
"""What to do, by what the database said; the first that fits."""


def _is_full(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in FULL:
        return True
    return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_FULL"


def _where(engine: Engine) -> str:
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return f" to {file}" if file else ""


def _hint(engine: Engine, reason: str) -> str:
    said = next((hint for found, hint in HINTS if found in reason.casefold()), "check BELEIDSRADAR_DATABASE_URL and disk space")
    return said.replace("there", f"in {Path(engine.url.database).parent}") if engine.url.database and _where(engine) else said


def _unusable(error: DBAPIError) -> bool:
    if isinstance(error, ProgrammingError):
        return getattr(error.orig, "sqlstate", None) in REFUSED
    # "file is not a database" and "disk image is malformed" are DatabaseErrors of no narrower class
    return isinstance(error, OperationalError | InterfaceError | InternalError) or type(error) is DatabaseError


def _reason(engine: Engine, error: DBAPIError) -> str:
    lines = str(error.orig).split("\n")
    reason = lines[0].strip() or type(error.orig).__name__
    password = engine.url.password
    return reason.replace(password, "***") if password else reason
