"""Full text over what every address says now, or said at a moment in the past; one result per paper, best first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from domain.calendar import AMSTERDAM, local
from domain.documents import Document, Kind
from domain.errors import UsageError
from domain.identifiers import cite
from domain.search_hits import Snippet, Text
from domain.search_query import Query, QueryError, answer, parse
from domain.search_ranking import scores
from domain.search_words import Tier
from services.radar import Radar
from storage.search import Address
from storage.snapshots import Version
from storage.unit_of_work import Store, Unit

AT_A_TIME = 50
"""How many documents are read together while looking for enough results."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `since` and `until` bound the date of the paper, both included; `at` is a day in the past."""

    query: str
    source: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    at: date | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One paper that answers: `dated` is ISO 8601 or "", `level` the highest it was ever judged at, "" when it was not."""

    id: str
    item: str
    citation: str
    title: str
    kind: str
    source: str
    url: str
    dated: str
    level: str
    version: int
    score: int
    snippet: Snippet
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The results, and whether there are more than were asked for."""

    query: str
    results: tuple[Result, ...]
    more: bool


def search(radar: Radar, asked: Asked) -> Found:
    """The papers that answer. Raises UsageError, which says at which character, for a query that cannot be asked.

    An index that an earlier release made is made anew first.
    """
    try:
        query = parse(asked.query)
    except QueryError as error:
        raise UsageError(str(error)) from None
    _check(radar, asked)
    reindex_when_stale(radar.store)
    moment = None if asked.at is None else datetime.combine(asked.at + timedelta(days=1), time(), AMSTERDAM)
    with radar.store.read() as unit:
        results: dict[int, Result] = {}
        more = False
        for address, version, score in _answering(unit, query, asked, moment):
            paper = address.publication_id if address.publication_id is not None else -address.resource_id
            if paper in results:
                continue
            if len(results) == asked.limit:
                more = True
                break
            results[paper] = _result(unit, query, address, version, score, moment)
        return Found(asked.query, tuple(results.values()), more)


def reindex_when_stale(store: Store) -> int:
    """Make the index anew when it is not one of this release; returns the number of versions read, 0 when it was current."""
    with store.read() as unit:
        if unit.search.is_current() or not unit.search.size():
            return 0
    return reindex(store)


def reindex(store: Store) -> int:
    """Make the index anew; returns the number of versions."""
    with store.begin() as unit:
        return unit.search.rebuild()


def _check(radar: Radar, asked: Asked) -> None:
    if asked.source and asked.source not in radar.settings.sources:
        raise UsageError(f"there is no source {asked.source}; sources.yaml has {', '.join(radar.settings.sources)}")
    if asked.kind and asked.kind not in list(Kind):
        raise UsageError(f"there is no kind {asked.kind}; kinds are {', '.join(Kind)}")
    if asked.since and asked.until and asked.since > asked.until:
        raise UsageError(f"--since {asked.since} lies after --until {asked.until}; swap them")
    if asked.limit < 1:
        raise UsageError(f"--limit {asked.limit} shows nothing; ask for 1 or more")


def _answering(unit: Unit, query: Query, asked: Asked, moment: datetime | None) -> Iterator[tuple[Address, Version, int]]:
    """The addresses that answer, best first; among equals the newest first. What the index cannot tell is read to make sure."""

    @cache
    def holders(word: str) -> Mapping[int, Tier]:
        return unit.search.holders(word, moment)

    found = answer(query, lambda word: holders(word).keys())
    addresses = [
        address
        for address in unit.search.addresses(found.possible)
        if asked.source in ("", address.source) and asked.kind in ("", address.kind)
    ]
    worth = scores(query, {address.resource_id for address in addresses}, holders, unit.search.size())
    addresses.sort(key=lambda one: (-worth[one.resource_id], -(one.dated.toordinal() if one.dated else 0), one.url))
    for begin in range(0, len(addresses), AT_A_TIME):
        some = addresses[begin : begin + AT_A_TIME]
        versions = unit.snapshots.latest_versions((one.resource_id for one in some), moment)
        for address in some:
            version = versions[address.resource_id]
            if not _dated_within(address, version.document, asked):
                continue
            if address.resource_id in found.certain or Text(version.document).answers(query):
                yield address, version, worth[address.resource_id]


def _dated_within(address: Address, document: Document, asked: Asked) -> bool:
    day = _day(document) or local(address.first_listed).date()
    return (asked.since is None or asked.since <= day) and (asked.until is None or day <= asked.until)


def _day(document: Document) -> date | None:
    day = document.dated or document.published
    return local(day).date() if isinstance(day, datetime) else day


def _result(unit: Unit, query: Query, address: Address, version: Version, score: int, moment: datetime | None) -> Result:
    document = version.document
    paper = address.publication_id
    publication = unit.publications.get(paper) if paper is not None else None
    name = publication.canonical if publication else document.id
    day = _day(document)
    return Result(
        id=name,
        item=publication.item_id if publication else "",
        citation=_citation(name, document),
        title=document.title,
        kind=document.kind.value,
        source=address.source,
        url=address.url,
        dated=day.isoformat() if day else "",
        level=_level(unit, paper, moment) if paper is not None else "",
        version=version.seq,
        score=score,
        snippet=Text(document).snippet(query),
        also=tuple(c.url for c in unit.resources.of_publication(paper) if c.id != address.resource_id)
        if paper is not None
        else (),
    )


def _citation(identifier: str, document: Document) -> str:
    try:
        return cite(identifier, document.parliamentary_year)
    except ValueError:
        return ""


def _level(unit: Unit, publication_id: int, moment: datetime | None) -> str:
    events = [event.id for event in unit.events.of_publication(publication_id) if moment is None or event.seen < moment]
    levels = [found.level for judged in unit.events.assessments_of(events).values() for found in judged]
    return min(levels, key=lambda level: level.rank).value if levels else ""
