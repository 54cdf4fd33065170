"""One writer at a time on both databases: look, then write, holds although another wants the same at the same moment."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event
from typing import Any, TypeVar

import pytest
from sqlalchemy import event

from domain.errors import StorageError
from domain.listings import Entry
from storage import engine
from storage.unit_of_work import Store, Unit

T = TypeVar("T")

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)


@contextmanager
def meeting(store: Store, table: str) -> Iterator[None]:
    """After its first look into this table, a transaction waits until another has looked too, or until that takes too long."""
    barrier = Barrier(2)

    def wait(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT") and f"FROM {table}" in statement:
            with suppress(BrokenBarrierError):
                barrier.wait(timeout=0.5)

    event.listen(store.engine, "after_cursor_execute", wait)
    try:
        yield
    finally:
        event.remove(store.engine, "after_cursor_execute", wait)


def both(store: Store, table: str, work: Callable[[Unit, str], T]) -> list[T]:
    """What two transactions at once make of the same work, each under a name of its own."""

    def transaction(name: str) -> T:
        with store.begin() as unit:
            return work(unit, name)

    with meeting(store, table), ThreadPoolExecutor(2) as threads:
        return list(threads.map(transaction, ["one", "two"]))


def test_the_same_new_paper_read_by_two_is_one_publication(store: Store) -> None:
    def read(unit: Unit, name: str) -> int:
        found = unit.publications.by_alias(("kst-32637-480",))
        return (found[0] if found else unit.publications.create("kst-32637-480", (f"url:{name}",), name, NOW)).id

    first, second = both(store, "publication", read)
    assert first == second


def test_the_same_new_address_announced_by_two_is_one_resource(store: Store) -> None:
    def announce(unit: Unit, name: str) -> tuple[int, int]:
        entries = [Entry("https://www.rvo.nl/a", mark="1")]
        return unit.resources.announce("rvo", name, entries, at=NOW, baseline=False, quiet=False, priority={})

    assert sorted(both(store, "resource", announce)) == [(0, 0), (1, 0)]
    with store.read() as unit:
        assert [dict(found.marks) for found in unit.resources.all("rvo")] == [{"one": "1", "two": "1"}]


def test_a_lease_that_two_want_goes_to_one(store: Store) -> None:
    held = both(store, "lease", lambda unit, name: unit.leases.acquire("visit:rvo", f"elsewhere:{name}:1", NOW, 60))
    assert "" in held
    assert {"elsewhere:one:1", "elsewhere:two:1"} & set(held)


def test_a_host_that_two_want_to_ask_is_asked_in_turn(store: Store) -> None:
    waits = both(store, "rate", lambda unit, _: unit.rates.reserve("www.rvo.nl", 1.0, NOW))
    assert sorted(waits) == [0.0, 1.0]


def test_two_makers_of_one_issue_make_one(store: Store) -> None:
    def make(unit: Unit, _: str) -> tuple[int, int]:
        standing = unit.issues.run_for("ochtend", "regular", NOW)
        made = standing or unit.issues.make_run(
            digest="ochtend",
            number=unit.issues.next_number("ochtend"),
            form="regular",
            due=NOW,
            since=None,
            made=NOW,
            late="",
            subject="x",
            renderings={},
            claims=(),
        )
        return made.id, made.number

    first, second = both(store, "digest_run", make)
    assert first == second == (first[0], 1)


def test_a_reader_sees_one_state_and_waits_for_no_writer(store: Store) -> None:
    def announce(url: str) -> None:
        with store.begin() as unit:
            unit.resources.announce("rvo", "sitemap", [Entry(url)], at=NOW, baseline=False, quiet=False, priority={})

    announce("https://www.rvo.nl/a")
    with store.begin(), store.read() as unit:
        assert unit.resources.count("rvo") == 1
    with store.read() as unit, ThreadPoolExecutor(1) as other:
        assert unit.resources.count("rvo") == 1
        other.submit(announce, "https://www.rvo.nl/b").result()
        assert unit.resources.count("rvo") == 1
    with store.read() as unit:
        assert unit.resources.count("rvo") == 2


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StorageError), store.read() as unit:
        unit.leases.acquire("visit:rvo", "me", NOW, 60)
    with store.begin() as unit:  # and the connection it used can write again
        assert unit.leases.acquire("visit:rvo", "me", NOW, 60) == ""


def test_a_writer_that_waits_too_long_is_told_in_one_line(url: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 0.2)
    impatient = Store(url)
    with store.begin(), pytest.raises(StorageError, match="cannot be used") as raised, impatient.begin():
        pass
    impatient.close()
    assert "\n" not in str(raised.value)


def test_a_writer_goes_on_when_the_one_before_ends(store: Store) -> None:
    started = Event()

    def acquire() -> str:
        started.set()
        with store.begin() as unit:
            return unit.leases.acquire("visit:rvo", "elsewhere:2:1", NOW, 60)

    with ThreadPoolExecutor(1) as other:
        with store.begin() as unit:
            waiting = other.submit(acquire)
            started.wait()
            unit.leases.acquire("visit:rvo", "elsewhere:1:1", NOW, 60)
        assert waiting.result() == "elsewhere:1:1"


def test_renewing_extends_every_lease_that_is_still_held(store: Store) -> None:
    later = NOW + timedelta(seconds=50)
    with store.begin() as unit:
        unit.leases.acquire("visit:rvo", "me:1:1", NOW, 60)
        unit.leases.acquire("visit:rijksoverheid", "me:1:1", NOW, 600)
        unit.leases.acquire("backfill:rvo", "you:1:1", NOW, 60)
        unit.leases.acquire("taken", "me:1:1", NOW, 10)
        assert unit.leases.acquire("taken", "you:1:1", later, 60) == ""
        assert unit.leases.renew("me:1:1", later, 60) == 2
    then = later + timedelta(seconds=59)
    with store.begin() as unit:
        assert unit.leases.acquire("visit:rvo", "third:1:1", then, 60) == "me:1:1"
        assert unit.leases.acquire("backfill:rvo", "third:1:1", then, 60) == ""
        assert unit.leases.acquire("visit:rijksoverheid", "third:1:1", NOW + timedelta(seconds=599), 60) == "me:1:1"
        assert unit.leases.renew("nobody", then, 60) == 0


def test_a_second_connection_keeps_the_locks_of_the_first(tmp_path: Path) -> None:
    """Else a process that ends takes the journal away under us, with what others committed in it."""
    file = tmp_path / "radar.db"
    archive = engine.open_engine(f"sqlite:///{file}")
    other = f"import sqlite3; c = sqlite3.connect({str(file)!r}); c.execute('INSERT INTO row VALUES (2)'); c.commit(); c.close()"
    with archive.connect() as first:
        first.exec_driver_sql("CREATE TABLE row (number)")
        first.commit()
        with archive.connect() as second:
            assert second.exec_driver_sql("SELECT number FROM row").all() == []
        subprocess.run([sys.executable, "-c", other], check=True)
        assert Path(f"{file}-wal").exists()
        first.exec_driver_sql("INSERT INTO row VALUES (3)")
        first.commit()
    archive.dispose()
    with archive.connect() as last:
        assert [row[0] for row in last.exec_driver_sql("SELECT number FROM row")] == [2, 3]
    archive.dispose()
