"""A site that changes its template: nothing of it is told, and what was real is told once when the page reads again."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from demo import story
from demo.exchange import HTML, Reply, Request
from demo.making.offices import EZK
from demo.making.web import news
from demo.rijksoverheid.site import Rijksoverheid
from domain.events import VisitState
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.status import status

SITE = "www.rijksoverheid.nl"
TEXT = ["Het kabinet ondersteunt procesinnovatie in de maakindustrie met een nieuwe aanpak voor het mkb."]


class Restyled:
    """The site with pages in another template: the marker lines that the reader leans on are gone."""

    def __init__(self, site: Any) -> None:
        self.site = site
        self.host = site.host
        self.on = False

    def is_list(self, path: str) -> bool:
        return bool(self.site.is_list(path))

    def soft_error(self) -> Reply:
        return self.site.soft_error()  # type: ignore[no-any-return]

    def answer(self, request: Request, now: datetime) -> Reply:
        reply = self.site.answer(request, now)
        if not self.on or reply.content_type != HTML or reply.status != 200:
            return reply  # type: ignore[no-any-return]
        body = re.sub(rb"Nieuwsbericht [\d-]+ \| [\d:]+", b"Nieuws van vandaag", reply.body)
        for marker in (b"Heeft deze informatie u geholpen", b"Meer over dit onderwerp", b"Hoort bij", b"Terug naar boven"):
            body = body.replace(marker, b"Lees ook")
        return Reply(body, reply.content_type, reply.status, reply.last_modified)


def message(number: int, seen: str, title: str) -> Any:
    return news(f"bericht-{number}", seen, title, f"Inleiding {number}.", TEXT, EZK, ["Ondernemen en innovatie"])


@pytest.fixture
def restyled(make_world: Any) -> Any:
    papers = [message(number, f"2021-12-0{number} 10:00", f"Oud bericht {number}") for number in (1, 2, 3)]
    papers.append(message(7, "2021-12-06 09:00", "Nieuwe aanpak procesinnovatie"))
    papers.append(message(8, "2021-12-06 12:00", "Meer geld voor procesinnovatie"))
    world = make_world(papers=papers)
    site = Restyled(Rijksoverheid(papers))
    world.sites._front.sites[SITE] = site
    return world, site


def told(world: Any) -> list[str]:
    return [raw.decode("utf-8", "replace") for _, raw in world.mail.messages]


def tell(radar: Any) -> None:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_a_changed_template_is_told_to_nobody_and_what_was_real_is_told_once(restyled: Any) -> None:
    world, site = restyled
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    site.on = True
    world.sites.turn(story._at(6, "10:00"))

    rejected = watch.visit(radar, "rijksoverheid")

    assert rejected.state is VisitState.REJECTED
    assert "canary of news at www.rijksoverheid.nl" in rejected.failure
    with radar.store.read() as unit:
        assert unit.events.of_visit(rejected.id) == ()
        (canary,) = [c for c in unit.watching.canaries("rijksoverheid") if c.red]
        assert canary.sha256 is not None
        assert b"Nieuws van vandaag" in unit.snapshots.body(canary.sha256)
        assert any("canary" in w.what for w in unit.visits.warnings("rijksoverheid", rejected.started))
        assert unit.issues.waiting("ochtend") == ()
    health = {s.source: s.health for s in status(radar).sources}["rijksoverheid"]
    assert "canary" in health
    world.sites.clear_requests()
    world.sites.turn(story._at(6, "11:00"))
    assert watch.visit(radar, "rijksoverheid").state is VisitState.REJECTED  # still red, and asked politely
    pages = [r for r in world.sites.requests if "/actueel/nieuws/" in r.path]
    assert len(pages) <= 2

    site.on = False
    world.sites.turn(story._at(6, "13:00"))
    assert watch.visit(radar, "rijksoverheid").state is VisitState.ACCEPTED
    world.sites.turn(story._at(7, "07:30"))
    watch.visit(radar, "rijksoverheid")
    with radar.store.read() as unit:
        waiting = [unit.events.get(claim.event_id) for claim in unit.issues.waiting("ochtend")]
        titles = sorted(unit.snapshots.version(event.new_version_id).document.title for event in waiting)
    assert titles == ["Meer geld voor procesinnovatie", "Nieuwe aanpak procesinnovatie"]


def test_one_old_paper_that_went_away_rejects_nothing(restyled: Any) -> None:
    world, _ = restyled
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    world.sites.turn(story._at(6, "10:00"))
    world.sites.fault(SITE, status=404, path="/actueel/nieuws/2021/12/01/bericht-1")
    visit = watch.visit(radar, "rijksoverheid")
    assert visit.state is VisitState.ACCEPTED
    assert visit.counts["events"] == 1


def test_an_old_paper_that_was_really_changed_rejects_nothing(make_world: Any) -> None:
    old = [message(number, f"2021-12-0{number} 10:00", f"Oud bericht {number}") for number in (1, 2, 3)]
    changed = message(1, "2021-12-01 10:00", "Oud bericht 1, verbeterd")
    papers = [*old, message(7, "2021-12-06 09:00", "Nieuwe aanpak procesinnovatie")]
    world = make_world(papers=papers)
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    world.sites._front.sites[SITE] = Rijksoverheid([changed, *papers[1:]])
    world.sites.turn(story._at(6, "10:00"))
    assert watch.visit(radar, "rijksoverheid").state is VisitState.ACCEPTED


def test_events_of_a_rejected_visit_are_told_after_the_next_accepted_one(restyled: Any) -> None:
    """A visit may be rejected after it wrote down what proven readers read."""
    world, _ = restyled
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    world.sites.turn(story._at(6, "10:00"))
    key = watch.begin(radar, "rijksoverheid")
    watch.ask(radar, key)
    watch.read(radar, key)
    with radar.store.begin() as unit:
        unit.watching.keep_canary(
            "rijksoverheid", "report at www.rijksoverheid.nl", "x", red=True, reason="test", sha256=None, at=world.sites.now
        )
    assert watch.close(radar, key).state is VisitState.REJECTED
    with radar.store.read() as unit:
        assert len(unit.events.of_visit(key)) == 1
        assert unit.issues.waiting("ochtend") == ()
    with radar.store.begin() as unit:
        unit.watching.keep_canary(
            "rijksoverheid", "report at www.rijksoverheid.nl", "x", red=False, reason="", sha256=None, at=world.sites.now
        )
    world.sites.turn(story._at(6, "10:15"))
    accepted = watch.visit(radar, "rijksoverheid")
    assert accepted.state is VisitState.ACCEPTED
    with radar.store.read() as unit:
        assert len(unit.issues.waiting("ochtend")) == 1
        assert unit.events.of_visit(key) == ()
