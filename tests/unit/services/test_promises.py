"""What is promised and measured over thirty days; and status and dashboard read no bytes and no texts for what they count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event

from domain.events import DeliveryState
from services import overview, status
from services.promises import promises
from services.radar import Radar
from storage.figures import Found, Timing

TEN = datetime(2021, 12, 9, 9, tzinfo=UTC)  # ten o'clock on a Thursday
LISTS, DIGESTS = "papers missed on public lists", "papers left out of their digest"
NIGHT = datetime(2021, 12, 9, 1, tzinfo=UTC)


def measured(radar: Radar, **said: Any) -> dict[str, tuple[str, int, bool | None]]:
    """The promises over these figures."""
    figures = SimpleNamespace(
        good_visits=lambda _: said.get("visits", {}),
        found=lambda _: said.get("found", ()),
        timed_issues=lambda _: said.get("issues", ()),
        messages=lambda _: said.get("messages", {}),
    )
    compared = said.get("compared", {})
    unit: Any = SimpleNamespace(
        figures=figures,
        incidents=SimpleNamespace(since=lambda _: said.get("incidents", ())),
        visits=SimpleNamespace(
            latest=lambda source, **_: SimpleNamespace(started=compared[source]) if source in compared else None
        ),
    )
    return {one.about: (one.measured, one.cases, one.kept) for one in promises(radar, unit)}


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(("source", "before", "pause", "reading", "about", "said", "kept"), [
    ("officielebekendmakingen", TEN, 15, 3, "working hours", "95% within 17 min", True),
    ("officielebekendmakingen", TEN, 60, 3, "working hours", "95% within 57 min", False),
    ("officielebekendmakingen", NIGHT, 60, 3, "otherwise", "95% within 57 min", True),
    ("rvo", TEN, 60, 1, "working hours", "95% within 55 min", True),
])  # fmt: skip
def test_a_paper_may_have_appeared_at_any_moment_since_the_visit_before(
    old_radar: Radar, source: str, before: datetime, pause: int, reading: int, about: str, said: str, kept: bool
) -> None:
    visit = before + minutes(pause)
    found = [Found(source, visit + minutes(reading), visit)] * 40
    assert measured(old_radar, visits={source: (before, visit)}, found=found)[f"papers of {source} found, {about}"] == (
        said, 40, kept
    )  # fmt: skip


def test_nothing_to_measure_is_neither_kept_nor_broken(old_radar: Radar) -> None:
    found = measured(old_radar)
    assert {kept for _, _, kept in found.values()} == {None}
    assert found["digests made"] == ("no issue", 0, None)


def test_late_issues_missed_papers_and_lost_messages_break_a_promise(old_radar: Radar) -> None:
    issues = [Timing(TEN, TEN + timedelta(seconds=20)), Timing(TEN, TEN + minutes(40))]
    incidents = [SimpleNamespace(kind=kind, began=TEN, ended=None) for kind in ("unhandled", "stale")]
    messages = {DeliveryState.DELIVERED: 9, DeliveryState.DEAD: 1}
    found = measured(old_radar, issues=issues, incidents=incidents, messages=messages)
    assert found["digests made"] == ("1 of 2, the slowest 40 min late", 2, False)
    assert found[LISTS] == ("1 times something was, 1 of them still", 1, False)
    assert found[DIGESTS] == ("not measured: no list was compared", 0, None)
    assert found["messages"] == ("9 of 10 delivered, 1 given up, 0 in doubt", 10, False)


def test_missed_papers_are_measured_by_comparing_and_stay_missed_until_they_are_read(old_radar: Radar) -> None:
    """Without a comparison nothing is kept; what began long ago counts while it is open, and what is untold has its own line."""
    now = old_radar.clock.now()
    names, long_ago = list(old_radar.settings.sources), now - timedelta(days=40)
    everywhere, once = dict.fromkeys(names, now), {names[0]: now}
    for compared in ({}, dict.fromkeys(names, long_ago)):
        found = measured(old_radar, compared=compared)
        assert found[LISTS] == found[DIGESTS] == ("not measured: no list was compared", 0, None)
    some = f"none found at 1 of {len(names)} sources, the others were not compared"
    assert measured(old_radar, compared=once)[LISTS] == (some, 0, None)
    assert measured(old_radar, compared=everywhere)[LISTS] == ("none found", 0, True)
    incidents = [
        SimpleNamespace(kind="unhandled", began=long_ago, ended=None),
        SimpleNamespace(kind="unhandled", began=long_ago, ended=long_ago + timedelta(days=1)),
    ]
    found = measured(old_radar, compared=everywhere, incidents=incidents)
    assert (found[LISTS], found[DIGESTS]) == (("1 times something was, 1 of them still", 1, False), ("none found", 0, True))
    found = measured(old_radar, compared=everywhere, incidents=[SimpleNamespace(kind="untold", began=now, ended=now)])
    assert (found[LISTS], found[DIGESTS]) == (("none found", 0, True), ("1 times something was, 0 of them still", 1, False))


def test_counts_are_counted_in_the_database(old_radar: Radar) -> None:
    """A year of messages and issues is half a gigabyte: whoever counts them may not read them."""
    said: list[str] = []
    event.listen(old_radar.store.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    found = status.status(old_radar, measured=True)
    overview.standing(old_radar)
    assert not [one for one in said if "envelope" in one.replace("envelope_hash", "") or "renderings" in one]
    assert not [one for one in said if "FROM resource" in one and "resource.marks" in one]
    with old_radar.store.read() as unit:
        assert [one.known for one in found.sources] == [len(unit.resources.all(one.source)) for one in found.sources]
        assert [one.last_issue for one in found.digests] == [unit.issues.runs(one.digest)[-1].number for one in found.digests]
        assert [one.waiting for one in found.digests] == [len(unit.issues.waiting(one.digest)) for one in found.digests]
        assert found.delivered == len(unit.outbox.deliveries(states=[DeliveryState.DELIVERED]))
        delivered = unit.outbox.deliveries()
        keys = [run.id for run in unit.issues.runs()]
    assert [one.number for one in overview.issues(old_radar, keys[:2])] == [1, 2]
    rows = overview.deliveries(old_radar, keys[:1], [delivered[-1].id])
    assert len(rows) == sum(one.run_id == keys[0] for one in delivered) + 1
