"""Backfills: quiet, resumable, and never in the way of what is new."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from demo import story
from demo.making.offices import EZK
from demo.making.parliament import letter
from domain.assessments import Level
from domain.calendar import local
from domain.errors import UsageError
from services import backfill as loading
from services import digest as making
from services import watch
from services.backfill import Job
from services.deliver import deliver_due

OFFICIAL = "officielebekendmakingen"
AUTUMN = Job(OFFICIAL, date(2021, 11, 1), date(2021, 12, 2))


def load(radar: Any, job: Job) -> int:
    return sum(step.papers_done > 0 for step in loading.run(radar, job))


def told(radar: Any, job: Job) -> Any:
    """The issue with which a job ends, if any."""
    return [step.issue for step in loading.run(radar, job)][-1]


def waiting(radar: Any) -> int:
    with radar.store.read() as unit:
        return len(unit.issues.waiting("ochtend"))


def listed(radar: Any, job: Job) -> set[str]:
    with radar.store.read() as unit:
        return {url.rsplit("/", 1)[1].removesuffix(".html") for url in unit.windows.urls(job.source, job.name)}


def deliver(radar: Any) -> None:
    for wanted in making.due_digests(radar):
        making.make(radar, wanted)
    deliver_due(radar)


def test_a_backfill_is_quiet_and_what_it_found_can_be_told_once(world: Any) -> None:
    radar = world.radar()
    assert load(radar, AUTUMN) > 10
    watch.visit(radar, OFFICIAL)
    assert waiting(radar) == 0
    asked_to_tell = Job(OFFICIAL, AUTUMN.since, AUTUMN.until, notify="ochtend")
    issue = told(radar, asked_to_tell)
    assert issue.form == "overview"
    assert waiting(radar) == 0
    deliver_due(radar)
    sent = len(world.mail.messages)
    assert sent >= 1
    assert b"overzicht" in world.mail.messages[0][1].lower()
    assert told(radar, asked_to_tell) is None
    deliver_due(radar)
    assert len(world.mail.messages) == sent


def test_what_a_visit_brings_is_not_told_by_a_backfill_too(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, OFFICIAL)
    world.sites.turn(story._at(13, "17:00"))
    watch.visit(radar, OFFICIAL)
    with radar.store.read() as unit:
        news = {claim.event_id for claim in unit.issues.waiting("ochtend")}
    issue = told(radar, Job(OFFICIAL, date(2021, 11, 29), date(2021, 12, 10), notify="ochtend"))
    assert news
    with radar.store.read() as unit:
        assert {claim.event_id for claim in unit.issues.waiting("ochtend")} == news
        assert not news & {claim.event_id for claim in unit.issues.claimed(issue.id)}


def test_a_backfill_up_to_today_takes_no_news_away(world: Any) -> None:
    radar = world.radar()
    job = Job(OFFICIAL, date(2021, 11, 22), date(2021, 12, 3))
    assert loading.windows(radar, job)[-1].until > radar.clock.now()
    watch.visit(radar, OFFICIAL)
    # Papers still surface two days back: those days are left to visits.
    assert local(loading.windows(radar, job)[-1].until).date() == date(2021, 12, 1)
    world.sites.turn(story._at(3, "18:00"))
    load(radar, job)
    watch.visit(radar, OFFICIAL)
    assert waiting(radar) >= 1


def test_visits_go_on_beside_a_backfill_and_go_first(world: Any) -> None:
    radar = world.radar()
    watch.visit(radar, OFFICIAL)
    steps = loading.run(radar, Job(OFFICIAL, date(2021, 10, 25), date(2021, 11, 28)))
    for _ in range(3):
        next(steps)
    world.sites.turn(story._at(9, "17:00"))
    watch.visit(radar, OFFICIAL)
    news = waiting(radar)
    assert news > 0
    for _ in steps:
        pass
    watch.visit(radar, OFFICIAL)
    assert waiting(radar) == news
    deliver(radar)
    assert sum(b"kst-32637-480" in raw or b"nr. 480" in raw for _, raw in world.mail.messages) <= 1


def test_two_jobs_do_not_share_their_windows_or_their_papers(world: Any) -> None:
    radar = world.radar()
    first = Job(OFFICIAL, date(2021, 11, 1), date(2021, 11, 7))
    steps = loading.run(radar, first)
    next(steps)
    steps.close()  # ended after one paper
    load(radar, Job(OFFICIAL, date(2021, 11, 8), date(2021, 11, 14)))
    with radar.store.read() as unit:
        assert not unit.windows.done(OFFICIAL, first.name)
    load(radar, first)
    assert listed(radar, first)
    assert not listed(radar, first) & listed(radar, Job(OFFICIAL, date(2021, 11, 8), date(2021, 11, 14)))


def test_what_cannot_be_loaded_is_said_in_a_line(world: Any) -> None:
    radar = world.radar()
    begin, end = date(2021, 11, 1), date(2021, 11, 7)
    for job, words in (
        (Job("rvo", begin, end), "only shows what stands there now"),
        (Job(OFFICIAL, end, begin), "swap them"),
        (Job(OFFICIAL, begin, date(2031, 11, 7)), "in the future"),
        (Job(OFFICIAL, date(1, 1, 1), end), "before 1995"),
        (Job("nos", begin, end), "no source"),
        (Job(OFFICIAL, begin, end, dossier="bedrijven"), "no dossier"),
        (Job(OFFICIAL, begin, end, id="rvo:mit"), "not a paper of"),
        (Job(OFFICIAL, begin, end, id="??"), "not a paper of"),
        (Job(OFFICIAL, begin, end, topic="stikstof"), "no topic"),
        (Job(OFFICIAL, begin, end, notify="avond"), "no digest"),
    ):
        for attempt in (loading.plan, lambda radar, job: list(loading.run(radar, job))):
            with pytest.raises(UsageError, match=words) as raised:
                attempt(radar, job)
            assert "\n" not in str(raised.value)
    assert world.sites.requests == ()
    with radar.store.read() as unit:
        assert unit.visits.all(OFFICIAL) == ()
        assert unit.windows.under_way(OFFICIAL, Job(OFFICIAL, end, begin).name) == ()


def test_the_plan_is_what_the_load_costs_and_the_second_run_costs_nothing(world: Any) -> None:
    radar = world.radar()
    plan = loading.plan(radar, AUTUMN)
    assert plan.lists == len([r for r in world.sites.requests if r.path.startswith("/rss")])
    with radar.store.read() as unit:
        assert unit.resources.all(OFFICIAL) == ()
        empty = unit.windows.bytes()
    world.sites.clear_requests()
    begun = radar.clock.now()
    read = load(radar, AUTUMN)
    minutes = (radar.clock.now() - begun).total_seconds() / 60
    assert not [r for r in world.sites.requests if r.path.startswith("/rss")]  # the lists were asked by the plan
    with radar.store.read() as unit:
        grown = (unit.windows.bytes() - empty) / 1_000_000
    assert len(world.sites.requests) == pytest.approx(plan.requests, rel=0.2)
    assert minutes == pytest.approx(plan.minutes, rel=0.2)
    assert grown == pytest.approx(plan.megabytes, rel=0.2)
    assert read == pytest.approx(plan.listed, rel=0.2)
    with radar.store.read() as unit:
        before = (unit.content_hash(), len(unit.visits.all(OFFICIAL)))
        found = [unit.resources.by_url(url) for url in unit.windows.urls(OFFICIAL, AUTUMN.name)]
    assert all(one.quiet and one.checked is not None for one in found)
    world.sites.clear_requests()
    assert load(radar, AUTUMN) == 0
    assert world.sites.requests == ()
    assert loading.plan(radar, AUTUMN).requests == 0
    with radar.store.read() as unit:
        assert (unit.content_hash(), len(unit.visits.all(OFFICIAL))) == before


def test_a_dossier_a_topic_or_one_paper(world: Any) -> None:
    radar = world.radar()
    begin, end = date(2021, 11, 1), date(2021, 11, 14)
    every, dossier = Job(OFFICIAL, begin, end), Job(OFFICIAL, begin, end, dossier="32637")
    topic, paper = Job(OFFICIAL, begin, end, topic="procesinnovatie"), Job(OFFICIAL, begin, end, id="kst-32637-473")
    for job in (paper, dossier, topic, every):
        load(radar, job)
    attachments = {name for name in listed(radar, paper) if name.startswith("blg-")}
    assert attachments  # what a paper names as its attachments belongs to the load
    assert listed(radar, paper) == {"kst-32637-473", *attachments}
    with radar.store.read() as unit:
        found = [unit.resources.by_url(url) for url in unit.windows.urls(OFFICIAL, paper.name)]
    assert all(one is not None and one.quiet and one.checked is not None for one in found)
    assert all(name.startswith(("kst-32637-", "blg-")) for name in listed(radar, dossier))
    assert listed(radar, dossier) <= listed(radar, topic) < listed(radar, every)


def test_old_meanings_are_no_subsidy(make_world: Any) -> None:
    said = "Het MIT kent dit jaar een plafond; in het kader van het MIT zijn projecten aangewezen voor weg en spoor."
    papers = [
        letter(
            f"kst-{25000 + year}-{number}",
            f"{year}-03-{number:02} 12:00",
            [("25000", "Infrastructuurfonds")],
            f"Brief over het MIT {year}, deel {number}",
            EZK,
            [said],
        )
        for number, year in enumerate((1999, 2001, 2003, 2005, 2007), 1)
    ]
    radar = make_world("old", papers).radar()
    for number, year in enumerate((1999, 2001, 2003, 2005, 2007), 1):
        assert load(radar, Job(OFFICIAL, date(year, 3, number), date(year, 3, number))) == 1
    with radar.store.read() as unit:
        judged = unit.events.assessments_of(event.id for event in unit.events.quiet())
    assert len(judged) == 5
    assert {one.level for found in judged.values() for one in found} == {Level.HELD}
