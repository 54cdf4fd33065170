"""Small helps for statements that have to give the same answer on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection

T = TypeVar("T")

CHUNK = 500
"""How many values one IN list holds: well under the parameter limit of either database."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists of at most `CHUNK`, in order, each value once."""
    every = list(dict.fromkeys(values))
    for begin in range(0, len(every), CHUNK):
        yield every[begin : begin + CHUNK]


def bytewise(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column in the order of its UTF-8 bytes: SQLite's own order, and on PostgreSQL whatever collation the database has."""
    return column.collate("C") if connection.dialect.name == "postgresql" else column
