"""Windows of a backfill: each is claimed by one worker, and taken over when that one is gone."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

from domain.documents import Kind
from domain.listings import Entry, Window
from storage.unit_of_work import Store

NOW = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
WEEKS = [Window(NOW - n * WEEK, NOW - (n - 1) * WEEK) for n in (3, 2, 1)]
ONE, TWO = "elsewhere:1:1", "elsewhere:2:1"
DEAD = f"{socket.gethostname()}:{2**22 + 1}:1"
ENTRY = Entry("https://a.example/1", title="x", kind=Kind.LETTER, dated=NOW.date(), ids=("kst-1-1",), dossiers=("1",))


def claim(store: Store, holder: str, at: datetime = NOW) -> datetime | None:
    with store.begin() as unit:
        found = unit.windows.claim("rvo", "job", holder, at, 60)
    return found.window.since if found else None


def prepared(store: Store) -> None:
    with store.begin() as unit:
        unit.windows.prepare("rvo", "job", WEEKS)
        unit.windows.prepare("rvo", "job", WEEKS)
        assert unit.windows.left("rvo", "job") == 3


def test_workers_share_the_windows_oldest_first(store: Store) -> None:
    prepared(store)
    assert [claim(store, holder) for holder in (ONE, TWO, ONE)] == [WEEKS[0].since, WEEKS[1].since, WEEKS[0].since]
    assert claim(store, "elsewhere:3:1") == WEEKS[2].since
    assert claim(store, "elsewhere:4:1") is None


def test_what_a_killed_worker_had_is_taken_over(store: Store) -> None:
    prepared(store)
    assert claim(store, ONE) == claim(store, TWO, NOW + timedelta(seconds=61)) == WEEKS[0].since
    with store.begin() as unit:
        assert not unit.windows.renew("rvo", "job", WEEKS[0].since, ONE, NOW, 60)
        assert unit.windows.renew("rvo", "job", WEEKS[0].since, TWO, NOW, 60)
        unit.windows.release("rvo", "job", TWO)
    assert claim(store, DEAD) == claim(store, ONE) == WEEKS[0].since


def test_a_finished_window_is_never_prepared_again(store: Store) -> None:
    prepared(store)
    with store.begin() as unit:
        for _ in range(2):
            unit.windows.finish("rvo", "job", WEEKS[0], ["https://a.example/1"], NOW)
        unit.windows.prepare("rvo", "job", WEEKS)
        assert unit.windows.left("rvo", "job") == 2
        assert unit.windows.done("rvo", "job") == {WEEKS[0].since}
        assert unit.windows.urls("rvo", "job") == ("https://a.example/1",)
    assert claim(store, ONE) == WEEKS[1].since


def test_what_is_in_hand_is_what_a_living_worker_is_about_to_read(store: Store) -> None:
    prepared(store)
    since = WEEKS[0].since
    with store.begin() as unit:
        unit.windows.listed("rvo", "job", since, [ENTRY], NOW)
        assert unit.windows.under_way("rvo", "job")[0].entries == (ENTRY,)
        assert unit.windows.in_hand("rvo", NOW) == frozenset()
        unit.windows.claim("rvo", "job", ONE, NOW, 60)
        unit.windows.begin("rvo", "job", since, NOW)
        assert unit.windows.in_hand("rvo", NOW) == {ENTRY.url}
        assert unit.windows.in_hand("rvo", NOW + timedelta(seconds=60)) == frozenset()
        unit.windows.release("rvo", "job", ONE)
        unit.windows.claim("rvo", "job", DEAD, NOW, 60)
        assert unit.windows.in_hand("rvo", NOW) == frozenset()


def test_a_plan_that_was_never_carried_out_is_forgotten(store: Store) -> None:
    prepared(store)
    with store.begin() as unit:
        unit.windows.listed("rvo", "job", WEEKS[0].since, [ENTRY], NOW)
        unit.windows.listed("rvo", "job", WEEKS[1].since, [ENTRY], NOW)
        unit.windows.begin("rvo", "job", WEEKS[1].since, NOW)
        unit.windows.forget(NOW)
        assert unit.windows.left("rvo", "job") == 3
        unit.windows.forget(NOW + WEEK)
        assert [one.window for one in unit.windows.under_way("rvo", "job")] == WEEKS[1:]
        assert unit.windows.bytes() > 0
        assert unit.windows.papers() == 0


def test_a_turn_that_somebody_waits_for_is_not_taken(store: Store) -> None:
    assert store.take_free("zoek", 3.0, NOW) == 0
    assert store.reserve("zoek", 3.0, NOW) == 3.0
    assert store.take_free("zoek", 3.0, NOW + timedelta(seconds=3)) == 3.0
    assert store.take_free("zoek", 3.0, NOW + timedelta(seconds=6)) == 0
