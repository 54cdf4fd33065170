"""A backup is one whole file, taken while others write; what is put back is what it says, and the ledger only grows."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backports import zstd
from sqlalchemy import text

from domain.errors import StorageError
from storage import backup, migrate, restore, rows
from storage.told import Ledger
from storage.unit_of_work import Store

AT = datetime(2021, 12, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def filled(kind: str, store: Store, upgraded: Path, tmp_path: Path) -> Store:
    """The archive of the first release at this schema."""
    if kind == "sqlite":
        store.close()
        shutil.copy(upgraded, tmp_path / "radar.db")
        return store
    old = Store(f"sqlite:///{upgraded}")
    with store.engine.begin() as connection, old.engine.connect().execution_options(reading=True) as reading:
        rows.load(connection, rows.lines(reading))
    old.close()
    return store


def _hash(store: Store) -> str:
    with store.read() as unit:
        return unit.content_hash()


def _put_back(file: Path, store: Store, database: Path | None) -> Path | None:
    with restore.ready(file, database) as (manifest, archive, _, _):
        if database is not None:
            store.close()
            return restore.into_file(manifest, archive, database, "now")
        restore.into_server(manifest, archive, store)
        return None


def _database(kind: str, tmp_path: Path) -> Path | None:
    return tmp_path / "radar.db" if kind == "sqlite" else None


def test_what_is_put_back_is_what_was_taken(filled: Store, kind: str, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(ledger.target("mail", "jan@example.nl"), ["a" * 32], AT)
    before = _hash(filled)
    manifest = backup.take(filled, ledger, tmp_path / "b.tar.zst", AT)
    assert (manifest.content_hash, manifest.schema, manifest.database) == (before, migrate.newest(), filled.engine.dialect.name)
    assert backup.look(tmp_path / "b.tar.zst") == manifest
    assert (tmp_path / "b.tar.zst").stat().st_mode & 0o077 == 0
    with filled.begin() as unit:
        unit._connection.execute(text("DELETE FROM assessment"))
        unit.leases.acquire("visit:rvo", "elsewhere:1:1", AT, 60)
    assert _hash(filled) != before
    aside = _put_back(tmp_path / "b.tar.zst", filled, _database(kind, tmp_path))
    assert _hash(filled) == before
    migrate.require_current(filled)
    with filled.begin() as unit:  # new rows get new keys
        assert unit.visits.open("rvo", "live", AT).id > 12
        assert unit.leases.acquire("visit:rvo", "here:2:2", AT, 60) == ""
    if aside is not None:
        kept = Store(f"sqlite:///{aside}")
        with kept.read() as unit:
            assert unit._connection.execute(text("SELECT count(*) FROM assessment")).scalar_one() == 0
        kept.close()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith((".backup", ".restore"))] == []


@pytest.mark.postgres
@pytest.mark.torture
def test_an_archive_moves_from_one_database_to_the_other_and_back(
    upgraded: Path, postgres: str, postgres_archive: str, tmp_path: Path
) -> None:
    file = shutil.copy(upgraded, tmp_path / "radar.db")
    sqlite, ledger = Store(f"sqlite:///{file}"), Ledger(tmp_path)
    admin = Store(postgres.format(database="postgres"))
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS moved WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE moved TEMPLATE {postgres_archive}")
    admin.close()
    server = Store(postgres.format(database="moved"))
    before = _hash(sqlite)
    backup.take(sqlite, ledger, tmp_path / "one.tar.zst", AT)
    _put_back(tmp_path / "one.tar.zst", server, None)
    assert _hash(server) == before
    backup.take(server, ledger, tmp_path / "two.tar.zst", AT)
    _put_back(tmp_path / "two.tar.zst", sqlite, tmp_path / "radar.db")
    assert _hash(sqlite) == before
    server.close()
    sqlite.close()


@pytest.mark.postgres
@pytest.mark.torture
def test_a_backup_of_a_server_at_the_first_schema_is_brought_forward_on_both(
    first_release: Path, upgraded: Path, postgres: str, tmp_path: Path
) -> None:
    shutil.copy(first_release, tmp_path / "first.db")
    old, ledger = Store(f"sqlite:///{tmp_path / 'first.db'}"), Ledger(tmp_path)
    backup.take(old, ledger, tmp_path / "old.tar.zst", AT)
    old.close()
    admin = Store(postgres.format(database="postgres"))
    for name in ("first", "later"):
        with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    admin.close()
    first, later = (Store(postgres.format(database=name)) for name in ("first", "later"))
    with restore.ready(tmp_path / "old.tar.zst", None) as (manifest, archive, _, _):
        source = Store(f"sqlite:///{archive}")
        migrate.upgrade(first, manifest.schema)
        with first.engine.begin() as connection, source.engine.connect().execution_options(reading=True) as reading:
            rows.load(connection, rows.lines(reading))
        source.close()
    taken = backup.take(first, ledger, tmp_path / "server.tar.zst", AT)
    assert (taken.schema, taken.content_hash) == ("0001", manifest.content_hash)
    _put_back(tmp_path / "server.tar.zst", later, None)
    database = Path(shutil.copy(upgraded, tmp_path / "radar.db"))
    sqlite = Store(f"sqlite:///{database}")
    _put_back(tmp_path / "server.tar.zst", sqlite, database)
    for store in (later, sqlite):
        migrate.require_current(store)
        assert _hash(store) == manifest.content_hash
        store.close()
    first.close()


def test_an_archive_is_its_owners_alone(upgraded: Path, tmp_path: Path) -> None:
    """It holds addresses: so do its journal, what an earlier release left wider, and what is restored."""
    made = Store(f"sqlite:///{tmp_path / 'radar.db'}")
    migrate.upgrade(made)
    with made.begin() as unit:
        unit.visits.open("rvo", "live", AT)
        assert {one.stat().st_mode & 0o777 for one in tmp_path.glob("radar.db*")} == {0o600}
    made.close()
    old = Path(shutil.copy(upgraded, tmp_path / "old.db"))
    old.chmod(0o644)
    store = Store(f"sqlite:///{old}")
    migrate.upgrade(store)
    assert old.stat().st_mode & 0o777 == 0o600
    backup.take(store, Ledger(tmp_path), tmp_path / "b.tar.zst", AT)
    old.chmod(0o644)
    _put_back(tmp_path / "b.tar.zst", store, old)
    assert old.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["sqlite"])
def test_others_write_while_it_is_taken(filled: Store, tmp_path: Path) -> None:
    done = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not done.is_set():
            with filled.begin() as unit:
                unit.visits.warn("rvo", f"warning {len(written)}", at=AT, visit_id=None)
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifest = backup.take(filled, Ledger(tmp_path), tmp_path / "b.tar.zst", AT)
    finally:
        done.set()
        writer.join()
    assert written
    assert manifest.content_hash == _hash(filled)


def test_a_backup_of_the_first_schema_is_brought_forward(first_release: Path, tmp_path: Path) -> None:
    shutil.copy(first_release, tmp_path / "radar.db")
    store = Store(f"sqlite:///{tmp_path / 'radar.db'}")
    manifest = backup.take(store, Ledger(tmp_path), tmp_path / "b.tar.zst", AT)
    assert manifest.schema == "0001"
    _put_back(tmp_path / "b.tar.zst", store, tmp_path / "radar.db")
    migrate.require_current(store)
    assert _hash(store) == manifest.content_hash
    store.close()


@pytest.mark.parametrize("how", ["cut", "changed", "foreign", "not one", "absent", "later"])
def test_a_file_that_is_no_whole_backup_changes_nothing(upgraded: Path, tmp_path: Path, how: str) -> None:
    database = Path(shutil.copy(upgraded, tmp_path / "radar.db"))
    store = Store(f"sqlite:///{database}")
    file = tmp_path / "b.tar.zst"
    backup.take(store, Ledger(tmp_path), file, AT)
    store.close()
    whole = file.read_bytes()
    if how == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif how == "changed":
        file.write_bytes(whole[:5000] + bytes([whole[5000] ^ 0xFF]) + whole[5001:])
    elif how == "foreign":
        file.write_bytes(_with_member(whole, "../outside"))
    elif how == "not one":
        file.write_text("a letter")
    elif how == "absent":
        file.unlink()
    else:
        file.write_bytes(_with_schema(whole, "9999"))
    before = database.read_bytes()
    with pytest.raises(StorageError) as raised:
        _put_back(file, store, database)
    assert "\n" not in str(raised.value)
    assert database.read_bytes() == before
    assert not (tmp_path.parent / "outside").exists()


def _with_member(whole: bytes, name: str) -> bytes:
    raw = io.BytesIO(zstd.decompress(whole))
    with tarfile.open(fileobj=raw, mode="a") as tar:
        member = tarfile.TarInfo(name)
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    return zstd.compress(raw.getvalue())


def _with_schema(whole: bytes, schema: str) -> bytes:
    newest = f'"schema": "{migrate.newest()}"'.encode()
    return zstd.compress(zstd.decompress(whole).replace(newest, f'"schema": "{schema}"'.encode(), 1))


def test_a_damaged_archive_gives_no_backup_and_keeps_the_one_that_stood_there(upgraded: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(upgraded, tmp_path / "radar.db"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = b"\xff" * 8192
    file.write_bytes(data)
    (tmp_path / "b.tar.zst").write_text("yesterday's")
    with pytest.raises(StorageError, match=r"damaged|malformed"):
        backup.take(Store(f"sqlite:///{file}"), Ledger(tmp_path), tmp_path / "b.tar.zst", AT)
    assert (tmp_path / "b.tar.zst").read_text() == "yesterday's"


@pytest.mark.parametrize("kind", ["sqlite"])
def test_somebody_at_work_is_named_and_a_dead_or_old_holder_is_not(store: Store) -> None:
    with store.begin() as unit:
        unit.leases.acquire("visit:rvo", "elsewhere:12:1", AT, 600)
    assert restore.working(store, AT) == "visit:rvo is under way in elsewhere:12"
    assert restore.working(store, AT + timedelta(minutes=11)) == ""


def test_the_ledger_only_grows(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    here, there = Ledger(tmp_path / "here"), Ledger(tmp_path / "there")
    target = here.target("mail", "jan@example.nl")
    here.append(target, ["a" * 32], AT)
    log, key = here.copy()
    here.append(target, ["b" * 32], AT)
    assert here.take_in(log, key) == 0
    assert here.told(target) == {"a" * 32, "b" * 32}
    assert there.take_in(log, key) == 1  # a new machine: key and lines come from the backup
    assert there.target("mail", "jan@example.nl") == target
    assert there.told(target) == {"a" * 32}
    (tmp_path / "there" / "told.key").write_text("11" * 32 + "\n")
    assert there.take_in(*here.copy()) is None
    assert Ledger(tmp_path / "there").told(target) == {"a" * 32}
