"""Backfills: quiet, resumable, and never in the way of what is new."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from demo import story
from domain.errors import UsageError
from services import backfill as loading
from services import digest as making
from services import watch
from services.backfill import Job
from services.deliver import deliver_due

OFFICIAL = "officielebekendmakingen"


def load(radar: Any, job: Job) -> int:
    return sum(1 for step in loading.run(radar, job) if step.papers_done)


def waiting(radar: Any) -> int:
    with radar.store.read() as unit:
        return len(unit.issues.waiting("ochtend"))


def test_a_backfill_is_quiet_and_can_be_told_later(world: Any) -> None:
    radar = world.radar()
    quiet = Job(OFFICIAL, date(2021, 10, 1), date(2021, 12, 2))
    assert load(radar, quiet) > 10
    watch.visit(radar, OFFICIAL)
    assert waiting(radar) == 0
    assert load(radar, Job(OFFICIAL, date(2021, 10, 1), date(2021, 12, 2), notify="ochtend")) == 0
    assert waiting(radar) > 10


def test_a_backfill_up_to_today_takes_no_news_away(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, OFFICIAL)
    world.sites.turn(story._at(3, "18:00"))
    load(radar, Job(OFFICIAL, date(2021, 11, 1), date(2021, 12, 3)))
    watch.visit(radar, OFFICIAL)
    assert waiting(radar) >= 1


def test_two_jobs_do_not_share_their_windows_or_their_papers(world: Any) -> None:
    radar = world.radar()
    first = Job(OFFICIAL, date(2021, 11, 1), date(2021, 11, 7))
    steps = loading.run(radar, first)
    next(steps)
    steps.close()  # killed after one paper
    load(radar, Job(OFFICIAL, date(2021, 11, 8), date(2021, 11, 14), notify="ochtend"))
    told = waiting(radar)
    load(radar, first)
    assert waiting(radar) == told


def test_what_cannot_be_loaded_is_said_in_a_line(world: Any) -> None:
    radar = world.radar()
    for job, words in (
        (Job("rvo", date(2021, 11, 1), date(2021, 11, 7)), "only shows what stands there now"),
        (Job(OFFICIAL, date(2021, 11, 8), date(2021, 11, 7)), "swap them"),
        (Job(OFFICIAL, date(2021, 11, 8), date(2031, 11, 7)), "in the future"),
        (Job("nos", date(2021, 11, 8), date(2021, 11, 9)), "no source"),
    ):
        with pytest.raises(UsageError, match=words):
            loading.plan(radar, job)


def test_the_plan_is_what_the_load_costs(world: Any) -> None:
    radar = world.radar()
    job = Job(OFFICIAL, date(2021, 10, 1), date(2021, 12, 2))
    plan = loading.plan(radar, job)
    world.sites.clear_requests()
    read = load(radar, job)
    fetched = [r for r in world.sites.requests if not r.path.startswith(("/rss", "/robots"))]
    assert plan.listed == read
    assert len(fetched) == pytest.approx(plan.requests, rel=0.2)
    making.due_digests(radar)
    deliver_due(radar)
    assert world.mail.messages == ()
