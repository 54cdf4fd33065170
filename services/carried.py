"""The level of an event that brings no new words: a moment ahead, a paper that vanished or came back.

It is the level that the paper had, so that who was told of the paper hears what becomes of it.
"""

from __future__ import annotations

from domain.assessments import Assessment, Level, Reason
from domain.topic_pack import Levels
from services.radar import Radar
from storage.unit_of_work import Unit


def carried(
    radar: Radar, unit: Unit, publication_id: int, rule: str, *, at_most: Level = Level.MUST_READ
) -> tuple[Assessment, ...]:
    """Per topic and followed id the highest level that this publication ever had, no higher than `at_most`, with `rule` as the
    one reason; held where it never was higher."""
    events = [event.id for event in unit.events.of_publication(publication_id)]
    best: dict[str, Assessment] = {}
    for judged in unit.events.assessments_of(events).values():
        for found in judged:
            before = best.setdefault(found.topic, found)
            if found.level.rank < before.level.rank:
                best[found.topic] = found
    return tuple(_carried(radar, found, rule, at_most) for _, found in sorted(best.items()))


def _carried(radar: Radar, found: Assessment, rule: str, at_most: Level) -> Assessment:
    level = max(found.level, at_most, key=lambda one: one.rank)
    pack = radar.settings.topics.get(found.topic)  # a followed id has none
    points = (pack.levels if pack is not None else Levels()).least(level)
    return Assessment(found.topic, level, points, (Reason(rule, points, term=found.topic),))
