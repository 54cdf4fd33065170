"""How many questions a visit asks on days as they are: sixty papers a day at rijksoverheid.nl, two hundred at KOOP."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from demo import story
from demo.making.offices import EZK
from demo.making.parliament import letter
from demo.making.web import news
from demo.moments import local, midnight
from demo.paper import Paper, Version, WebPage
from services import watch
from sources.rijksoverheid_rss import MINISTRIES

SITE = "rijksoverheid"
KOOP = "officielebekendmakingen"
FIRST = date(2021, 11, 25)


def page(day: date, number: int) -> Paper:
    """A paper of this day, filed under its midnight, of one of sixteen ministries."""
    path = f"/documenten/kamerstukken/{day:%Y/%m/%d}/stuk-{number}"
    ministry = MINISTRIES[number % len(MINISTRIES)]
    content = WebPage(f"Stuk {number}", "Over een stuk.", ("Tekst.",), "Kamerstuk: Kamerbrief", midnight(day), ministry, ())
    return Paper(path, (Version(local(f"{day} {7 + number % 12:02}:{number % 60:02}"), content),))


def days(count: int) -> list[date]:
    return [day for day in (FIRST + timedelta(days=n) for n in range(count)) if day.weekday() < 5]


def listed(world: Any, radar: Any, source: str) -> int:
    """Ask the lists of a source, as a visit does, and read nothing; how many requests it took."""
    before = len(world.sites.requests)
    key = watch.begin(radar, source)
    watch.ask(radar, key)
    assert watch.close(radar, key).failure == ""
    return len(world.sites.requests) - before


def steady(world: Any, radar: Any, source: str, visits: int) -> list[int]:
    """Requests of each visit of a Monday, every quarter of an hour from nine in the morning."""
    watch.close(radar, watch.begin(radar, source))
    for moment in (story._at(3, "19:00"), story._at(6, "07:00")):
        world.sites.turn(moment)
        while listed(world, radar, source) > 40:  # the first look goes on for as long as it needs
            world.sites.turn(world.sites.now + timedelta(minutes=15))
    found = []
    for quarter in range(visits):
        world.sites.turn(story._at(6, "09:00") + timedelta(minutes=15) * quarter)
        found.append(listed(world, radar, source))
    return found


@pytest.mark.parametrize(("visits", "daily"), [(2, 24), pytest.param(48, 60, marks=pytest.mark.torture)])
def test_a_busy_site_is_asked_a_handful_of_questions_a_visit(make_world: Any, visits: int, daily: int) -> None:
    """Each of the last eight working days holds more papers than the feed shows (twenty), all filed under its midnight."""
    papers = [page(day, number) for day in days(13) for number in range(daily)]
    papers += [news(f"bericht-{day.day}", f"{day} 06:30", "Bericht", "Over iets.", ["Tekst."], EZK, []) for day in days(13)]
    world = make_world(papers=papers)
    radar = world.radar()
    counts = steady(world, radar, SITE, visits)
    print(f"{SITE}, {daily} papers a day: {sum(counts)} requests in {len(counts)} visits, {max(counts)} at most", Counter(counts))
    assert sum(counts) / len(counts) <= 32
    with radar.store.read() as unit:
        known = {resource.url for resource in unit.resources.all(SITE)}
        assert {f"https://www.rijksoverheid.nl{paper.id}" for paper in papers if paper.first_seen <= world.sites.now} <= known
        assert unit.routes.gaps(SITE) == ()


@pytest.mark.parametrize(("visits", "daily"), [(2, 60), pytest.param(48, 200, marks=pytest.mark.torture)])
def test_koop_is_asked_about_each_day_once_it_is_full(make_world: Any, visits: int, daily: int) -> None:
    """Days of which the feed of 150 shows the half, next to each other: every one of their papers is found."""
    papers = []
    for place, day in enumerate(days(13)):
        for number in range(daily):
            dossier = str(27_001 + (place * daily + number) * 131 % 9_900)
            seen = f"{day} {7 + number % 12:02}:{number % 60:02}"
            identifier = f"kst-{dossier}-{3 + number % 187}"
            papers.append(letter(identifier, seen, [(dossier, "Dossier")], f"Stuk {number} van {day}", EZK, ["Tekst."]))
    world = make_world(papers=papers)
    radar = world.radar()
    counts = steady(world, radar, KOOP, visits)
    print(f"{KOOP}, {daily} papers a day: {sum(counts)} requests in {len(counts)} visits, {max(counts)} at most", Counter(counts))
    assert sum(counts) / len(counts) <= 20
    with radar.store.read() as unit:
        shown = {paper.id for paper in papers if paper.first_seen <= world.sites.now}
        assert unit.resources.count(KOOP) == len(shown)
        assert unit.routes.gaps(KOOP) == ()
