"""A database that cannot be used is one line without its URL; a defect of ours stays what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from domain.errors import StorageError
from storage import migrate
from storage.unit_of_work import Store


def _plain(use: Callable[[], object]) -> str:
    with pytest.raises(StorageError) as raised:
        use()
    said = str(raised.value)
    assert "\n" not in said
    assert "://" not in said
    assert "canary" not in said
    return said


def _read(store: Store) -> None:
    with store.read() as unit:
        unit.resources.count("rvo")


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    path.write_bytes(b"this is a letter, not a database " * 100)
    store = Store(f"sqlite:///{path}")
    for use in (
        lambda: _read(store),
        lambda: migrate.current(store),
        lambda: migrate.require_current(store),
        lambda: migrate.upgrade(store),
        lambda: migrate.downgrade(store),
    ):
        assert "file is not a database" in _plain(use)


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    store = Store(f"sqlite:///{path}")
    migrate.upgrade(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "malformed" in _plain(lambda: _read(Store(f"sqlite:///{path}")))


def test_a_database_without_tables_is_one_line(url: str) -> None:
    store = Store(url)
    assert "database" in _plain(lambda: _read(store))
    store.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_one_line_without_the_password(tmp_path: Path) -> None:
    store = Store(f"postgresql://radar:canary@/radar?host={tmp_path}")
    for use in (lambda: _read(store), lambda: migrate.current(store)):
        said = _plain(use)
        assert "database" in said
        assert "canary" not in said


@pytest.mark.postgres
def test_a_right_that_is_missing_is_one_line(postgres: str) -> None:
    admin = Store(postgres.format(database="postgres"))
    with admin.engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS reader"))
        connection.execute(text("CREATE ROLE reader LOGIN"))
    migrate.upgrade(admin)
    reader = Store(postgres.format(database="postgres").replace("radar@", "reader@"))
    assert "permission denied" in _plain(lambda: _read(reader))
    reader.close()
    migrate.downgrade(admin)
    admin.close()


def test_a_connection_that_was_cut_is_one_line_and_the_next_one_works(url: str, store: Store) -> None:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite has no connection to cut")
    other = Store(url)

    def cut() -> None:
        with store.read() as unit:
            unit.resources.count("rvo")
            with other.engine.begin() as connection:
                kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = :name"
                connection.execute(text(kill), {"name": store.engine.url.database})
            unit.resources.count("rvo")

    assert "lost" in _plain(cut)
    _read(store)
    other.close()


def test_a_defect_of_ours_is_not_dressed_up_as_a_broken_database(store: Store) -> None:
    twice = "INSERT INTO rate (host, next_at) VALUES ('h', '2021-12-09 00:00:00'), ('h', '2021-12-09 00:00:00')"
    with pytest.raises(IntegrityError), store.begin() as unit:
        unit._connection.execute(text(twice))
    if store.engine.dialect.name == "postgresql":
        with pytest.raises(DataError), store.begin() as unit:
            unit._connection.execute(text("SELECT 1 / 0"))
        with pytest.raises(ProgrammingError), store.begin() as unit:
            unit._connection.execute(text("SELEC 1"))
