"""Every row of the archive as lines of JSON: the form in which an archive moves between PostgreSQL and SQLite, at any schema.

Tables are read as they stand in the database, not as this release describes them, so an archive of an earlier schema moves too.
The search index is left behind: it is made anew from what is stored.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, LargeBinary, MetaData, Table, func, insert, inspect, select, text

from domain.errors import StorageError
from storage.schema.search import WORDS, search_state

BATCH = 500
LEFT_BEHIND = frozenset({"alembic_version", search_state.name})


def lines(connection: Connection) -> Iterator[bytes]:
    """The archive, a line each: a head per table (its name and columns), then its rows; what a row refers to comes before it."""
    for table in _tables(connection):
        yield _line({"table": table.name, "columns": [column.name for column in table.columns]})
        order = list(table.primary_key.columns)
        for row in connection.execute(select(table).order_by(*order).execution_options(yield_per=BATCH)):
            yield _line([_said(value) for value in row])


def load(connection: Connection, said: Iterable[bytes]) -> Mapping[str, int]:
    """Write the lines into a database of the same schema whose tables are empty; returns the rows per table.

    Raises StorageError when a line names a table or column that the schema does not have.
    """
    tables = {table.name: table for table in _tables(connection)}
    counts: dict[str, int] = {}
    table: Table | None = None
    names: list[str] = []
    batch: list[dict[str, Any]] = []
    for line in said:
        found = json.loads(line)
        if isinstance(found, dict):
            _write(connection, table, batch)
            table, names = _head(tables, found)
            counts[table.name] = 0
            continue
        if table is None:
            raise StorageError("the rows begin without the name of a table")
        values = zip(names, found, strict=True)
        batch.append({name: _meant(table.columns[name].type, value, connection.dialect.name) for name, value in values})
        counts[table.name] += 1
        if len(batch) == BATCH:
            _write(connection, table, batch)
    _write(connection, table, batch)
    _count_on(connection, tables.values())
    return counts


def _tables(connection: Connection) -> list[Table]:
    """The tables as they stand, what others refer to first."""
    names = [name for name in inspect(connection).get_table_names() if name not in LEFT_BEHIND and not name.startswith(WORDS)]
    metadata = MetaData()
    metadata.reflect(connection, only=names)
    return [table for table in metadata.sorted_tables if table.name in names]


def _head(tables: Mapping[str, Table], found: Mapping[str, Any]) -> tuple[Table, list[str]]:
    table = tables.get(str(found["table"]))
    if table is None or set(found["columns"]) != {column.name for column in table.columns}:
        raise StorageError(f"the table {found['table']} is not the one of this schema")
    return table, [str(name) for name in found["columns"]]


def _write(connection: Connection, table: Table | None, batch: list[dict[str, Any]]) -> None:
    if table is not None and batch:
        connection.execute(insert(table), batch)
    batch.clear()


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """PostgreSQL counts keys on its own; SQLite looks at the highest one."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.columns:
            highest = connection.execute(select(func.max(table.c.id))).scalar_one()
            if highest is not None:
                said = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)")
                connection.execute(said, {"name": table.name, "highest": highest})


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def _meant(kind: object, value: Any, dialect: str) -> Any:
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if dialect == "sqlite" else moment
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
