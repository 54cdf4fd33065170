"""Questions about resources, versions and events, with the same answer on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from domain.assessments import Assessment, Level
from domain.citations import Citation
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind, Release, event_key
from domain.listings import Entry, Window
from storage import migrate
from storage.queries import CHUNK, chunks
from storage.resources import Resource
from storage.routes import AskedBefore
from storage.unit_of_work import Store, Unit

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)
HOUR = timedelta(hours=1)


def known(unit: Unit, url: str, *, source: str = "rvo", dated: date | None = None) -> Resource:
    unit.resources.announce(source, "r", [Entry(url, dated=dated)], at=NOW, baseline=False, quiet=False, priority={})
    found = unit.resources.by_url(url)
    assert found is not None
    return found


def read(unit: Unit, resource: Resource, at: datetime = NOW, kind: str = "scheme") -> None:
    unit.resources.checked(resource, at=at, validators={}, marks=resource.marks, publication_id=None, kind=kind)


def version(unit: Unit, resource: Resource, text: str) -> tuple[int, str]:
    document = Document(f"url:{resource.url}", resource.url, Kind.LETTER, "Brief", (Passage(Field.BODY, text),))
    visit = unit.visits.open("rvo", "live", NOW)
    made = unit.snapshots.add_version(resource.id, document, document.content_hash(), 1, {}, at=NOW, visit_id=visit.id)
    return made.id, made.content_hash


def judged(unit: Unit, url: str, release: Release, assessments: Sequence[Assessment]) -> int:
    resource = known(unit, url)
    version_id, new_hash = version(unit, resource, "een")
    event_id = unit.events.record(
        key=event_key(url, EventKind.PUBLISHED, "", new_hash, 0),
        resource_id=resource.id,
        publication_id=unit.publications.create(f"url:{url}", (), "rvo", NOW).id,
        kind=EventKind.PUBLISHED,
        old_version_id=None,
        new_version_id=version_id,
        old_hash="",
        new_hash=new_hash,
        visit_id=unit.visits.open("rvo", "live", NOW).id,
        seen=NOW,
        release=release,
        changes=(),
        assessments=assessments,
        packs={},
    )
    assert event_id is not None
    return event_id


def test_undated_papers_come_last_and_addresses_in_the_order_of_their_bytes(store: Store) -> None:
    urls = ["https://a/b", "https://a/B", "https://a/-a", "https://a/É", "https://a/_"]
    with store.begin() as unit:
        for url in urls:
            known(unit, url)
        known(unit, "https://a/dated", dated=date(2021, 12, 1))
        assert [r.url for r in unit.resources.due("rvo", NOW)] == ["https://a/dated", *sorted(urls)]


def test_a_failing_paper_does_not_block_the_sample(store: Store) -> None:
    day = timedelta(days=1)
    with store.begin() as unit:
        for hours, url in enumerate(("https://a/1", "https://a/2", "https://a/3")):
            read(unit, known(unit, url), NOW + hours * HOUR)
        now = NOW + day

        def sample(moment: datetime) -> list[str]:
            return [r.url for r in unit.resources.oldest_checked("rvo", 2, moment - timedelta(hours=12), moment)]

        assert sample(now) == ["https://a/1", "https://a/2"]
        failing = unit.resources.by_url("https://a/1")
        assert failing is not None
        unit.resources.failed(failing, failure="busy", not_before=now + HOUR)
        assert sample(now) == ["https://a/2", "https://a/3"]
        assert sample(now + 2 * HOUR) == ["https://a/2", "https://a/3"]
        for url in ("https://a/2", "https://a/3"):
            read(unit, known(unit, url), now + 2 * HOUR)
        assert sample(now + 3 * HOUR) == ["https://a/1"]


def test_a_reading_keeps_the_kind_of_the_document(store: Store) -> None:
    with store.begin() as unit:
        first, second, unread = known(unit, "https://a/1"), known(unit, "https://b/2", source="ro"), known(unit, "https://a/3")
        read(unit, first, kind="scheme")
        read(unit, second, kind="scheme")
        assert [(r.source, r.url) for r in unit.resources.of_kind("scheme")] == [("rvo", "https://a/1"), ("ro", "https://b/2")]
        assert unit.resources.of_kind("letter") == ()
        assert unit.resources.read_urls("rvo") == ((first.id, "https://a/1"),)
        assert unit.resources.count("rvo") == 2
        assert unit.resources.count("elsewhere") == 0
        assert unread.kind == ""


def test_the_newest_versions_of_many_resources_come_at_once(store: Store) -> None:
    with store.begin() as unit:
        one, two, bare = known(unit, "https://a/1"), known(unit, "https://a/2"), known(unit, "https://a/3")
        version(unit, one, "oud")
        newest = version(unit, one, "nieuw")[0]
        only = version(unit, two, "een")[0]
        found = unit.snapshots.latest_versions([one.id, two.id, bare.id, *range(10_000, 10_000 + CHUNK)])
        assert {key: made.id for key, made in found.items()} == {one.id: newest, two.id: only}
        assert found[one.id] == unit.snapshots.latest_version(one.id)


def test_assessments_of_many_events_come_at_once_in_one_order(store: Store) -> None:
    topics = ["procesinnovatie", "follow:dossier:32637", "Procesinnovatie", "energie"]
    with store.begin() as unit:
        event_id = judged(unit, "https://a/1", Release.OPEN, [Assessment(t, Level.MENTION, 0, ()) for t in topics])
        bare = judged(unit, "https://a/2", Release.OPEN, ())
        found = unit.events.assessments_of([event_id, bare])
        assert found == {event_id: unit.events.assessments(event_id), bare: ()}
        assert [one.topic for one in found[event_id]] == sorted(topics)


def test_quiet_events_are_chosen_by_level_and_topic_of_one_assessment(store: Store) -> None:
    with store.begin() as unit:
        mixed = [Assessment("a", Level.HELD, 0, ()), Assessment("b", Level.MUST_READ, 0, ())]
        judged(unit, "https://a/1", Release.QUIET, mixed)
        wanted = judged(unit, "https://a/2", Release.QUIET, [Assessment("a", Level.RELEVANT, 0, ())])
        judged(unit, "https://a/3", Release.OPEN, [Assessment("a", Level.MUST_READ, 0, ())])
        found = unit.events.quiet_at([Level.MUST_READ, Level.RELEVANT], ["a"])
        assert [one.id for one in found] == [wanted]
        assert unit.events.quiet_at([Level.MUST_READ], []) == ()


def test_the_content_hash_is_the_same_on_both_databases(store: Store, tmp_path: Path) -> None:
    def filled(archive: Store, names: str) -> str:
        with archive.begin() as unit:
            for name in names.split():
                topics = [Assessment(topic, Level.MENTION, 0, ()) for topic in ("follow:x", "Energie", "energie")]
                judged(unit, f"https://a/{name}", Release.OPEN, topics)
            return unit.content_hash()

    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    migrate.upgrade(other)
    assert filled(store, "b B -a É _") == filled(other, "_ É b -a B")
    other.close()


def test_routes_and_gaps_come_in_the_order_of_their_bytes(store: Store) -> None:
    with store.begin() as unit:
        for name in ("b", "B", "-a"):
            unit.routes.route_answered("rvo", name, complete_until=NOW, at=NOW, changed=False)
            unit.routes.gap("rvo", name, Window(NOW - HOUR, NOW), "full", NOW)
        assert [route.name for route in unit.routes.routes("rvo")] == ["-a", "B", "b"]
        assert [gap[0] for gap in unit.routes.gaps("rvo")] == ["-a", "B", "b"]


def test_questions_nobody_answered_for_long_are_forgotten(store: Store) -> None:
    with store.begin() as unit:
        unit.routes.answered("rvo", "https://a/old", AskedBefore('"1"', "", ()), NOW - 31 * 24 * HOUR)
        unit.routes.answered("rvo", "https://a/new", AskedBefore('"2"', "", ()), NOW)
        assert unit.routes.forget(NOW - 30 * 24 * HOUR) == 1
        assert unit.routes.asked("https://a/old").etag == ""
        assert unit.routes.asked("https://a/new").etag == '"2"'


def test_a_document_with_nul_comes_back_as_it_was_and_its_citations_can_be_read(store: Store) -> None:
    with store.begin() as unit:
        resource = known(unit, "https://a/1")
        version_id, content_hash = version(unit, resource, "pro\x00ces")
        unit.events.cite(version_id, [Citation("kst-32637-480", "32\x00637", "Zie 32\x00637.")])
        unit.visits.warn("rvo", "odd\0", at=NOW, visit_id=None)
        unit.publications.create("url:a\0", ("url:b\0",), "rvo", NOW)
        stored = unit.snapshots.version(version_id)
        assert stored.document.content_hash() == content_hash  # else every reading of it would be news
        assert [found.raw for found in unit.events.citations(version_id)] == ["32\ufffd637"]
        assert len(unit.publications.by_alias(("url:b\0",))) == 1


def test_chunks_hold_every_value_once_in_order() -> None:
    values = [*range(CHUNK + 1), 0, 1]
    assert [len(some) for some in chunks(values)] == [CHUNK, 1]
    assert [value for some in chunks(values) for value in some] == list(range(CHUNK + 1))
    assert list(chunks([])) == []
