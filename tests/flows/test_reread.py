"""A newer reader over the whole archive: a report, no event, and nothing written (design decision 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from demo import story
from demo.papers import story_papers
from domain.documents import Field, Passage
from domain.errors import ReadingError
from domain.listings import Answer, Scope
from services import reread, watch
from services.radar import Radar
from sources.adapter import Reading


class Newer:
    """An adapter whose readers make more of the same bytes: a passage that was overlooked, another kind of passage."""

    def __init__(self, adapter: Any, refuses: str = "") -> None:
        self._adapter = adapter
        self._refuses = refuses

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    @property
    def parser(self) -> int:
        """One further."""
        return int(self._adapter.parser) + 1

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """What the adapter reads, and more."""
        if self._refuses and self._refuses in url:
            raise ReadingError(url, "the new reader wants a heading")
        reading = self._adapter.read(url, answers, scope)
        seen = Passage(Field.FOOTNOTE, f"Een alinea die eerder over het hoofd werd gezien, van {len(reading.document.passages)}.")
        return Reading(replace(reading.document, passages=(*reading.document.passages, seen)), reading.surprises)


@pytest.fixture(params=[3, pytest.param(1, marks=pytest.mark.torture)])
def watched(make_world: Callable[..., Any], request: pytest.FixtureRequest) -> tuple[Any, Radar]:
    """An archive with every third paper of the first days in it (in torture: every one), and every page about a scheme."""
    papers = enumerate(story_papers())
    world = make_world(papers=[one for place, one in papers if place % request.param == 0 or one.id.startswith("/subsidies")])
    radar = world.radar()
    for day, time in ((3, "15:00"), (10, "07:15")):
        world.sites.turn(story._at(day, time))
        for source in story.EVERY_SITE:
            watch.visit(radar, source)
    return world, radar


def newer(radar: Radar, refuses: str = "") -> Radar:
    """The product after an upgrade of every reader."""
    return replace(radar, adapters={name: Newer(adapter, refuses) for name, adapter in radar.adapters.items()})


def state(radar: Radar) -> tuple[str, int]:
    """The content of the archive, and how many events there are."""
    with radar.store.read() as unit:
        return unit.content_hash(), sum(len(unit.events.of_visit(visit)) for visit in range(1, 40))


def test_a_newer_parser_over_the_whole_archive_gives_a_report_and_no_event(watched: tuple[Any, Radar]) -> None:
    _, old = watched
    before = state(old)
    today = reread.reread(old)
    assert [(report.differently, report.unreadable) for report in today] == [(0, 0)] * len(old.adapters)
    every = sum(report.same for report in today)
    radar = newer(old, refuses="/wbso")
    reports = reread.reread(radar)
    assert sum(report.differently + report.unreadable for report in reports) == every
    assert every > 30
    assert all(report.content == report.differently for report in reports)
    rvo = next(report for report in reports if report.source == "rvo")
    assert rvo.unreadable >= 2  # both versions of a page that changed
    assert {failure.what for failure in rvo.failures} == {"the new reader wants a heading"}
    assert all("over het hoofd" in one.what for report in reports for one in report.differences)
    assert state(old) == before

    after_upgrade = newer(old)
    for source in story.EVERY_SITE:
        visit = watch.begin(after_upgrade, source)
        with after_upgrade.store.read() as unit:
            known = [unit.resources.get(key) for key, _ in unit.resources.read_urls(source)]
        forgetful = [replace(resource, validators={}) for resource in known]  # every page is sent whole again
        with after_upgrade.client(source) as client:
            for resource in forgetful:
                watch.look(after_upgrade, resource, visit, client)
        assert watch.close(after_upgrade, visit).counts.get("events", 0) == 0
    assert state(old) == before
