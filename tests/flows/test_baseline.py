"""What was there before watching began is never news; what came after it always is, however late a route first answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from demo import story
from demo.making.offices import EZK
from demo.making.parliament import letter
from domain.digests import DigestForm
from domain.events import Release, VisitState
from services import digest as making
from services import watch

REPORT = "https://www.rijksoverheid.nl/documenten/rapporten/2021/12/06/slimme-productie-in-de-mkb-maakindustrie"


def visit_all(radar: Any) -> list[Any]:
    return [watch.visit(radar, source) for source in radar.adapters]


def events_at(radar: Any, url: str) -> list[Any]:
    with radar.store.read() as unit:
        found = unit.resources.by_url(url)
        assert found is not None
        return [e for e in unit.events.of_publication(found.publication_id) if e.resource_id == found.id]


def test_a_route_that_first_answers_days_late_hides_nothing_of_those_days(world: Any) -> None:
    radar = world.radar()
    for path in ("/sitemap", "/api/rss"):
        world.sites.fault("www.rijksoverheid.nl", status=503, path=path)
    world.sites.fault("open.overheid.nl", status=503)
    watch.visit(radar, "rijksoverheid")
    world.sites.turn(story._at(6, "11:15"))
    world.sites.mend()
    watch.visit(radar, "rijksoverheid")
    assert {event.release for event in events_at(radar, REPORT)} == {Release.OPEN}


def test_paths_added_later_are_baseline_and_not_hidden_by_a_304(world: Any) -> None:
    sources = world.home / "sources.yaml"
    whole = sources.read_text(encoding="utf-8")
    sources.write_text(whole.replace(", /subsidies-financiering/mit", ""), encoding="utf-8")
    radar = world.radar()
    watch.visit(radar, "rvo")
    with radar.store.read() as unit:
        assert unit.resources.by_url("https://www.rvo.nl/subsidies-financiering/mit") is None
    sources.write_text(whole, encoding="utf-8")
    radar = world.radar()
    watch.visit(radar, "rvo")
    assert {event.release for event in events_at(radar, "https://www.rvo.nl/subsidies-financiering/mit")} == {Release.QUIET}


def test_one_dead_source_does_not_hold_up_the_startdossier(world: Any) -> None:
    radar = world.radar()
    world.sites.fault("www.rvo.nl", status=403)
    assert [v.state for v in visit_all(radar)].count(VisitState.REJECTED) == 1
    assert [d.form for d in making.due_digests(radar)] == []
    world.sites.turn(story.START + timedelta(hours=25))
    visit_all(radar)
    assert DigestForm.START in {d.form for d in making.due_digests(radar)}


def test_a_flood_of_old_papers_waits_and_a_fresh_one_is_told(make_world: Any) -> None:
    def paper(number: int, year: int) -> Any:
        dated = datetime(year, 3, 1 + number % 28, tzinfo=UTC).date()
        text = ["Deze brief gaat over procesinnovatie in de maakindustrie, dossier bedrijfslevenbeleid."]
        return letter(
            f"kst-32637-{number}",
            "2021-12-06 09:00",
            [("32637", "Bedrijfslevenbeleid")],
            f"Brief {number} over innovatie",
            EZK,
            text,
            dated=dated,
        )

    world = make_world(papers=[*(paper(600 + n, 2015) for n in range(110)), paper(990, 2021)])
    radar = world.radar()
    watch.visit(radar, "officielebekendmakingen")
    world.sites.turn(story._at(6, "10:00"))
    visit = watch.visit(radar, "officielebekendmakingen")
    with radar.store.read() as unit:
        releases = [event.release for event in unit.events.of_visit(visit.id)]
    assert releases.count(Release.AWAITING_APPROVAL) == 110
    assert releases.count(Release.OPEN) == 1


def test_one_odd_paper_does_not_stop_its_source(world: Any, monkeypatch: Any) -> None:
    radar = world.radar()
    adapter = radar.adapters["officielebekendmakingen"]
    read = adapter.read

    def odd(url: str, answers: Any, scope: Any) -> Any:
        if url.endswith("kst-32637-473.html"):
            raise RuntimeError("a page that breaks the reader")
        return read(url, answers, scope)

    monkeypatch.setattr(adapter, "read", odd)
    visit = watch.visit(radar, "officielebekendmakingen")
    assert visit.state is VisitState.ACCEPTED
    assert visit.counts["failed"] == 1
    with radar.store.read() as unit:
        found = unit.resources.by_url("https://zoek.officielebekendmakingen.nl/kst-32637-473.html")
        assert found is not None
        assert "unexpected RuntimeError" in found.failure
