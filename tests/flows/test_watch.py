"""Visits to the miniature sites: baseline, news, quiet repeats, failing sources."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo import story
from domain.events import EventKind, Release, VisitState
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.status import status

QUESTION_APPEARS = story.START + timedelta(hours=2, minutes=30)


def visit_all(radar):  # type: ignore[no-untyped-def]
    return [watch.visit(radar, source) for source in radar.adapters]


def test_the_first_look_is_quiet_and_the_second_finds_nothing(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    first = visit_all(radar)
    assert [v.state for v in first] == [VisitState.ACCEPTED] * 3
    assert all(v.counts["read"] > 3 for v in first)
    with radar.store.read() as unit:
        events = unit.events.quiet()
        assert {event.release for event in events} == {Release.QUIET}
        assert all(unit.routes.baseline(source).done for source in radar.adapters)
        before = unit.content_hash()
    assert making.due_digests(radar)  # the Startdossier
    world.sites.clear_requests()

    again = visit_all(radar)

    assert sum(v.counts.get("events", 0) for v in again) == 0
    with radar.store.read() as unit:
        assert unit.content_hash() == before
    asked = [r for r in world.sites.requests if r.path != "/robots.txt"]
    assert [r.path for r in asked if r.status != 304] == []


def test_what_appears_after_the_first_look_is_news(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    visit_all(radar)
    world.sites.turn(QUESTION_APPEARS)
    visit = watch.visit(radar, "officielebekendmakingen")
    with radar.store.read() as unit:
        events = unit.events.of_visit(visit.id)
        kinds = {(e.kind, unit.snapshots.version(e.new_version_id).document.kind.value) for e in events}
        assert (EventKind.PUBLISHED, "question") in kinds
        assert {e.release for e in events} == {Release.OPEN}
        assert unit.issues.waiting("ochtend")


def test_a_control_date_is_no_news_and_a_rate_is(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    visit_all(radar)
    world.sites.turn(story._at(6, "12:15"))
    noise = watch.visit(radar, "rvo")
    assert noise.counts.get("events", 0) == noise.counts.get("new", 0)
    world.sites.turn(story._at(7, "14:15"))
    changed = watch.visit(radar, "rvo")
    with radar.store.read() as unit:
        events = [e for e in unit.events.of_visit(changed.id) if e.kind is EventKind.SCHEME_CHANGED]
        assert len(events) == 1
        facts = {(c.before, c.after, c.delta) for c in events[0].changes}
    assert any("40" in before and "32" in after and "-8 procentpunt" in delta for before, after, delta in facts)


@pytest.mark.parametrize("fault", [{"status": 503}, {"soft404": True}], ids=["down", "nonsense"])
def test_one_bad_source_leaves_the_others_whole_and_is_said(world, fault) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    visit_all(radar)
    making_due(radar)
    world.sites.turn(story._at(6, "07:15"))
    world.sites.fault("www.rvo.nl", **fault)
    outcome = {v.source: v for v in visit_all(radar)}
    assert outcome["officielebekendmakingen"].state is VisitState.ACCEPTED
    assert outcome["rvo"].state is VisitState.REJECTED
    assert "\n" not in outcome["rvo"].failure
    world.sites.turn(story._at(6, "07:30"))
    making_due(radar)
    text = world.mail.messages[-1][1].decode("utf-8", "replace")
    assert "KAMERVRAAG" in text
    assert not status(radar).healthy
    health = {s.source: s.health for s in status(radar).sources}
    assert health["officielebekendmakingen"] == "ok"
    assert "since" in health["rvo"]


def making_due(radar) -> None:  # type: ignore[no-untyped-def]
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_the_same_letter_on_three_sites_is_one_item_in_one_mail(world) -> None:  # type: ignore[no-untyped-def]
    radar = world.radar()
    visit_all(radar)
    making_due(radar)
    world.sites.turn(story._at(10, "07:15"))
    visit_all(radar)
    world.sites.turn(story._at(10, "07:30"))
    making_due(radar)
    with radar.store.read() as unit:
        letter = unit.publications.by_alias(("kst-32637-480",))[0]
        copies = {resource.url.split("/")[2] for resource in unit.resources.of_publication(letter.id)}
        assert copies == {"zoek.officielebekendmakingen.nl", "www.rijksoverheid.nl", "open.overheid.nl"}
        assert letter.canonical == "kst-32637-480"
    mails = [raw for _, raw in world.mail.messages]
    assert len(mails) == 2  # Startdossier, and the digest of Friday
