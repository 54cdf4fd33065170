"""The volume of a topic, counted from what the archive holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from domain.assessments import Assessment, Level, Reason
from domain.events import Release
from domain.topics import parse_pack
from services.volume import volumes, warnings

NOW = datetime(2026, 10, 30, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """What the service reads of a recorded event."""

    id: int
    publication_id: int
    seen: datetime
    release: Release


class Events:
    """An archive in which every event is relevant to the topic."""

    def __init__(self, seen: list[Seen]) -> None:
        self._seen = seen

    def between(self, since: datetime, until: datetime) -> tuple[Seen, ...]:
        """The events of a period."""
        return tuple(one for one in self._seen if since <= one.seen <= until)

    def assessments_of(self, ids: Iterable[int]) -> dict[int, tuple[Assessment, ...]]:
        """All relevant."""
        return {one: (Assessment("lassen", Level.RELEVANT, 1500, (Reason("term", 1500),)),) for one in ids}


def counted(a_day: int, release: Release = Release.OPEN, papers: int = 10_000) -> tuple[Any, Any]:
    """Four weeks with so many events a day."""
    start = NOW - timedelta(days=28)
    events = [
        Seen(100 * day + n, (100 * day + n) % papers, start + timedelta(days=day, hours=n), release)
        for day in range(28)
        for n in range(a_day)
    ]
    pack = parse_pack({"topic": "lassen", "relevant": ["lassen"]})
    radar = SimpleNamespace(clock=SimpleNamespace(now=lambda: NOW), settings=SimpleNamespace(topics={"lassen": pack}))
    return radar, SimpleNamespace(events=Events(events))


def test_a_topic_over_its_budget_warns_and_one_within_does_not() -> None:
    assert len(warnings(*counted(4))) == 1
    assert "4 relevant a day (budget 3)" in warnings(*counted(4))[0]
    assert warnings(*counted(3)) == ()


def test_a_paper_counts_once_a_day_and_a_baseline_not_at_all() -> None:
    assert volumes(*counted(4, papers=1))[0].volume.relevant_a_day == 1
    assert volumes(*counted(9, Release.QUIET)) == ()
