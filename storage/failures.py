"""What a user reads when the database cannot be used: one line, without its URL (which may hold a password)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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

from domain.errors import StorageError

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
        raise StorageError(
            f"the database cannot be used: {_reason(engine, error)}; check BELEIDSRADAR_DATABASE_URL and disk space"
        ) from error


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
