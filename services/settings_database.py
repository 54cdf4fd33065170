"""Whether the configured database can be used, found out without making or changing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from domain.errors import Fault, StorageError
from services.environment import DATABASE
from services.secret import Secret
from storage import revisions
from storage.unit_of_work import Store

SQLITE = "sqlite:///"
HEADER = b"SQLite format 3\0"
PATIENCE = 5
"""Seconds that a database server gets to answer."""

_NAME_ANOTHER = f"name another one with {DATABASE}"


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What is wrong with the database, or how it stands in a line."""

    fault: Fault | None
    note: str


def look(url: Secret) -> DatabaseState:
    """How the database stands. An absent SQLite file is fine and is not made."""
    file = sqlite_file(url)
    return _server(url) if file is None else _file(file)


def sqlite_file(url: Secret) -> Path | None:
    """The file behind a SQLite URL, None for a database server."""
    named = url.reveal()
    return Path(named.removeprefix(SQLITE).partition("?")[0]) if named.startswith(SQLITE) else None


def absent(url: Secret) -> bool:
    """True when the URL names a SQLite file that is not there; opening it would make one."""
    file = sqlite_file(url)
    return file is not None and not file.exists()


def unreadable(url: Secret) -> str:
    """Why the file behind the URL cannot be a database, told from its first bytes; "" when it may be one."""
    file = sqlite_file(url)
    if file is None or not file.exists():
        return ""
    if file.is_dir():
        return f"{file} is a folder, not a database"
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(HEADER))
    except OSError as error:
        return f"the database {file} cannot be read: {(error.strerror or '').lower()}"
    return "" if begin in (b"", HEADER) else f"{file} is not a database"


def _file(file: Path) -> DatabaseState:
    if not file.exists():
        folder = file.absolute().parent
        if not folder.is_dir():
            return _wrong(f"the folder {folder} for the database is not there", f"make it, or {_NAME_ANOTHER}")
        return DatabaseState(None, "none yet; `beleidsradar run` makes one")
    said = unreadable(Secret(f"{SQLITE}{file}"))
    if said:
        return _wrong(said, _NAME_ANOTHER)
    try:
        # Read-only, and beside our own engine: that one would write its journal mode into a file that may not be ours.
        with closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True, timeout=PATIENCE)) as opened:
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            marks = opened.execute("SELECT version_num FROM alembic_version").fetchall() if "alembic_version" in tables else []
    except sqlite3.Error as error:
        return _wrong(f"the database {file} cannot be read: {error}", f"restore it from a backup, or {_NAME_ANOTHER}")
    return _by_revision(str(marks[0][0]) if marks else None, empty=not tables)


def _server(url: Secret) -> DatabaseState:
    named = url.reveal()
    waiting = "" if "connect_timeout=" in named else f"{'&' if '?' in named else '?'}connect_timeout={PATIENCE}"
    store = Store(named + waiting)
    try:
        return _by_revision(revisions.current(store), empty=_is_empty(store))
    except StorageError as error:
        return _wrong(str(error).removesuffix(f"; check {DATABASE}"), "check that the server runs, and the log-in")
    finally:
        store.close()


def _is_empty(store: Store) -> bool:
    try:
        revisions.require_current(store)
    except StorageError as error:
        return str(error).startswith("there is no archive yet")
    return False


def _by_revision(found: str | None, *, empty: bool) -> DatabaseState:
    if found is None and empty:
        return DatabaseState(None, "empty; `beleidsradar run` fills it")
    if found is None:
        return _wrong("the database is not one of Beleidsradar's", _NAME_ANOTHER)
    if found != revisions.newest():
        what = f"the database is at schema {found}, this release works with {revisions.newest()}"
        return _wrong(what, "back it up, then run `beleidsradar db upgrade`")
    return DatabaseState(None, f"schema {found}")


def _wrong(what: str, hint: str) -> DatabaseState:
    return DatabaseState(Fault(DATABASE, 0, what, hint), "")
