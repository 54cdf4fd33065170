"""Papers that vanish, come back and move, and many at once: what readers are told and what the operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from demo import story
from demo.making.web import rvo_page
from demo.moments import local
from demo.paper import Heading, Paper, RvoPage, Version
from demo.papers import story_papers
from domain.events import EventKind, Release
from domain.lifecycle import MANY, TOUCHED, IncidentKind
from services import digest as making
from services import floods, lifecycle, watch
from services.deliver import deliver_due

WBSO = "https://www.rvo.nl/subsidies-financiering/wbso"
AGES_AGO = "2021-11-15 10:00"
LATER = "2021-12-06 10:00"


def visit_rvo(world: Any, radar: Any, moment: datetime) -> Any:
    world.sites.turn(moment)
    return watch.visit(radar, "rvo")


def send(radar: Any) -> None:
    for due in making.due_digests(radar):
        making.make(radar, due)
    deliver_due(radar)


def happened(radar: Any, kind: EventKind) -> list[Any]:
    with radar.store.read() as unit:
        resources = unit.resources.all("rvo")
        events = [e for one in resources if one.publication_id for e in unit.events.of_publication(one.publication_id)]
    return [event for event in {event.id: event for event in events}.values() if event.kind is kind]


def start(world: Any, *sources: str) -> Any:
    """The product after its first visits, to all sources or to these."""
    radar = world.radar()
    for source in sources or radar.adapters:
        watch.visit(radar, source)
        while left(radar, source)[0]:  # a visit has its budget: thousands of pages take several
            world.sites.turn(world.sites.now + timedelta(minutes=20))
            watch.visit(radar, source)
    send(radar)
    return radar


def left(radar: Any, source: str) -> tuple[int, int]:
    """How many papers are unread, and how many are announced as changed and were not looked at since."""
    with radar.store.read() as unit:
        return unit.resources.unread(source), unit.resources.touched(source)


def test_half_an_hour_of_not_found_is_nothing_a_day_is_verdwenen_and_then_terug(make_world: Callable[..., Any]) -> None:
    world = make_world("home", [paper for paper in story_papers() if paper.id.startswith("/subsidies")])
    radar = start(world, "rvo")
    world.sites.fault("www.rvo.nl", path="/subsidies-financiering/wbso", status=404)
    gone = story.START + timedelta(hours=1)
    visit_rvo(world, radar, gone)
    visit_rvo(world, radar, gone + timedelta(minutes=30))
    assert happened(radar, EventKind.WITHDRAWN) == []
    with radar.store.read() as unit:
        assert unit.absences.of(unit.resources.by_url(WBSO).id).checks == 1

    for hours in (7, 14, 23):
        visit_rvo(world, radar, gone + timedelta(hours=hours))
    assert happened(radar, EventKind.WITHDRAWN) == []
    visit_rvo(world, radar, gone + timedelta(hours=30))
    (withdrawn, *others) = happened(radar, EventKind.WITHDRAWN)
    assert withdrawn.release is Release.OPEN
    assert {event.resource_id for event in others}.isdisjoint({withdrawn.resource_id})
    world.sites.turn(datetime(2021, 12, 6, 7, 30, tzinfo=story.START.tzinfo))
    send(radar)
    mail = world.mail.messages[-1][1].decode()
    assert "VERDWENEN" in mail
    assert "niet meer te vinden op rvo.nl sinds vrijdag 3 december 2021" in mail.replace("=\r\n", "").replace("\r\n", " ")

    world.sites.mend("www.rvo.nl")
    visit_rvo(world, radar, datetime(2021, 12, 7, 9, 0, tzinfo=story.START.tzinfo))
    assert len(happened(radar, EventKind.RESTORED)) == len(others) + 1
    visit_rvo(world, radar, datetime(2021, 12, 7, 10, 0, tzinfo=story.START.tzinfo))
    assert len(happened(radar, EventKind.RESTORED)) == len(others) + 1


def advice(number: int) -> RvoPage:
    """A news page that says enough to be told apart from its neighbours."""
    words = " ".join(f"Onderdeel {number} van de uitleg telt {number * 7 + step} stappen." for step in range(12))
    made = date(2020, 1, 1) + timedelta(days=5 * number % 600)
    return RvoPage(f"Uitleg {number}", f"Dit is uitleg {number} over procesinnovatie.", (Heading("Uitleg"), words), made)


def moved_pages(count: int) -> list[Paper]:
    """Pages that stand at one address until the site is rebuilt, and at another from then on."""
    found = []
    for number in range(count):
        found.append(Paper(f"/nieuws/oud-{number}", (Version(local(AGES_AGO), advice(number)), Version(local(LATER), None))))
        found.append(rvo_page(f"/nieuws/nieuw-{number}", LATER, advice(number)))
    return found


@pytest.mark.parametrize(("count", "many"), [(8, 6), pytest.param(500, MANY, marks=pytest.mark.torture)])
def test_a_rebuilt_site_is_one_note_and_no_item(
    make_world: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, count: int, many: int
) -> None:
    monkeypatch.setattr(floods, "MANY", many)
    monkeypatch.setattr(lifecycle, "MANY", many)
    world = make_world("home", moved_pages(count))
    radar = start(world, "rvo")
    moment = datetime(2021, 12, 6, 10, 5, tzinfo=story.START.tzinfo)
    for hours in (0, 1, 8, 15, 22, 30, 37, 44):
        visit_rvo(world, radar, moment + timedelta(hours=hours))
    moved = happened(radar, EventKind.MOVED)
    assert len(moved) == count
    assert {event.release for event in moved} == {Release.QUIET}
    assert {event.release for event in happened(radar, EventKind.WITHDRAWN)} <= {Release.QUIET}
    with radar.store.read() as unit:
        notes = [one for one in unit.incidents.since(story.START) if one.kind == IncidentKind.MOVED.value]
        new = unit.resources.by_url("https://www.rvo.nl/nieuws/nieuw-3")
        old = unit.resources.by_url("https://www.rvo.nl/nieuws/oud-3")
        assert new.publication_id == old.publication_id
    assert len(notes) == 1
    assert f"{count} pages stand at a new address" in notes[0].said
    send(radar)
    assert len(world.mail.messages) == len(world.slack.messages) == 1
    said = world.mail.messages[0][1].decode() + str(world.slack.messages)
    assert "Niets nieuws" in said
    assert "Uitleg 3" not in said


def touched_pages(count: int, changing: int) -> list[Paper]:
    """Pages that are all touched at once (another control date), some of which really change."""
    found = []
    for number in range(count):
        page = replace(advice(number), checked=date(2021, 9, 1))
        later = replace(page, checked=date(2021, 12, 6))
        if number < changing:
            later = replace(later, blocks=(*later.blocks, f"Nieuw: procesinnovatie in de maakindustrie, onderdeel {number}."))
        found.append(rvo_page(f"/nieuws/uitleg-{number}", AGES_AGO, page, (LATER, later)))
    return found


@pytest.mark.parametrize(("count", "limit"), [(40, 30), pytest.param(5_000, TOUCHED, marks=pytest.mark.torture)])
def test_a_mass_touch_with_three_changes_is_three_items_and_one_note(
    make_world: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, count: int, limit: int
) -> None:
    monkeypatch.setattr(floods, "TOUCHED", limit)
    world = make_world("home", touched_pages(count, 3))
    radar = start(world, "rvo")
    moment = datetime(2021, 12, 6, 10, 5, tzinfo=story.START.tzinfo)
    world.sites.turn(moment)
    watch.visit(radar, "rvo")
    while left(radar, "rvo")[1]:
        moment += timedelta(hours=1)
        visit_rvo(world, radar, moment)
    with radar.store.read() as unit:
        notes = [one for one in unit.incidents.since(story.START) if one.kind == IncidentKind.TOUCHED.value]
    revised = [event for event in happened(radar, EventKind.REVISED) if event.release is Release.OPEN]
    assert len(revised) == 3
    assert len(notes) == 1
    assert f": {notes[0].counts['touched'] - 3} read again and found the same, 3 changed, 0 still to be read" in notes[0].said
    assert notes[0].ended is not None
