"""Dated things ahead, told in time: a scheme opens at 09:00 and is exhausted at 09:40 of the same day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from demo.making.web import rvo_page
from demo.paper import Heading, RvoPage
from demo.papers import story_papers
from domain.calendar import AMSTERDAM
from domain.events import EventKind
from services import digest as making
from services import watch
from services.deliver import deliver_due
from services.moments import announce_moments
from services.openings import watch_openings

OPENS = datetime(2021, 12, 14, 9, 0, tzinfo=AMSTERDAM)
WAKE = timedelta(minutes=5)

PAGE = RvoPage(
    title="MIT: kennisvouchers",
    intro="Met een kennisvoucher laat u een kennisvraag beantwoorden door een kennisinstelling.",
    blocks=(
        Heading("Aanvragen"),
        "U kunt aanvragen van 14 december 2021, 09:00 uur tot 27 januari 2022, 17:00 uur.",
        Heading("Budget"),
        "Het budget is € 2,4 miljoen.",
    ),
    created=date(2021, 9, 1),
    status="Bijna open voor aanvragen",
)


def wake(radar: Any) -> None:
    """What the digest flow does every five minutes."""
    watch_openings(radar)
    announce_moments(radar)
    for due in making.due_digests(radar):
        making.make(radar, due)
    deliver_due(radar)


@pytest.fixture
def world(make_world: Callable[..., Any]) -> Any:
    """The story with one more scheme, that opens and runs out within the hour."""
    is_open = replace(PAGE, status="Open voor aanvragen")
    full = replace(PAGE, status="Gesloten voor aanvragen", blocks=("Het budget voor kennisvouchers is uitgeput.", *PAGE.blocks))
    changes = (("2021-12-14 09:00", is_open), ("2021-12-14 09:40", full))
    page = rvo_page("/subsidies-financiering/mit/kennisvouchers", "2021-09-01 10:00", PAGE, *changes)
    return make_world("home", [*story_papers(), page])


def announced(radar: Any) -> list[tuple[str, str]]:
    """Every announcement of the scheme: when, and what it says."""
    with radar.store.read() as unit:
        resource = unit.resources.by_url("https://www.rvo.nl/subsidies-financiering/mit/kennisvouchers")
        events = unit.events.of_publication(resource.publication_id)
    found = [event for event in events if event.kind is EventKind.MOMENT]
    return [(f"{event.seen.astimezone(AMSTERDAM):%d %H:%M}", change.label) for event in found for change in event.changes]


def test_an_opening_is_announced_and_its_end_told_within_a_quarter_of_an_hour(world: Any) -> None:
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    wake(radar)
    world.sites.turn(datetime(2021, 12, 10, 7, 0, tzinfo=AMSTERDAM))
    wake(radar)
    wake(radar)
    world.sites.turn(datetime(2021, 12, 13, 7, 0, tzinfo=AMSTERDAM))
    wake(radar)
    assert [one for one in announced(radar) if one[1].startswith("opent")] == [("10 07:00", "opent"), ("13 07:00", "opent")]

    told: dict[str, list[str]] = {}
    now = OPENS - timedelta(minutes=30)
    world.sites.turn(now)
    wake(radar)
    while now < OPENS + timedelta(hours=1):
        before = len(world.slack.messages)
        now += WAKE
        world.sites.turn(now)
        wake(radar)
        said = [str(message) for message in world.slack.messages[before:]]
        if said:
            told[f"{now:%H:%M}"] = said

    assert "opent" in told["08:45"][0]
    after = {clock: said for clock, said in told.items() if clock > "09:00" and "uitgeput" in str(said)}
    assert list(after) <= ["09:55"]
    assert len(after) == 1
    assert sum("KOMT ERAAN" in str(said) for said in told.values()) == 1
    requests = [one for one in world.sites.requests if one.path.endswith("/kennisvouchers")]
    assert len(requests) < 20  # ten minutes apart, not five


def test_a_date_that_was_learned_too_late_for_a_step_is_not_announced_for_it(world: Any) -> None:
    world.sites.turn(datetime(2021, 12, 10, 12, 0, tzinfo=AMSTERDAM))
    radar = world.radar()
    for source in radar.adapters:
        watch.visit(radar, source)
    announce_moments(radar)
    assert announced(radar) == []
