"""held: the papers behind the line "lager gerangschikt" of an issue, each with its reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from domain.assessments import Assessment, Level, Reason
from domain.calendar import AMSTERDAM
from domain.digests import Digest, HeldGroup
from domain.errors import UsageError
from notifications.rendering import render_json
from services import digest as making
from services.radar import Radar
from services.selection import selected_topics
from services.settings import DigestSettings
from storage.issues import DigestRun
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """One paper that an issue only counted: why, in the words of the issue, and its level and reasons as they were then."""

    title: str
    url: str
    id: str
    ground: str
    said: str
    level: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class HeldIssue:
    """What one issue held; `number` is 0 for what waits for the next one. `count` is the number in its line of counts."""

    digest: str
    number: int
    made: str
    count: int
    papers: tuple[HeldPaper, ...]


def held(radar: Radar, name: str, since: date | None = None) -> tuple[HeldIssue, ...]:
    """The issues of a digest since a day (without one: the latest), oldest first, and what waits for the next one.

    An issue is taken as it was sent, so that the list is the one behind its count, whatever was judged or merged since. Raises
    UsageError for a digest that is not configured.
    """
    if name not in radar.settings.digests:
        raise UsageError(f"there is no digest {name!r}; configured are {', '.join(radar.settings.digests)}")
    waiting = making.preview(radar, name)
    with radar.store.read() as unit:
        runs = unit.issues.runs(name)
        begin = datetime.combine(since, time(), tzinfo=AMSTERDAM) if since else None
        wanted = [run for run in runs if begin is None or run.made >= begin]
        issues = [_of_run(radar, unit, run) for run in (wanted if since else wanted[-1:])]
        return (*issues, _next(radar, unit, waiting))


def _of_run(radar: Radar, unit: Unit, run: DigestRun) -> HeldIssue:
    said = json.loads(run.renderings["json"])
    papers = tuple(_papers(radar, unit, radar.settings.digests[run.digest], said["held"], run.made))
    return HeldIssue(run.digest, run.number, run.made.isoformat(), int(said["counts"][Level.HELD.value]), papers)


def _next(radar: Radar, unit: Unit, waiting: Digest) -> HeldIssue:
    said = json.loads(render_json(waiting))
    papers = tuple(_papers(radar, unit, radar.settings.digests[waiting.name], said["held"], None))
    return HeldIssue(waiting.name, 0, "", _count(waiting.held), papers)


def _count(groups: Sequence[HeldGroup]) -> int:
    return sum(group.count for group in groups)


def _papers(
    radar: Radar, unit: Unit, settings: DigestSettings, groups: Sequence[Mapping[str, Any]], at: datetime | None
) -> Iterator[HeldPaper]:
    """The papers of the groups as they stand in the issue, with what the archive said of them at that moment."""
    for group in groups:
        for link in group["titles"]:
            resource = unit.resources.by_url(link["url"])
            publication = unit.publications.get(resource.publication_id) if resource and resource.publication_id else None
            judged = _judged(unit, settings, publication.id, at) if publication else None
            yield HeldPaper(
                link["text"],
                link["url"],
                publication.canonical if publication else "",
                group["reason"]["ground"],
                group["reason"]["said"],
                judged.level.value if judged else "",
                judged.score if judged else 0,
                judged.reasons if judged else (),
            )


def _judged(unit: Unit, settings: DigestSettings, publication_id: int, at: datetime | None) -> Assessment | None:
    """The highest assessment that the digest had of a paper at a moment (None: now)."""
    events = [event.id for event in unit.events.of_publication(publication_id) if at is None or event.seen <= at]
    wanted = selected_topics(settings)
    found = [one for judged in unit.events.assessments_of(events, at).values() for one in judged if one.topic in wanted]
    return min(found, key=lambda one: (one.level.rank, -one.score), default=None)
