"""Nothing is lost: days too full for a feed, days on which nobody looked, papers that one route hides."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from demo import story
from demo.exchange import Reply, Request
from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.making.web import news
from demo.papers import story_papers
from demo.rijksoverheid.site import Rijksoverheid
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.status import status

ORDINARY = ["De regering informeert de Kamer over de stand van zaken van een onderwerp van algemeen bestuur."]
WANTED = ["Deze brief gaat over procesinnovatie in de maakindustrie en hoort bij het bedrijfslevenbeleid."]
SITE = "www.rijksoverheid.nl"
BEFORE = letter("kst-35000-1", "2021-12-01 09:00", [("35000", "Algemeen")], "Een eerdere brief", EZK, ORDINARY)


def ordinary(number: int) -> Any:
    """One of many letters of a day, over dossiers and numbers as they occur."""
    dossier = str(27_001 + number * 131 % 9_900)
    return letter(
        f"kst-{dossier}-{3 + number % 187}",
        "2021-12-06 09:00",
        [(dossier, f"Dossier {dossier}")],
        f"Stand van zaken nummer {number}",
        EZK,
        ORDINARY,
    )


def must_read() -> Any:
    subject = "Verkenning procesinnovatie in de maakindustrie"
    return letter("kst-32637-900", "2021-12-06 09:00", [("32637", "Bedrijfslevenbeleid")], subject, EZK, WANTED)


def sources(world: Any) -> dict[str, Any]:
    return {s.source: s for s in status(world.radar()).sources}


def tell(radar: Any) -> list[Any]:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    return list(deliver_due(radar))


@pytest.mark.parametrize("papers", [190, pytest.param(700, marks=pytest.mark.torture)])
def test_a_day_fuller_than_the_feed_is_found_whole_and_the_must_read_is_told_first(
    make_world: Any, papers: int, monkeypatch: Any
) -> None:
    """The feed shows 150 at most; the must-read is told within 20 minutes of the miniature's time, at the polite rate."""
    world = make_world(papers=[BEFORE, *(ordinary(n) for n in range(papers - 1)), must_read()])
    radar = world.radar()
    watch.visit(radar, "officielebekendmakingen")
    if papers < 700:
        monkeypatch.setattr(watch, "BUDGET", timedelta(minutes=1))  # a twelfth of the reading, to keep this short
    begun = world.sites.turn(story._at(6, "10:00"))

    watch.visit(radar, "officielebekendmakingen")

    with radar.store.read() as unit:
        assert unit.resources.count("officielebekendmakingen") == papers + 1
        assert unit.routes.gaps("officielebekendmakingen") == ()
        claims = [unit.events.get(claim.event_id) for claim in unit.issues.waiting("dringend")]
        assert [unit.publications.get(event.publication_id).canonical for event in claims] == ["kst-32637-900"]
    assert tell(radar)
    took = world.sites.now - begun
    print(f"{papers} papers on one day: told after {took.total_seconds() / 60:.1f} minutes")
    assert took <= timedelta(minutes=20)
    unread = sources(world)["officielebekendmakingen"].unread
    assert 0 < unread < papers
    if papers == 700:
        while unread:
            world.sites.turn(world.sites.now + timedelta(minutes=1))
            watch.visit(radar, "officielebekendmakingen")
            unread = sources(world)["officielebekendmakingen"].unread
        with radar.store.read() as unit:
            assert len(unit.watching.first_listed("officielebekendmakingen", begun)) == papers
            assert all(r.checked for r in unit.resources.all("officielebekendmakingen"))


class Hiding:
    """The site with a list of it that leaves a paper out."""

    def __init__(self, papers: list[Any], path: str, hidden: str) -> None:
        self.whole = Rijksoverheid(papers)
        self.poor = Rijksoverheid([paper for paper in papers if paper.id != hidden])
        self.path = path
        self.host = self.whole.host

    def is_list(self, path: str) -> bool:
        return self.whole.is_list(path)

    def soft_error(self) -> Reply:
        return self.whole.soft_error()

    def answer(self, request: Request, now: datetime) -> Reply:
        return (self.poor if request.path == self.path else self.whole).answer(request, now)


def messages(count: int) -> list[Any]:
    return [
        news(
            f"bericht-{n}", f"2021-12-06 {8 + n % 8:02}:{n % 60:02}", f"Bericht {n}", f"Over {n}.", ORDINARY, EZK, ["Ondernemen"]
        )
        for n in range(count)
    ]


@pytest.mark.parametrize(("hiding", "name"), [("/api/rss", "rss"), ("/sitemap/1.xml", "sitemap")])
def test_what_one_route_hides_another_shows_and_the_gap_stands_in_status(make_world: Any, hiding: str, name: str) -> None:
    old = news("oud", "2021-12-01 09:00", "Oud bericht", "Over oud.", ORDINARY, EZK, ["Ondernemen"])
    papers = [old, *messages(8)]
    hidden = papers[4].id
    world = make_world(papers=papers)
    world.sites._front.sites[SITE] = Hiding(papers, hiding, hidden)
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    world.sites.turn(story._at(6, "18:00"))
    watch.visit(radar, "rijksoverheid")
    with radar.store.read() as unit:
        found = unit.resources.by_url(f"https://{SITE}{hidden}")
        assert found is not None
        assert found.checked is not None
    assert sources(world)["rijksoverheid"].gaps == ()  # within the time of grace nothing is held against a route
    world.sites.turn(story._at(7, "19:00"))
    watch.visit(radar, "rijksoverheid")
    (gap,) = sources(world)["rijksoverheid"].gaps
    print(gap)
    assert gap.startswith(f"{name}: does not name https://{SITE}{hidden}")
    world.sites._front.sites[SITE] = Rijksoverheid(papers)
    world.sites.turn(story._at(8, "08:00"))
    watch.visit(radar, "rijksoverheid")
    assert sources(world)["rijksoverheid"].gaps == ()


def test_a_feed_of_twenty_is_split_and_what_it_cannot_show_is_shown_by_the_sitemap(make_world: Any, monkeypatch: Any) -> None:
    """News has moments of its own, so windows of minutes find them all; the sitemap lists them once more."""
    world = make_world(papers=messages(70))
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    monkeypatch.setattr(watch, "BUDGET", timedelta(seconds=5))  # this is about the lists
    world.sites.turn(story._at(6, "20:00"))
    visit = watch.visit(radar, "rijksoverheid")
    with radar.store.read() as unit:
        listed = unit.watching.listed_live("rijksoverheid", visit.started - timedelta(days=1))
        by_feed = [resource for resource in listed if "rss" in resource.marks]
        assert unit.routes.gaps("rijksoverheid") == ()
    assert (len(listed), len(by_feed)) == (70, 70)


def test_five_days_off_over_a_weekend_lose_nothing_and_the_rolling_list_names_its_gap(world: Any, monkeypatch: Any) -> None:
    """From Friday 15.00 to Wednesday: everything that stands on the sites then is known, and is news."""
    monkeypatch.setattr(watch, "BUDGET", timedelta(seconds=5))  # this is about the lists
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    world.sites.turn(story._at(8, "15:00"))
    for source in radar.adapters:
        watch.visit(radar, source)
    now = world.sites.now
    missing = []
    with radar.store.read() as unit:
        for paper in story_papers():
            shown = paper.at(now)
            if shown is None or paper.first_seen < story.START or paper.id.startswith("blg-") or "/sites/" in paper.id:
                continue
            names = [f"https://zoek.officielebekendmakingen.nl/{paper.id}.html", f"https://{SITE}{paper.id}"]
            names += [f"https://www.rvo.nl{paper.id}", f"https://open.overheid.nl/details/{paper.id}"]
            names.append(getattr(shown.content, "web_page", ""))  # a record filed under an old date: the page beside it is found
            if not any(unit.resources.by_url(name) for name in names):
                missing.append(paper.id)
        filled = {gap.route: gap.by for gap in unit.routes.filled("rijksoverheid", now - timedelta(days=1))}
        assert unit.routes.gaps("rijksoverheid") == ()
    assert missing == []
    assert filled == {"news-sitemap": "sitemap"}
    (shown,) = sources(world)["rijksoverheid"].filled_gaps
    assert shown.startswith("news-sitemap: vr 3 dec 15.0")
    assert shown.endswith("filled by sitemap")


def test_a_gap_that_no_other_route_can_fill_stays_open_and_is_named(make_world: Any) -> None:
    old = news("oud", "2021-12-02 09:00", "Oud bericht", "Over oud.", ORDINARY, EZK, ["Ondernemen"])
    late = news("laat", "2021-12-07 10:00", "Laat bericht", "Over laat.", ORDINARY, EZK, ["Ondernemen"])
    world = make_world(papers=[old, *messages(3), late])
    radar = world.radar()
    watch.visit(radar, "rijksoverheid")
    world.sites.turn(story._at(8, "15:00"))
    for path in ("/sitemap.xml", "/api/rss"):
        world.sites.fault(SITE, status=500, path=path)
    watch.visit(radar, "rijksoverheid")
    assert sources(world)["rijksoverheid"].gaps == ("news-sitemap: vr 3 dec 15.00 to ma 6 dec 15.00",)
    world.sites.mend()
    world.sites.turn(story._at(8, "16:00"))
    watch.visit(radar, "rijksoverheid")
    standing = sources(world)["rijksoverheid"]
    assert standing.gaps == ()
    assert len(standing.filled_gaps) == 1
