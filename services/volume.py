"""The volume of every topic over the last 90 days of the archive, and who is over budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.assessments import Level
from domain.calendar import is_workday, local
from domain.events import Release
from domain.volume import Budget, Volume, in_english, volume
from services.radar import Radar
from storage.unit_of_work import Unit

DAYS = 90


@dataclass(frozen=True, slots=True)
class TopicVolume:
    """What one topic brought, and what its readers bear."""

    topic: str
    volume: Volume
    budget: Budget

    @property
    def warning(self) -> str:
        """One line for the owner, "" within the budget."""
        return in_english(self.topic, self.volume, self.budget) if self.volume.over(self.budget) else ""


def volumes(radar: Radar, unit: Unit, days: int = DAYS) -> tuple[TopicVolume, ...]:
    """One for each configured topic: papers by the working day on which they were first seen, each at its highest level.

    Quiet events (a baseline, a backfill) asked nothing of anybody and are left out; so are days before the first announced event.
    """
    now = radar.clock.now()
    events = [one for one in unit.events.between(now - timedelta(days=days), now) if one.release is not Release.QUIET]
    if not events:
        return ()
    judged = unit.events.assessments_of(one.id for one in events)
    highest: dict[str, dict[tuple[int, date], Level]] = {topic: {} for topic in radar.settings.topics}
    for event in events:
        paper = (event.publication_id, local(event.seen).date())
        for found in judged[event.id]:
            if found.topic in highest:
                before = highest[found.topic].get(paper, found.level)
                highest[found.topic][paper] = min(before, found.level, key=lambda level: level.rank)
    workdays = _workdays(local(events[0].seen).date(), local(now).date())
    return tuple(_of_topic(radar, topic, papers, workdays) for topic, papers in highest.items())


def warnings(radar: Radar, unit: Unit) -> tuple[str, ...]:
    """A line for each topic that is over its budget."""
    return tuple(one.warning for one in volumes(radar, unit) if one.warning)


def _of_topic(radar: Radar, topic: str, papers: Mapping[tuple[int, date], Level], workdays: tuple[date, ...]) -> TopicVolume:
    counted = volume(((day, level) for (_, day), level in papers.items()), workdays)
    return TopicVolume(topic, counted, radar.settings.topics[topic].budget)


def _workdays(first: date, last: date) -> tuple[date, ...]:
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in every if is_workday(day))
