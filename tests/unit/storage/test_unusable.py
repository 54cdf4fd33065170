"""A database that cannot be used says what to do; a clock that ran ahead leaves nothing locked for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from domain.errors import DiskFullError, StorageError
from domain.events import VisitState
from storage import migrate
from storage.failures import said_plainly
from storage.unit_of_work import Store

NOW = datetime(2021, 12, 10, 9, 0, tzinfo=UTC)


def test_a_full_disk_takes_back_the_whole_transaction(upgraded: Path, tmp_path: Path) -> None:
    file = tmp_path / "radar.db"
    file.write_bytes(upgraded.read_bytes())
    store = Store(f"sqlite:///{file}")

    @event.listens_for(store.engine, "connect")
    def _full(connection: object, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()  # type: ignore[attr-defined]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")  # type: ignore[attr-defined]

    def fill() -> None:
        with store.begin() as unit:
            for number in range(5_000):
                unit.visits.warn("rvo", f"warning {number} {'x' * 200}", at=NOW, visit_id=None)

    with pytest.raises(DiskFullError) as raised:
        fill()
    assert str(raised.value) == f"the disk is full: nothing was written to {file}; make room, then run it again"
    with store.read() as unit:
        assert unit.visits.warnings("rvo", NOW) == ()
    store.close()


def test_a_full_server_and_a_wrong_password_say_what_to_do() -> None:
    store = Store("postgresql://radar:canary@localhost/radar")

    class FullError(Exception):
        sqlstate = "53100"

    for cause, error, said in (
        (FullError("could not extend file: No space left on device"), DiskFullError, "the disk is full"),
        (Exception('FATAL:  password authentication failed for user "radar"'), StorageError, "check the user and password"),
        (Exception('FATAL:  database "radarr" does not exist'), StorageError, "check the names"),
    ):
        with pytest.raises(error, match=said) as raised, said_plainly(store.engine):
            raise OperationalError("SELECT 1", {}, cause)
        assert "canary" not in str(raised.value)


@pytest.mark.postgres
def test_a_database_name_that_is_wrong_is_one_line(postgres: str) -> None:
    store = Store(postgres.format(database="nowhere"))
    with pytest.raises(StorageError, match="does not exist; check the names in BELEIDSRADAR_DATABASE_URL") as raised:
        migrate.current(store)
    assert "\n" not in str(raised.value)
    store.close()


def test_a_file_that_may_not_be_written_is_one_line(upgraded: Path, tmp_path: Path) -> None:
    file = tmp_path / "radar.db"
    file.write_bytes(upgraded.read_bytes())
    store = Store(f"sqlite:///{file}?mode=ro&uri=true".replace("sqlite:///", "sqlite:///file:"))
    with pytest.raises(StorageError, match="readonly database; check who may write") as raised, store.begin() as unit:
        unit.leases.acquire("visit:rvo", "a:1:1", NOW, 60)
    assert "\n" not in str(raised.value)
    store.close()


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_clock_that_ran_ahead_and_was_put_back_locks_nothing(store: Store) -> None:
    ahead = NOW + timedelta(days=400)
    with store.begin() as unit:
        unit.leases.acquire("visit:rvo", "elsewhere:1:1", ahead, 90)
        unit.rates.reserve("www.rvo.nl", 2, ahead)
        visit = unit.visits.open("rvo", "live", ahead)
    with store.begin() as unit:
        assert unit.leases.acquire("visit:rvo", "here:2:2", NOW, 90) == "elsewhere:1:1"
        assert unit.leases.acquire("visit:rvo", "here:2:2", NOW + timedelta(seconds=91), 90) == ""
        assert unit.rates.reserve("www.rvo.nl", 2, NOW) == 0.0
        assert unit.rates.reserve("www.rvo.nl", 2, NOW) == 2.0
        assert unit.rates.take_free("www.rvo.nl", 2, NOW + timedelta(seconds=4)) == 0.0
        closed = unit.visits.close(visit.id, VisitState.ACCEPTED, at=NOW)
    assert closed.ended == closed.started
