"""The papers of a period as they were judged, and as they would be judged: what every tool of the tuner works with.

A paper belongs to the day on which it was first seen. What was never news (baseline, backfill) belongs to its own date instead:
all of it was seen on one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.assessments import Assessment, Level, Reason
from domain.calendar import AMSTERDAM, local
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind, Release
from services.judging import judged_changes
from services.radar import Radar
from storage.events import RecordedEvent
from storage.unit_of_work import Unit

BATCH = 500

DAYS = 90
"""How far back every tool looks when nobody says otherwise."""

WORDLESS = frozenset({EventKind.WITHDRAWN, EventKind.RESTORED, EventKind.MOVED, EventKind.MOMENT})
"""Events that bring no words to judge: they have the level that the paper had."""


@dataclass(frozen=True, slots=True)
class PastPaper:
    """One event with what the paper said then; `judged` is how it is judged now, by the archive; `day` is when it happened."""

    event: RecordedEvent
    day: datetime
    document: Document
    judged: tuple[Assessment, ...]
    citations: tuple[Citation, ...]
    ids: frozenset[str]

    @property
    def changes(self) -> Sequence[Change]:
        """The changes by which it is judged."""
        return judged_changes(self.document, self.event.changes, first=self.event.old_version_id is None)


@dataclass(frozen=True, slots=True)
class Moved:
    """One publication whose level for a topic differs; `sentence` is the quote behind the strongest reason of the level that is
    higher, `rule` and `term` name that reason."""

    id: str
    title: str
    url: str
    topic: str
    before: Level
    after: Level
    rule: str
    term: str
    sentence: str
    day: str

    @property
    def gained(self) -> bool:
        """True when it ranks higher than before."""
        return self.after.rank < self.before.rank


@dataclass(frozen=True, slots=True)
class Window:
    """The period that a tool looks at, both ends included. Where no paper of it was read, nothing follows from it."""

    begin: datetime
    end: datetime

    @property
    def since(self) -> date:
        """Its first day, in the Netherlands."""
        return local(self.begin).date()

    @property
    def until(self) -> date:
        """Its last day, in the Netherlands."""
        return local(self.end).date()


def last_days(radar: Radar) -> Window:
    """The last `DAYS` until now."""
    now = radar.clock.now()
    return Window(now - timedelta(days=DAYS), now)


def papers(unit: Unit, radar: Radar, window: Window) -> Iterator[PastPaper]:
    """Every event of the period that has words to judge, with its paper, in order of first sight."""
    since, until = window.begin, window.end
    noise = {source: [rule.text for rule in radar.settings.scope(source).noise] for source in radar.settings.sources}
    found = unit.past.event_ids(since, until, WORDLESS)
    for begin in range(0, len(found), BATCH):  # a quarter's papers do not fit into the memory of a small machine
        yield from _papers(unit, noise, found[begin : begin + BATCH], since, until)


def _papers(
    unit: Unit, noise: Mapping[str, Sequence[str]], event_ids: Sequence[int], since: datetime, until: datetime
) -> Iterator[PastPaper]:
    events = [unit.events.get(event_id) for event_id in event_ids]
    said = unit.past.documents(event.new_version_id for event in events)
    cited = unit.past.citations(event.new_version_id for event in events)
    ids = unit.past.ids(event.publication_id for event in events)
    judged = unit.events.assessments_of(event_ids)
    for event in events:
        source, document = said[event.new_version_id]
        day = _day(event, document)
        if since <= day <= until:
            yield PastPaper(
                event,
                day,
                document.without(noise.get(source, ())),
                judged[event.id],
                tuple(cited.get(event.new_version_id, ())),
                ids.get(event.publication_id, frozenset()),
            )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of a paper that was compared: its words may go."""

    id: str
    title: str
    url: str
    day: str
    before: Assessment | None
    after: Assessment | None


Compared = tuple[PastPaper, Sequence[Assessment], Sequence[Assessment]]
"""A paper with its assessments before and after."""


def moved(compared: Iterable[Compared]) -> tuple[Moved, ...]:
    """The publications whose level for a topic differs, by day, id and topic."""
    grouped: dict[tuple[int, str], list[_Seen]] = {}
    for paper, before, after in compared:
        old, new = {one.topic: one for one in before}, {one.topic: one for one in after}
        document, day = paper.document, paper.day.astimezone(AMSTERDAM).date().isoformat()
        for topic in sorted({*old, *new}):
            seen = _Seen(document.id, document.title, document.url, day, old.get(topic), new.get(topic))
            grouped.setdefault((paper.event.publication_id, topic), []).append(seen)
    found = (_moved(topic, rows) for (_, topic), rows in grouped.items())
    return tuple(sorted((one for one in found if one.before is not one.after), key=lambda one: (one.day, one.id, one.topic)))


def _moved(topic: str, rows: Sequence[_Seen]) -> Moved:
    """The highest level of any event of the paper, before and after."""
    before = min((_level(row.before) for row in rows), key=lambda level: level.rank)
    after = min((_level(row.after) for row in rows), key=lambda level: level.rank)
    telling = min(rows, key=lambda row: min(_level(row.before).rank, _level(row.after).rank))
    reason = _strongest(telling, gained=after.rank < before.rank)
    return Moved(
        telling.id, telling.title, telling.url, topic, before, after, reason.rule, reason.term, reason.sentence, telling.day
    )


def _strongest(seen: _Seen, *, gained: bool) -> Reason:
    """The reason that moved it most: one that came, or for a paper that fell one that came (a mute) or went."""
    old = seen.before.reasons if seen.before else ()
    new = seen.after.reasons if seen.after else ()
    came = [reason for reason in new if reason not in old]
    went = [reason for reason in old if reason not in new]
    candidates = came if gained else [reason for reason in came if reason.weight < 0] or went
    return max(candidates or [*new, *old, Reason("no_term", 0)], key=lambda reason: abs(reason.weight))


def _level(found: Assessment | None) -> Level:
    return found.level if found is not None else Level.HELD


def _day(event: RecordedEvent, document: Document) -> datetime:
    """When it happened: first sight, or for what was never news the day that the paper carries."""
    if event.release is not Release.QUIET or event.old_version_id is not None:
        return event.seen
    dates = [value.isoformat()[:10] for value in (document.dated, document.published) if value is not None]
    if not dates:
        return event.seen
    own = datetime.combine(datetime.fromisoformat(max(dates)).date(), time(12), tzinfo=AMSTERDAM)
    return min(own, event.seen)
