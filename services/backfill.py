"""Historical load: windows as checkpoints, quiet by default, resumable after kill -9."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.calendar import AMSTERDAM, local
from domain.documents import canonical_json
from domain.errors import UsageError
from domain.events import Release, VisitState
from domain.identifiers import from_url, normalise
from domain.listings import Entry, Window
from domain.relevance import concepts
from services.discover import ask_all
from services.leasing import hold
from services.priority import priorities
from services.radar import Radar
from services.record import level_for
from services.route_states import present_routes
from services.watch import look
from sources.adapter import Route
from sources.client import Client
from storage.resources import Resource

WINDOW = timedelta(days=7)
BYTES_PER_PAPER = 12_000
"""Disk per paper as measured on the miniature: compressed snapshots, document, assessments and indexes."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to load. `until` is included; `dossier`, `id` and `topic` narrow it; `notify` names the digest that is told."""

    source: str
    since: date
    until: date
    dossier: str = ""
    id: str = ""
    topic: str = ""
    notify: str = ""

    @property
    def name(self) -> str:
        """Under this name the finished windows are kept, so that the same command goes on where it was killed. Whether somebody
        is told is no part of it: the same load can be told later."""
        said = [self.since.isoformat(), self.until.isoformat(), self.dossier, self.id, self.topic]
        return f"backfill {hashlib.sha256(canonical_json(said)).hexdigest()[:40]}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a job will cost at the polite rate. `listed` papers are known after the lists were asked (which planning does)."""

    windows: int
    listed: int
    known: int
    requests: int
    minutes: int
    megabytes: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, after every window and every paper."""

    windows_done: int
    windows: int
    papers_done: int
    papers: int
    what: str


def check(radar: Radar, job: Job) -> None:
    """Raises UsageError, in one line, for a job that cannot be done."""
    today = radar.clock.now().astimezone(AMSTERDAM).date()
    if job.source not in radar.adapters:
        raise UsageError(f"there is no source {job.source!r}; configured are {', '.join(radar.adapters)}")
    if job.since > job.until:
        raise UsageError(f"--since {job.since} lies after --until {job.until}; swap them")
    if job.until > today:
        raise UsageError(f"--until {job.until} lies in the future; today is {today}")
    if job.topic and job.topic not in radar.settings.topics:
        raise UsageError(f"there is no topic {job.topic!r}; configured are {', '.join(radar.settings.topics)}")
    if not job.id and not any(route.windowed for route in radar.adapters[job.source].routes(radar.settings.scope(job.source))):
        raise UsageError(f"{job.source} only shows what stands there now; load one paper with --id, the rest is read by visits")
    if job.notify and job.notify not in radar.settings.digests:
        raise UsageError(f"there is no digest {job.notify!r}; configured are {', '.join(radar.settings.digests)}")


def windows(radar: Radar, job: Job) -> tuple[Window, ...]:
    """The weeks of a job, oldest first, to the end of `until` but never past the day until which live visits are complete:
    what appeared after it is theirs to find, and is news. One window for a single paper."""
    begin = datetime.combine(job.since, time(), tzinfo=AMSTERDAM)
    end = datetime.combine(job.until + timedelta(days=1), time(), tzinfo=AMSTERDAM)
    if job.id:
        return (Window(begin, end),)
    with radar.store.read() as unit:
        complete = [state.complete_until for state in present_routes(radar, unit, job.source) if state.complete_until]
    if complete:
        last_day = local(min(complete)).replace(hour=0, minute=0, second=0, microsecond=0)
        end = min(end, last_day)
    found = []
    while begin < end:
        found.append(Window(begin, min(begin + WINDOW, end)))
        begin += WINDOW
    return tuple(found)


def plan(radar: Radar, job: Job) -> Plan:
    """Ask the lists, fetch no paper, and say what the job will cost. Writes nothing."""
    check(radar, job)
    adapter = radar.adapters[job.source]
    entries: dict[str, Entry] = {}
    todo = windows(radar, job)
    with radar.client(job.source) as client:
        for window in todo:
            entries.update(_listed(radar, job, window, client))
    with radar.store.read() as unit:
        known = sum(1 for url in entries if (found := unit.resources.by_url(url)) is not None and found.checked is not None)
    parts = {url: [part for part in adapter.parts(url) if not part.instead_of] for url in entries}
    requests = sum(len(found) for found in parts.values())
    rates = {rate.host: rate.seconds for rate in adapter.rates}
    seconds = sum(rates.get(part.url.split("/")[2], 1.0) for found in parts.values() for part in found)
    return Plan(len(todo), len(entries), known, requests, round(seconds / 60), len(entries) * BYTES_PER_PAPER / 1_000_000)


def run(radar: Radar, job: Job) -> Iterator[Progress]:
    """Do the job, yielding progress; the same job again goes on after the last finished window."""
    check(radar, job)
    with hold(radar, f"backfill:{job.source}"):
        with radar.store.begin() as unit:
            visit = unit.visits.open(job.source, job.name, radar.clock.now())
        todo = windows(radar, job)
        with radar.client(job.source) as client:
            for number, window in enumerate(todo, 1):
                urls = _list_window(radar, job, window, client)
                yield from _read_window(radar, visit.id, urls, client, number, len(todo))
                _finish(radar, job, window, urls)
        _close(radar, job, visit.id)
        yield Progress(len(todo), len(todo), 0, 0, "done")


def _listed(radar: Radar, job: Job, window: Window, client: Client) -> dict[str, Entry]:
    """What the windowed routes of the source announce in this window, narrowed to the job."""
    adapter = radar.adapters[job.source]
    if job.id:
        url = adapter.url_for(normalise(job.id))
        if url is None:
            raise UsageError(f"{job.id} is not a paper of {job.source}; try another source")
        return {url: Entry(url)}
    found: dict[str, Entry] = {}
    for route in adapter.routes(radar.settings.scope(job.source)):
        if route.windowed:  # a sitemap shows today's pages whatever the window
            found.update(_narrowed(radar, job, route, window, client))
    return found


def _narrowed(radar: Radar, job: Job, route: Route, window: Window, client: Client) -> dict[str, Entry]:
    entries = ask_all(radar, route, (window,), client).entries
    return {url: entry for url, entry in entries.items() if _wanted(radar, job, entry)}


def _wanted(radar: Radar, job: Job, entry: Entry) -> bool:
    """Whether the job narrows to this entry, by dossier or by what points at the topic: its terms, dossiers and followed ids."""
    identifier = from_url(entry.url) or ""
    if job.dossier:
        return job.dossier in entry.dossiers or identifier.startswith(f"kst-{job.dossier}-")
    if job.topic:
        pack = radar.settings.topics[job.topic]
        dossiers = {f.removeprefix("dossier:") for d in radar.settings.digests.values() for f in d.follow}
        in_dossier = any(identifier.startswith(f"kst-{dossier}-") for dossier in dossiers)
        return in_dossier or bool(set(entry.dossiers) & dossiers) or bool(concepts(entry.title, pack))
    return True


def _list_window(radar: Radar, job: Job, window: Window, client: Client) -> tuple[str, ...]:
    """Write down what a window holds as quiet; a finished window is not asked again."""
    with radar.store.read() as unit:
        if unit.windows.done(job.source, job.name, window.since):
            return ()
    entries = _listed(radar, job, window, client)
    with radar.store.begin() as unit:
        unit.resources.announce(
            job.source,
            "",
            entries.values(),
            at=radar.clock.now(),
            baseline=False,
            quiet=True,
            priority=priorities(radar, entries.values()),
        )
    return tuple(entries)


def _read_window(
    radar: Radar, visit_id: int, urls: tuple[str, ...], client: Client, number: int, total: int
) -> Iterator[Progress]:
    with radar.store.read() as unit:
        known = [unit.resources.by_url(url) for url in urls]
    waiting: list[Resource] = [resource for resource in known if resource is not None and resource.checked is None]
    for done, resource in enumerate(waiting, 1):
        look(radar, resource, visit_id, client)
        yield Progress(number - 1, total, done, len(waiting), resource.title or resource.url)


def _finish(radar: Radar, job: Job, window: Window, urls: tuple[str, ...]) -> None:
    with radar.store.begin() as unit:
        if not unit.windows.done(job.source, job.name, window.since):
            unit.windows.finish(job.source, job.name, window, urls, radar.clock.now())


def _close(radar: Radar, job: Job, visit_id: int) -> None:
    """Accept the visit; with `notify` let that digest tell everything the job listed, whoever read it first."""
    now = radar.clock.now()
    with radar.store.begin() as unit:
        if job.notify:
            digest = radar.settings.digests[job.notify]
            for url in unit.windows.urls(job.source, job.name):
                resource = unit.resources.by_url(url)
                publication = resource.publication_id if resource else None
                events = unit.events.of_publication(publication) if publication is not None else ()
                for event in events:
                    level = level_for(digest, unit.events.assessments(event.id))
                    if event.release is Release.QUIET and level is not None and event.resource_id == (resource and resource.id):
                        unit.events.open(event.id)
                        unit.issues.tell(event.id, digest.name, level, now)
        unit.visits.close(visit_id, VisitState.ACCEPTED, at=now)
