"""`beleidsradar serve` on the miniature, a day of its clock a minute: it works, stops quickly, and survives kill -9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from demo import story
from demo.serving import Service, within
from demo.turning import DayAMinute
from flows.server import free_port

pytestmark = [pytest.mark.prefect, pytest.mark.torture]


@pytest.fixture
def service(world: Any) -> Iterator[Service]:
    found = Service(world.home, world.root, world.environment, free_port())
    found.start()
    yield found
    if found.works:
        found.stop()


def visits(world: Any, source: str) -> int:
    """How many visits of a source were accepted; 0 before there is an archive."""
    if not (world.home / "beleidsradar.db").exists():
        return 0
    with world.radar().store.read() as unit:
        return sum(one.state == "accepted" and one.purpose == "live" for one in unit.visits.all(source))


def digests(world: Any) -> list[str]:
    raws = [raw for _, raw in world.mail.messages]
    return [found[1].decode() for raw in raws if (found := re.search(rb"^X-Delivery-Id: (.+)$", raw, re.M | re.I))]


def test_ten_minutes_of_serving_with_a_restart_and_a_kill(world: Any, service: Service) -> None:
    within(300, lambda: all(visits(world, source) for source in story.EVERY_SITE))
    with DayAMinute(world.sites, story.START):
        within(300, lambda: len(digests(world)) >= 2)
        within(120, lambda: any(str(run["name"]).startswith("watchdog") for run in service.runs()))
        assert service.stop() < 15
        service.start()
        within(180, service.deployments)
        assert not any(one["paused"] for one in service.deployments())
        before = visits(world, story.OFFICIAL)
        within(180, lambda: visits(world, story.OFFICIAL) > before)
        service.kill()
        before = visits(world, story.OFFICIAL)
        service.start()
        took = within(180, lambda: visits(world, story.OFFICIAL) > before)
        print(f"the next visit was accepted {took:.0f} s after kill -9 and a new start")
        assert took < 120
        told = len(digests(world))
        within(240, lambda: len(digests(world)) > told)
    assert service.stop() < 15
    assert len(set(digests(world))) == len(digests(world))
