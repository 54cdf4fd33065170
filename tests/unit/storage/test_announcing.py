"""What becomes of an address when a route names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from domain.listings import Entry
from storage.resources import Resource, ResourceState
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)
URL = "https://www.rvo.nl/subsidies-financiering/mit"


def named(
    unit: Unit, route: str = "sitemap", mark: str = "1", *, recent: bool = True, baseline: bool = False, live: bool = True
) -> tuple[int, int]:
    entry = Entry(URL, mark=mark, recent=recent)
    return unit.resources.announce("rvo", route, [entry], at=NOW, baseline=baseline, quiet=False, priority={}, live=live)


def backfilled(unit: Unit) -> tuple[int, int]:
    return unit.resources.announce("rvo", "", [Entry(URL, mark="1")], at=NOW, baseline=False, quiet=True, priority={})


def found(unit: Unit) -> Resource:
    resource = unit.resources.by_url(URL)
    assert resource is not None
    return resource


def read(unit: Unit) -> None:
    resource = found(unit)
    unit.resources.checked(resource, at=NOW, validators={}, marks=resource.marks, publication_id=None, kind="scheme")


def due(unit: Unit) -> list[str]:
    return [resource.url for resource in unit.resources.due("rvo", NOW)]


def test_an_old_paper_of_the_baseline_is_listed_and_not_to_be_read(store: Store) -> None:
    with store.begin() as unit:
        assert named(unit, recent=False, baseline=True) == (1, 0)
        assert found(unit).state is ResourceState.LISTED
        assert due(unit) == []
        assert unit.resources.unread("rvo") == unit.resources.baseline_unread("rvo") == 0


@pytest.mark.parametrize(("recent", "baseline"), [(True, True), (False, False), (True, False)])
def test_every_other_new_paper_waits(store: Store, recent: bool, baseline: bool) -> None:
    with store.begin() as unit:
        named(unit, recent=recent, baseline=baseline)
        assert found(unit).state is ResourceState.WAITING
        assert due(unit) == [URL]


def test_a_listed_paper_whose_mark_changes_waits_as_baseline(store: Store) -> None:
    with store.begin() as unit:
        named(unit, recent=False, baseline=True)
        assert named(unit, recent=False) == (0, 0)
        assert found(unit).state is ResourceState.LISTED
        assert named(unit, mark="2", recent=False) == (0, 1)
        assert (found(unit).state, found(unit).baseline) == (ResourceState.WAITING, True)
        assert due(unit) == [URL]


def test_a_second_route_wakes_a_listed_paper_only_when_it_was_touched(store: Store) -> None:
    with store.begin() as unit:
        named(unit, recent=False, baseline=True)
        assert named(unit, "index", recent=False, baseline=True) == (0, 0)
        assert found(unit).state is ResourceState.LISTED
        assert named(unit, "news", recent=True) == (0, 1)
        assert found(unit).state is ResourceState.WAITING


def test_a_second_route_that_names_a_known_paper_is_no_change(store: Store) -> None:
    with store.begin() as unit:
        named(unit)
        read(unit)
        assert named(unit, "news", "a") == (0, 0)
        assert found(unit).read_marks == found(unit).marks == {"sitemap": "1", "news": "a"}
        assert due(unit) == []
        assert named(unit, "news", "b") == (0, 1)
        assert due(unit) == [URL]


def test_a_backfill_writes_no_marks_and_changes_nothing_known(store: Store) -> None:
    with store.begin() as unit:
        assert backfilled(unit) == (1, 0)
        assert (found(unit).marks, found(unit).quiet) == ({}, True)
        read(unit)
        assert named(unit) == (0, 0)
        assert backfilled(unit) == (0, 0)
        assert found(unit).marks == {"sitemap": "1"}
        assert due(unit) == []


def test_what_a_backfill_found_and_a_live_list_brings_is_no_longer_quiet(store: Store) -> None:
    with store.begin() as unit:
        backfilled(unit)
        assert named(unit) == (0, 1)
        assert not found(unit).quiet


def test_a_paper_that_a_backfill_could_not_read_is_no_longer_quiet_either(store: Store) -> None:
    with store.begin() as unit:
        backfilled(unit)
        unit.resources.failed(found(unit), failure="busy", not_before=NOW)
        named(unit)
        assert (found(unit).state, found(unit).quiet) == (ResourceState.FAILED, False)


def test_it_stays_quiet_for_the_baseline_for_a_list_that_is_not_live_and_when_a_list_had_it(store: Store) -> None:
    with store.begin() as unit:
        backfilled(unit)
        named(unit, baseline=True)
        assert found(unit).quiet
        named(unit, "news")
        assert found(unit).quiet
    with store.begin() as unit:
        resource = Entry("https://www.rvo.nl/other", mark="1")
        for route, live in (("", False), ("news", False)):
            unit.resources.announce("rvo", route, [resource], at=NOW, baseline=False, quiet=True, priority={}, live=live)
        other = unit.resources.by_url(resource.url)
        assert other is not None
        assert other.quiet


def test_a_listed_paper_that_a_backfill_could_not_read_is_tried_again(store: Store) -> None:
    with store.begin() as unit:
        named(unit, recent=False, baseline=True)
        unit.resources.failed(found(unit), failure="busy", not_before=NOW + timedelta(minutes=10))
        assert due(unit) == []
        assert [r.state for r in unit.resources.due("rvo", NOW + timedelta(minutes=10))] == [ResourceState.FAILED]


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(store.engine, "before_cursor_execute", count)


def test_thirteen_thousand_entries_are_a_handful_of_statements(store: Store) -> None:
    def announce(mark: str) -> tuple[int, int]:
        entries = [Entry(f"https://www.rvo.nl/{number}", mark=mark) for number in range(13_000)]
        with store.begin() as unit:
            return unit.resources.announce("rvo", "sitemap", entries, at=NOW, baseline=False, quiet=False, priority={})

    for mark, expected in (("1", (13_000, 0)), ("1", (0, 0)), ("2", (0, 13_000))):
        with counted(store) as statements:
            assert announce(mark) == expected
        assert len(statements) < 100
    with store.read() as unit:
        assert unit.resources.count("rvo") == 13_000


def test_text_with_nul_is_stored_and_found_again(store: Store) -> None:
    with store.begin() as unit:
        for mark in ("a\0", "a\0", "b\0"):
            entry = Entry("https://www.rvo.nl/a\0b", title="Ti\0tel", mark=mark)
            unit.resources.announce("rvo", "sitemap", [entry], at=NOW, baseline=False, quiet=False, priority={entry.url: 3})
        resource = unit.resources.by_url("https://www.rvo.nl/a\0b")
        assert resource is not None
        assert (resource.title, resource.priority) == ("Ti\ufffdtel", 3)
        assert unit.resources.count("rvo") == 1
        unit.resources.failed(resource, failure="read\0ing", not_before=NOW)
