"""The coverage register: every number adds up to another, and days say honestly how far they are covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from domain.calendar import due_times, duration
from domain.errors import UsageError
from domain.events import VisitState
from domain.listings import Window
from notifications.coverage_page import render_coverage
from services.coverage_report import report
from services.coverage_values import DayState
from services.coverage_words import _minutes, page_of
from services.radar import Radar

FROM, TO = date(2021, 12, 1), date(2021, 12, 10)


def test_numbers_add_up(old_radar: Radar) -> None:
    found = report(old_radar, FROM, TO)
    assert {source.source for source in found.sources} == set(old_radar.settings.sources)
    for source in found.sources:
        for papers in (source.papers, source.first_look):
            assert papers.listed == papers.read + papers.unread + papers.failed + papers.gone
        e = source.events
        parts = (e.told, e.held, e.waiting, e.quiet, e.awaiting, e.retracted, e.rejected, e.unselected)
        assert e.found == sum(parts)
        assert sum(day.listed for day in source.days) == source.papers.listed
        assert sum(day.visits for day in source.days) == source.visits.accepted + source.visits.partly
        assert source.visits.longest_pause >= 0
    with old_radar.store.read() as unit:
        assert sum(s.papers.listed + s.first_look.listed for s in found.sources) == sum(
            len(unit.resources.all(name)) for name in old_radar.settings.sources
        )
    for digest in found.digests:
        assert digest.messages == digest.delivered + digest.waiting + digest.given_up
    ochtend = next(digest for digest in found.digests if digest.digest == "ochtend")
    assert (ochtend.issues, ochtend.first, ochtend.last, ochtend.missing) == (3, 1, 3, ())
    assert [late.number for late in ochtend.late] == [3]


def test_a_period_is_the_sum_of_its_halves(old_radar: Radar) -> None:
    whole, first, second = (report(old_radar, *days) for days in ((FROM, TO), (FROM, date(2021, 12, 6)), (date(2021, 12, 7), TO)))
    for all_of, one, other in zip(whole.sources, first.sources, second.sources, strict=True):
        assert all_of.events.found == one.events.found + other.events.found
        assert all_of.papers.listed == one.papers.listed + other.papers.listed
        assert all_of.visits.made == one.visits.made + other.visits.made
        assert all_of.days == one.days + other.days


def test_days_before_covered_partly_and_not_yet(old_radar: Radar) -> None:
    rvo = next(source for source in report(old_radar, FROM, TO).sources if source.source == "rvo")
    states = {day.day.day: day.state for day in rvo.days}
    assert [states[day] for day in (1, 2, 5, 9, 10)] == [
        DayState.BEFORE, DayState.BEFORE, DayState.COMPLETE, DayState.PARTLY, DayState.NOT_YET
    ]  # fmt: skip


def test_an_open_gap_stands_in_its_day_until_it_is_filled(old_radar: Radar) -> None:
    window = Window(datetime(2021, 12, 5, 8, tzinfo=UTC), datetime(2021, 12, 5, 10, tzinfo=UTC))
    with old_radar.store.begin() as unit:
        unit.routes.gap("rvo", "sitemap", window, "the list was down", window.until)
    assert _state(old_radar, 5) is DayState.GAP
    with old_radar.store.begin() as unit:
        unit.routes.fill_gaps("rvo", ["sitemap"], window.since, datetime(2021, 12, 6, tzinfo=UTC), by="open-data")
    assert _state(old_radar, 5) is DayState.FILLED


def _state(radar: Radar, day: int) -> DayState:
    rvo = next(source for source in report(radar, FROM, TO).sources if source.source == "rvo")
    return next(one.state for one in rvo.days if one.day.day == day)


def test_the_page_is_dutch_escaped_and_the_same_every_time(old_radar: Radar) -> None:
    with old_radar.store.begin() as unit:
        window = Window(datetime(2021, 12, 5, 8, tzinfo=UTC), datetime(2021, 12, 5, 10, tzinfo=UTC))
        unit.routes.gap("rvo", "<script>alert(1)</script>", window, "", window.until)
    pages = [render_coverage(page_of(report(old_radar, FROM, TO))) for _ in range(2)]
    assert pages[0] == pages[1]
    assert "Dekking woensdag 1 december 2021 tot en met vrijdag 10 december 2021" in pages[0]
    assert "<script" not in pages[0]
    assert "http://" not in pages[0].replace("http-equiv", "")
    assert "src=" not in pages[0].replace("default-src", "").replace("style-src", "")


def test_a_period_that_is_none_is_one_line(old_radar: Radar) -> None:
    for days, said in (((TO, FROM), "swap them"), ((date(2022, 1, 1), date(2022, 1, 2)), "lies in the future")):
        with pytest.raises(UsageError, match=said):
            report(old_radar, *days)


def test_lags_and_visits_that_were_taken_up_again_are_in_the_register(old_radar: Radar, old_home: Path) -> None:
    """By the rule of the coverage line: a planned visit that did not come, or at which a list failed."""
    with old_radar.store.begin() as unit:
        begun = datetime(2021, 12, 20, 8, tzinfo=UTC)
        for hours, failure in ((0, ""), (1, "sitemap: server_error"), (4, ""), (5, "")):
            visit = unit.visits.open("rvo", "live", begun + timedelta(hours=hours))
            unit.visits.count(visit.id, {"resumed": 1} if hours == 4 else {})
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=begun + timedelta(hours=hours, minutes=5), failure=failure)
    (old_home / "clock").write_text("2021-12-20T20:00:00+00:00")
    rvo = next(one for one in report(old_radar, date(2021, 12, 20), date(2021, 12, 20)).sources if one.source == "rvo")
    assert [(one.since.hour, one.until and one.until.hour, one.why) for one in rvo.lags][1:] == [
        (8, 12, ("sitemap: server_error",)),
        (13, None, ()),
    ]
    assert rvo.visits.resumed == 1
    page = render_coverage(page_of(report(old_radar, date(2021, 12, 20), date(2021, 12, 20))))
    assert "Achterstand" in page
    assert "4 uur" in page


def test_lags_are_known_from_the_oldest_visits_that_are_all_kept(old_radar: Radar, old_home: Path) -> None:
    """A period longer than the retention: between the few visits that are left from before it, nobody can say what was made."""
    now, cut = datetime(2021, 12, 23, 8, 20, tzinfo=UTC), datetime(2021, 12, 20, 8, 20, tzinfo=UTC)
    (old_home / "clock").write_text(now.isoformat())
    radar = replace(old_radar, settings=replace(old_radar.settings, retention={**old_radar.settings.retention, "visits": 3}))
    made = due_times(radar.settings.sources["rvo"].crons, cut, now)
    with radar.store.begin() as unit:
        for at in (cut - timedelta(days=8), cut - timedelta(days=3), *made[:30], *made[36:]):
            visit = unit.visits.open("rvo", "live", at)
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=at)
    found = report(radar, date(2021, 12, 4), date(2021, 12, 23))
    rvo = next(one for one in found.sources if one.source == "rvo")
    assert rvo.lags_from == cut
    assert [(one.since, one.until) for one in rvo.lags] == [(made[29], made[36])]
    line = "Achterstand is bekend vanaf: "
    assert line in render_coverage(page_of(found))
    assert line not in render_coverage(page_of(report(radar, date(2021, 12, 22), date(2021, 12, 23))))


@pytest.mark.parametrize(("minutes", "said", "dutch"), [
    (0, "0 min", "0 min"), (59, "59 min", "59 min"), (200, "3 h 20 min", "3 uur en 20 min"),
    (4080, "2 d 20 h", "2 dagen en 20 uur"), (1440, "1 d", "1 dag"), (1445, "1 d", "1 dag"),
])  # fmt: skip
def test_a_pause_is_said_as_it_is(minutes: int, said: str, dutch: str) -> None:
    assert duration(minutes) == said
    assert _minutes(minutes) == dutch
