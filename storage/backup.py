"""A backup: one compressed file with the whole archive, the told ledger and its key, taken while the service goes on.

The file is a zstd-compressed tar, so that it can be opened without this program: `manifest.json` first, then `archive.db`
(SQLite's own online copy) or `rows.jsonl` (PostgreSQL, in one snapshot; `storage.rows`), then `told.log` and `told.key`. It
holds addresses of recipients and is readable by its owner only.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from alembic.runtime.migration import MigrationContext

from domain.errors import StorageError
from storage import rows
from storage.content import content_hash
from storage.engine import open_engine
from storage.failures import said_plainly
from storage.told import Ledger
from storage.unit_of_work import Store

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMAT = 1
MANIFEST, DATABASE, ROWS, LOG, KEY = "manifest.json", "archive.db", "rows.jsonl", "told.log", "told.key"
MEMBERS = frozenset({MANIFEST, DATABASE, ROWS, LOG, KEY})
_OPTIONS: Mapping[int, int] = {zstd.CompressionParameter.compression_level: 6, zstd.CompressionParameter.checksum_flag: 1}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when it was taken (ISO 8601, UTC), of which database at which schema, with which content."""

    format: int
    taken: str
    database: str
    schema: str
    content_hash: str


def take(store: Store, ledger: Ledger, target: Path, at: datetime) -> Manifest:
    """Write a backup to this file: whole or not at all, verified before it gets its name.

    Raises StorageError when the archive is damaged or the file cannot be written; what stood under the name stays then.
    """
    with named(target), tempfile.TemporaryDirectory(prefix=".backup.", dir=target.parent) as folder:
        copied = Path(folder) / (DATABASE if store.engine.dialect.name == "sqlite" else ROWS)
        schema, content = (_copy if copied.name == DATABASE else _export)(store, copied)
        manifest = Manifest(FORMAT, at.isoformat(), store.engine.dialect.name, schema, content)
        packed = Path(folder) / "packed"
        packed.touch(mode=0o600)
        with zstd.ZstdFile(packed, "wb", options=_OPTIONS) as out:
            _pack(out, manifest, copied, ledger)
        with packed.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(packed, target)
        sync_folder(target.parent)
    return manifest


def look(file: Path) -> Manifest:
    """What a backup says of itself. Raises StorageError for a file that is none, or is made by a later release."""
    with _opened(file) as (_, manifest):
        return manifest


def unpack(file: Path, folder: Path) -> tuple[Manifest, Path, bytes, bytes]:
    """Put the archive of a backup into a folder; returns what the backup says of itself, the file, the ledger and its key.

    Raises StorageError when it is not whole.
    """
    found: Path | None = None
    small = {LOG: b"", KEY: b""}
    with _opened(file) as (tar, manifest):
        for member in tar:
            source = tar.extractfile(member) if member.isreg() and member.name in MEMBERS else None
            if source is None:
                raise StorageError(f"{file} is not a backup of Beleidsradar: it holds {member.name!r}")
            if member.name in small:
                small[member.name] = source.read()
            elif member.name in (DATABASE, ROWS):
                found = folder / member.name
                found.touch(mode=0o600)
                with found.open("wb") as out:
                    shutil.copyfileobj(source, out)
    if found is None:
        raise StorageError(f"{file} holds no archive; restore another backup")
    return manifest, found, small[LOG], small[KEY]


def verify(file: Path) -> None:
    """Raises StorageError unless SQLite finds this database file whole."""
    try:
        with closing(sqlite3.connect(file)) as opened:
            wrong = [row[0] for row in opened.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
            wrong += [f"a row of {row[0]} refers to nothing" for row in opened.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        wrong = [str(error)]
    if wrong:
        said = wrong[0].splitlines()[-1].strip()
        raise StorageError(f"the archive is damaged ({said}); see `beleidsradar db check`, and keep the backups that you have")


def content_of(url: str) -> tuple[str, str]:
    """Schema and content hash of a database."""
    engine = open_engine(url)
    try:
        with said_plainly(engine), engine.connect().execution_options(reading=True) as connection:
            return MigrationContext.configure(connection).get_current_revision() or "", content_hash(connection)
    finally:
        engine.dispose()


@contextmanager
def named(file: Path) -> Iterator[None]:
    """An error of the system as a StorageError that names the file."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise StorageError(f"{file} cannot be written: {reason}; check the folder, who may write there, and the room") from error


def sync_folder(folder: Path) -> None:
    """A new name in a folder survives power loss only when the folder itself is on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(store: Store, target: Path) -> tuple[str, str]:
    """SQLite's online backup, in one step: one state of the archive, while writers go on writing into the journal."""
    with said_plainly(store.engine), closing(store.engine.raw_connection()) as connection:
        source: Any = connection.driver_connection
        try:
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
        except sqlite3.DatabaseError as error:
            raise StorageError(f"the archive cannot be copied: {error}; check the room on the disk") from error
    verify(target)
    return content_of(f"sqlite:///{target}")


def _export(store: Store, target: Path) -> tuple[str, str]:
    """Every row, in one snapshot of PostgreSQL: needs no tools of the server's version."""
    target.touch(mode=0o600)
    with said_plainly(store.engine), store.engine.connect().execution_options(reading=True) as connection:
        schema = MigrationContext.configure(connection).get_current_revision() or ""
        content = content_hash(connection)
        with target.open("wb") as out:
            out.writelines(rows.lines(connection))
    return schema, content


def _pack(out: Any, manifest: Manifest, copied: Path, ledger: Ledger) -> None:
    log, key = ledger.copy()  # after the copy of the archive: it may know of more than the archive, never of less
    said = json.dumps(asdict(manifest), indent=1).encode() + b"\n"
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.GNU_FORMAT) as tar:
        _add(tar, MANIFEST, BytesIO(said), len(said))
        with copied.open("rb") as archive:
            _add(tar, copied.name, archive, copied.stat().st_size)
        _add(tar, LOG, BytesIO(log), len(log))
        _add(tar, KEY, BytesIO(key), len(key))


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, source)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    try:
        with zstd.ZstdFile(file, "rb") as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            first = tar.next()
            source = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
            manifest = Manifest(**json.loads(source.read())) if source is not None else None
            if manifest is None:
                raise StorageError(f"{file} is not a backup of Beleidsradar")
            if manifest.format != FORMAT:
                raise StorageError(f"{file} was made by a later release; restore it with that release")
            yield tar, manifest
    except FileNotFoundError:
        raise StorageError(f"there is no backup {file}") from None
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {(error.strerror or type(error).__name__).lower()}") from error
    except (zstd.ZstdError, EOFError, tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise StorageError(f"{file} is not a whole backup of Beleidsradar; take another one") from error
