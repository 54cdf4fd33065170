"""approve: a flood of old papers is told once, or kept and told to nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.digests import DigestForm
from domain.errors import UsageError
from domain.events import Release
from services import digest as making
from services.approving import approve, waiting
from services.digest import DueDigest
from services.explain import why

FLOOD = 4


@pytest.fixture
def flooded(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A visit that finds a flood of old papers (a small one counts here) and one of today."""
    for place in ("domain.health.FLOOD", "services.watch.FLOOD"):
        monkeypatch.setattr(place, FLOOD)
    old = [shelf.paper(n, f"Procesinnovatie {n}", dated=date(2009, 1, 5)) for n in range(1, FLOOD + 1)]
    shelf.visit = shelf.read(*old, shelf.paper(999, "Procesinnovatie van nu"))
    return shelf


def tellable(shelf: Any) -> int:
    with shelf.radar.store.read() as unit:
        return len(unit.issues.waiting("ochtend"))


def test_a_flood_is_listed_let_go_and_told_once(flooded: Any) -> None:
    (flood,) = waiting(flooded.radar)
    assert (flood.visit, flood.events, flood.oldest, flood.newest) == (flooded.visit, FLOOD, "2009-01-05", "2009-01-05")
    assert tellable(flooded) == 1
    assert "approve --list" in why(flooded.radar, "kst-36000-1").answer
    assert approve(flooded.radar, flooded.visit).events == FLOOD
    assert tellable(flooded) == FLOOD + 1
    run = making.make(flooded.radar, DueDigest("ochtend", DigestForm.REGULAR, flooded.clock.time))
    assert run is not None
    with flooded.radar.store.read() as unit:
        assert len(unit.issues.claimed(run.id)) == FLOOD + 1
    assert tellable(flooded) == 0
    assert waiting(flooded.radar) == ()
    assert approve(flooded.radar).events == 0
    assert tellable(flooded) == 0


def test_a_dropped_flood_is_quiet_and_can_be_told_by_a_later_backfill(flooded: Any) -> None:
    assert approve(flooded.radar, drop=True).release == "quiet"
    assert tellable(flooded) == 1
    with flooded.radar.store.begin() as unit:
        (event,) = unit.events.of_publication(unit.publications.by_alias(("kst-36000-1",))[0].id)
        assert event.release is Release.QUIET
        unit.events.open(event.id)
        unit.issues.tell(event.id, "ochtend", unit.events.assessments(event.id)[0].level, flooded.clock.time)
    assert tellable(flooded) == 2


def test_a_visit_without_a_flood_is_said(flooded: Any) -> None:
    with pytest.raises(UsageError, match=f"waiting: {flooded.visit}"):
        approve(flooded.radar, 12345)
