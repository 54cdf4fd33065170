"""Resources, snapshots, versions, publications, events and visits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.assessments import Assessment, Level, Reason
from domain.changes import Change, ChangeSort
from domain.documents import Document, Field, Kind, Passage
from domain.errors import StorageError
from domain.events import EventKind, Release, VisitState, event_key
from domain.listings import Answer, Entry, Window
from storage.publications import item_id
from storage.resources import ResourceState
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)
URL = "https://zoek.officielebekendmakingen.nl/kst-32637-480.html"


def announced(unit: Unit, url: str = URL, *, mark: str = "1", baseline: bool = False, priority: int = 0) -> tuple[int, int]:
    entry = Entry(url, title="Brief", mark=mark, kind=Kind.LETTER, dated=date(2021, 12, 9))
    return unit.resources.announce(
        "officielebekendmakingen", "rss", [entry], at=NOW, baseline=baseline, quiet=False, priority={url: priority}
    )


def answer(body: bytes, etag: str = '"1"') -> Answer:
    return Answer(URL, URL, 200, (("content-type", "text/xml"), ("etag", etag), ("set-cookie", "secret")), body)


def letter(text: str) -> Document:
    return Document("kst-32637-480", URL, Kind.LETTER, "Reactie op brief", (Passage(Field.BODY, text),))


def test_a_new_entry_is_new_once_and_changed_when_its_mark_changes(store: Store) -> None:
    with store.begin() as unit:
        assert announced(unit) == (1, 0)
        assert announced(unit) == (0, 0)
        assert announced(unit, mark="2") == (0, 1)
    with store.read() as unit:
        found = unit.resources.by_url(URL)
        assert found is not None
        assert found.marks == {"rss": "2"}
        assert found.changed_by_mark


def test_what_is_due_comes_new_before_baseline_and_most_wanted_first(store: Store) -> None:
    with store.begin() as unit:
        announced(unit, "https://a/baseline", baseline=True, priority=3)
        announced(unit, "https://a/ordinary")
        announced(unit, "https://a/followed", priority=3)
    with store.read() as unit:
        due = [found.url for found in unit.resources.due("officielebekendmakingen", NOW)]
    assert due == ["https://a/followed", "https://a/ordinary", "https://a/baseline"]


def test_a_failure_waits_and_keeps_what_was_stored(store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        found = unit.resources.by_url(URL)
        assert found is not None
        unit.resources.failed(found, failure="busy", not_before=NOW + timedelta(minutes=10))
    with store.read() as unit:
        assert unit.resources.due("officielebekendmakingen", NOW) == ()
        later = unit.resources.due("officielebekendmakingen", NOW + timedelta(minutes=10))
        assert [(r.state, r.failures) for r in later] == [(ResourceState.FAILED, 1)]
        assert unit.resources.unread("officielebekendmakingen") == 1


def test_a_route_keeps_complete_until_and_the_first_moment_of_a_failure(store: Store) -> None:
    with store.begin() as unit:
        unit.routes.route_answered("rvo", "sitemap", complete_until=NOW, at=NOW, changed=True)
        unit.routes.route_failed("rvo", "sitemap", failure="busy", at=NOW + timedelta(hours=1))
        unit.routes.route_failed("rvo", "sitemap", failure="busy", at=NOW + timedelta(hours=2))
    with store.read() as unit:
        state = unit.routes.route("rvo", "sitemap")
    assert state.complete_until == NOW
    assert state.failing_since == NOW + timedelta(hours=1)


def test_a_gap_is_named_once(store: Store) -> None:
    window = Window(NOW - timedelta(days=3), NOW)
    for _ in range(2):
        with store.begin() as unit:
            unit.routes.gap("rijksoverheid", "news-sitemap", window, "shows 48 hours", NOW)
    with store.read() as unit:
        assert unit.routes.gaps("rijksoverheid") == (("news-sitemap", window, "shows 48 hours"),)


def test_snapshots_lean_on_the_one_before_and_come_back_whole(store: Store) -> None:
    bodies = [b"<p>" + b"tekst die blijft " * 400 + str(n).encode() + b"</p>" for n in range(25)]
    with store.begin() as unit:
        announced(unit)
        found = unit.resources.by_url(URL)
        assert found is not None
        kept = [unit.snapshots.keep(found.id, "xml", answer(body), NOW) for body in bodies]
    with store.read() as unit:
        assert [unit.snapshots.body(snapshot.sha256) for snapshot in kept] == bodies
        assert "set-cookie" not in kept[0].headers


def test_the_same_bytes_are_not_stored_twice(store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        found = unit.resources.by_url(URL)
        assert found is not None
        first = unit.snapshots.keep(found.id, "xml", answer(b"one"), NOW)
        again = unit.snapshots.keep(found.id, "xml", answer(b"one", '"2"'), NOW + timedelta(hours=1))
    assert first == again


def test_versions_are_ordered_by_sequence_not_by_time(store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        found = unit.resources.by_url(URL)
        assert found is not None
        visit = unit.visits.open("officielebekendmakingen", "live", NOW)
        for text in ("een", "twee"):
            snapshot = unit.snapshots.keep(found.id, "xml", answer(text.encode()), NOW)
            document = letter(text)
            unit.snapshots.add_version(
                found.id, document, document.content_hash(), 1, {"xml": snapshot}, at=NOW, visit_id=visit.id
            )
    with store.read() as unit:
        assert [v.seq for v in unit.snapshots.versions(found.id)] == [1, 2]
        latest = unit.snapshots.latest_version(found.id)
        assert latest is not None
        assert latest.document == letter("twee")
        assert [part.sha256 for part in unit.snapshots.parts(latest.id)] == [snapshot.sha256]


def recorded(unit: Unit, text: str = "een") -> int | None:
    found = unit.resources.by_url(URL)
    assert found is not None
    visit = unit.visits.open("officielebekendmakingen", "live", NOW)
    document = letter(text)
    version = unit.snapshots.add_version(found.id, document, document.content_hash(), 1, {}, at=NOW, visit_id=visit.id)
    named = unit.publications.by_alias((document.id,))
    publication = named[0] if named else unit.publications.create(document.id, (), "officielebekendmakingen", NOW)
    unit.resources.checked(found, at=NOW, validators={}, marks=found.marks, publication_id=publication.id, kind=Kind.LETTER.value)
    return unit.events.record(
        key=event_key(URL, EventKind.PUBLISHED, "", document.content_hash(), 0),
        resource_id=found.id,
        publication_id=publication.id,
        kind=EventKind.PUBLISHED,
        old_version_id=None,
        new_version_id=version.id,
        old_hash="",
        new_hash=document.content_hash(),
        visit_id=visit.id,
        seen=NOW,
        release=Release.OPEN,
        changes=[Change(ChangeSort.FACT, "tarief", "40%", "32%", "-8 procentpunt")],
        assessments=[Assessment("procesinnovatie", Level.MUST_READ, 4000, (Reason("term", 4000, "p", "procesinnovatie"),))],
        packs={"procesinnovatie": "v1"},
    )


def test_an_event_is_recorded_once_and_comes_back_as_written(store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        event_id = recorded(unit)
        assert event_id is not None
    with store.begin() as unit:
        assert recorded(unit) is None
        event = unit.events.get(event_id)
        assert event.changes[0].delta == "-8 procentpunt"
        assert unit.events.assessments(event_id)[0].reasons[0].words == "procesinnovatie"


def test_the_content_hash_ignores_times_visits_and_row_ids(url: str, store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        recorded(unit)
        first = unit.content_hash()
    with store.begin() as unit:
        unit.visits.open("rvo", "live", NOW)
        assert unit.content_hash() == first
        announced(unit, "https://another")
        assert unit.content_hash() != first


def test_an_open_visit_is_taken_up_and_closes_once(store: Store) -> None:
    with store.begin() as unit:
        first = unit.visits.open("rvo", "live", NOW)
        unit.visits.count(first.id, {"read": 2})
    with store.begin() as unit:
        again = unit.visits.open("rvo", "live", NOW + timedelta(hours=1))
        assert again.id == first.id
        unit.visits.count(first.id, {"read": 1})
        closed = unit.visits.close(first.id, VisitState.ACCEPTED, at=NOW)
        assert closed.counts == {"read": 3}
        with pytest.raises(StorageError, match="cannot become"):
            unit.visits.close(first.id, VisitState.REJECTED, at=NOW)


def test_the_better_id_names_a_publication_and_its_item_id_stays(store: Store) -> None:
    with store.begin() as unit:
        made = unit.publications.create("ro:/documenten/kamerstukken/2021/12/09/brief", (), "rijksoverheid", NOW)
        unit.publications.name(made, ("kst-32637-480",), "officielebekendmakingen")
        found = unit.publications.by_alias(("kst-32637-480",))[0]
    assert found.canonical == "kst-32637-480"
    assert found.item_id == made.item_id == item_id("ro:/documenten/kamerstukken/2021/12/09/brief")


def test_a_merge_moves_everything_and_is_logged(store: Store) -> None:
    with store.begin() as unit:
        announced(unit)
        recorded(unit)
        kept = unit.publications.by_alias(("kst-32637-480",))[0]
        other = unit.publications.create("ro:/brief", ("oo:1",), "rijksoverheid", NOW)
        unit.publications.link(other.id, "dossier", ("dossier:32637",))
        unit.publications.merge(kept, other, ["same title and date"], NOW)
        assert unit.publications.aliases(kept.id) == ("kst-32637-480", "oo:1", "ro:/brief")
        assert unit.publications.links(kept.id, "dossier") == ("dossier:32637",)
        assert unit.publications.by_alias(("oo:1",))[0].id == kept.id


def test_a_block_that_raises_leaves_nothing_behind(store: Store) -> None:
    def interrupted() -> None:
        with store.begin() as unit:
            announced(unit)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    with store.read() as unit:
        assert unit.resources.by_url(URL) is None
