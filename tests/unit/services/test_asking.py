"""How long an answer stands, which windows a visit asks about, and what a full day leads to."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from domain.calendar import AMSTERDAM, local
from domain.listings import Answer, Ask, Entry, Listing, Window
from services import asking
from services.asking import ask_all, stands
from services.discover import windows_to_ask
from services.gaps import is_fresh
from storage.routes import AskedBefore

HOUR = timedelta(hours=1)
NOW = datetime(2021, 12, 8, 9, tzinfo=UTC)
KEPT = "officielebekendmakingen"


def day(number: int) -> datetime:
    return datetime(2021, 12, number, tzinfo=AMSTERDAM)


@dataclass
class Days:
    """A list that is asked by whole days and shows ten at most."""

    per_day: int = 6
    name: str = "days"
    windowed: bool = True
    reach_hours: float = 0.0
    overlap_hours: float = 48.0
    asked: list[str] = field(default_factory=list)

    def asks(self, window: Window) -> list[Ask]:
        last = local(window.until - timedelta(microseconds=1))
        return [Ask(f"https://zoek.officielebekendmakingen.nl/rss?{local(window.since):%d}-{last:%d}", window)]

    def read(self, ask: Ask, answer: Answer) -> Listing:
        first, _, last = ask.url.rpartition("?")[2].partition("-")
        numbers = range(int(first), int(last) + 1)
        found = [Entry(f"https://zoek.officielebekendmakingen.nl/kst-{n}-{p}.html") for n in numbers for p in range(self.per_day)]
        return Listing(tuple(found[:10]), truncated=len(found) > 10, ignored=(("none", 1),))


@dataclass
class Asked:
    route: Days
    clock: Any

    def fetch(self, url: str, **_: object) -> Answer:
        self.route.asked.append(url.rpartition("?")[2])
        self.clock.sleep(3)
        return Answer(url, url, 200, (), b"")


def test_an_answer_of_a_clock_that_ran_ahead_does_not_stand() -> None:
    """Else a visit after the clock was put back asks nothing and is accepted all the same."""
    ask = Ask("https://example.nl/rss", Window(day(6), day(7)), pause=HOUR)
    assert stands(ask, NOW - timedelta(minutes=5), NOW)
    assert not stands(ask, NOW + timedelta(minutes=5), NOW)
    rolling: Any = SimpleNamespace(windowed=False, reach_hours=48.0)
    for answered, fresh in ((NOW - HOUR, True), (NOW + HOUR, False)):
        state: Any = SimpleNamespace(answered=answered, failing_since=None)
        assert is_fresh(rolling, state, NOW) is fresh


def test_an_answer_about_a_day_gone_by_stands_for_a_quarter_of_its_age() -> None:
    yesterday = Ask("u", Window(day(7), day(8)))
    evening = day(8) + 8 * HOUR
    assert stands(yesterday, evening - 1.9 * HOUR, evening)
    assert not stands(yesterday, evening - 2.1 * HOUR, evening)
    assert not stands(yesterday, None, evening)
    assert not stands(yesterday, day(8) - HOUR / 60, day(8) + HOUR / 60)  # given before the day was over
    today = Ask("u", Window(day(8), day(9)))
    assert not stands(today, NOW, NOW + HOUR / 60)
    beside = Ask("u", Window(day(8), day(9)), HOUR)
    assert stands(beside, NOW, NOW + HOUR / 2)
    assert not stands(beside, NOW, NOW + HOUR)


@pytest.mark.parametrize("overlap", [24.0, 48.0, 168.0])
def test_every_day_is_asked_about_once_more_after_its_overlap(overlap: float) -> None:
    """Whatever surfaces within the overlap of a day is asked for afterwards, by visits every quarter of an hour."""
    route = Days(overlap_hours=overlap)
    until, last, complete = day(2), None, None
    now = day(1) + 12 * HOUR
    while now < day(2) + timedelta(hours=overlap) + 72 * HOUR:
        for window in windows_to_ask(route, complete or now, now):
            if window.since < until <= window.until and not stands(Ask("u", window), last, now):
                last = now
        complete, now = now, now + HOUR / 4
    assert last is not None
    assert last >= until + timedelta(hours=overlap)


def test_what_was_missed_is_asked_for_from_where_it_was_complete() -> None:
    windows = windows_to_ask(Days(), day(1) - HOUR, NOW)
    assert windows[0].since == day(8)
    assert min(window.since for window in windows) <= day(1) - 49 * HOUR
    assert windows_to_ask(Days(windowed=False), None, NOW)[0].until == day(9)


def test_days_that_are_each_small_and_together_too_many_are_all_found(room: Any) -> None:
    """Three days of six papers in a list of ten: the middle day too."""
    route = Days()
    answered = ask_all(room.radar, route, [Window(day(1), day(4))], Asked(route, room.clock))
    assert len(answered.entries) == 18
    assert answered.incomplete == []
    assert sorted(route.asked)[0] == "01-01"
    assert {"01-01", "02-02", "03-03"} <= set(route.asked)


def test_a_long_way_back_is_gone_over_more_than_one_visit(room: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(asking, "MOST_ASKS", 20)
    route = Days()
    windows = [Window(datetime(2021, 11, 1, tzinfo=AMSTERDAM), datetime(2021, 11, 30, tzinfo=AMSTERDAM))]
    found: set[str] = set()
    for _ in range(9):
        answered = ask_all(room.radar, route, windows, Asked(route, room.clock), asker="a")
        found |= answered.entries.keys()
        with room.radar.store.begin() as unit:
            for url, kept in answered.asked.items():
                unit.routes.answered(KEPT, url, kept, room.clock.now())
        if not answered.unfinished:
            break
    assert not answered.unfinished
    assert len(route.asked) > 2 * 20
    assert len(found) == 29 * 6
    assert len(route.asked) == len(set(route.asked))


def test_what_a_question_led_to_is_remembered_whole(room: Any) -> None:
    above = Ask("https://x/a", Window(day(1), day(2)))
    within = Ask("https://x/b", Window(day(1), day(1) + HOUR), HOUR)
    for more in (within, Ask("https://x/c", above.window), Ask("https://x/d", above.window, HOUR)):
        assert asking._again(asking._said(more, above), above) == more
    assert asking._again("https://x/e", above) == Ask("https://x/e", above.window)
    assert AskedBefore("", "", ()).answered is None


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2025-02-30T00:00:00+00:00", "2025-03-01T00:00:00+00:00"),
        ("2025-02-01T00:00:00+99:99", "2025-03-01T00:00:00+00:00"),
        ("2025-03-02T00:00:00+00:00", "2025-03-01T00:00:00+00:00"),
    ],
)
def test_what_looks_like_moments_and_is_none_is_part_of_an_address(since: str, until: str) -> None:
    above = Ask("https://x/a", Window(day(1), day(2)))
    said = f"https://x/b 60 {since} {until}"
    assert asking._again(said, above) == Ask(said, above.window)


def test_what_earlier_releases_remembered_is_asked_again(first_release: Path) -> None:
    """They kept addresses alone, and an address of a sitemap may hold a space."""
    above = Ask("https://x/a", Window(day(1), day(2)))
    with sqlite3.connect(f"file:{first_release}?mode=ro", uri=True) as connection:
        kept = [said for (further,) in connection.execute("SELECT further FROM asked") for said in json.loads(further)]
    assert len(kept) == 3
    for said in (*kept, "https://x/a b", "https://x/a 2021 b", "https://x/a 2021-12-01", asking.TOO_FULL, ""):
        assert asking._again(said, above) == Ask(said, above.window)
    spaced = Ask("https://x/a b", Window(day(30), day(31)), HOUR)
    assert asking._again(asking._said(spaced, above), above) == spaced
