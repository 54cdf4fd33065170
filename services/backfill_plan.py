"""What a backfill will cost, before it is done: requests, minutes at the polite rate, and disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from domain.calendar import local
from domain.listings import Entry
from services.backfill_job import Job, check
from services.backfill_windows import is_fresh, list_window, windows
from services.radar import Radar
from storage.unit_of_work import Unit

BYTES_PER_PAPER = 4_400
"""Disk per paper as measured on the miniature: compressed snapshots, document, assessments, search index and indexes."""

EMPTY_BYTES = 460_000
FEWEST_PAPERS = 200
"""From so many papers on the archive itself says how large a paper is, without what an empty one takes."""

PLANS_KEPT = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a job will cost at the polite rate.

    `listed` papers are known after the lists were asked (which planning does, with `lists` questions); `known` of them were read
    before and are not fetched again. `requests` and `minutes` are for the papers still to be read: the lists' answers are kept
    for a day. `live_from` is the first day that is left to live visits, None when the job ends before it.
    """

    windows: int
    listed: int
    known: int
    lists: int
    requests: int
    minutes: float
    megabytes: float
    live_from: date | None = None


def plan(radar: Radar, job: Job) -> Plan:
    """Ask the lists of every window that is not finished, and say what reading will cost. Writes nothing but the lists' answers,
    so that reading need not ask again. Raises UsageError for a job that cannot be done."""
    check(radar, job)
    todo = windows(radar, job)
    now = radar.clock.now()
    with radar.store.begin() as unit:
        unit.windows.forget(now - PLANS_KEPT)
        unit.windows.prepare(job.source, job.name, todo)
        unfinished = unit.windows.under_way(job.source, job.name)
    entries: dict[str, Entry] = {}
    asked = 0
    with radar.patient_client(job.source) as client:
        for one in unfinished:
            if is_fresh(one, now):
                entries.update((entry.url, entry) for entry in one.entries)
                continue
            listed = list_window(radar, job, one.window, client)
            asked += listed.asked
            entries.update(listed.entries)
            with radar.store.begin() as unit:
                unit.windows.listed(job.source, job.name, one.window.since, listed.entries.values(), radar.clock.now())
    with radar.store.read() as unit:
        finished = unit.windows.urls(job.source, job.name)
        every = dict.fromkeys((*finished, *entries))
        unread = [url for url in every if (found := unit.resources.by_url(url)) is None or found.checked is None]
        size = _bytes_per_paper(unit)
    return _cost(radar, job, len(todo), len(every), unread, asked, size)


def _cost(radar: Radar, job: Job, weeks: int, listed: int, unread: list[str], asked: int, size: float) -> Plan:
    adapter = radar.adapters[job.source]
    rates = {rate.host: rate.seconds for rate in adapter.rates}
    hosts = [urlsplit(part.url).hostname or "" for url in unread for part in adapter.parts(url) if not part.instead_of]
    # While one host rests another is asked: the one that is asked longest decides.
    seconds = max((count * rates.get(host, 1.0) for host, count in Counter(hosts).items()), default=0.0)
    return Plan(
        windows=weeks,
        listed=listed,
        known=listed - len(unread),
        lists=asked,
        requests=len(hosts),
        minutes=round(seconds / 60, 2),
        megabytes=round(len(unread) * size / 1_000_000, 2),
        live_from=_live_from(radar, job),
    )


def _live_from(radar: Radar, job: Job) -> date | None:
    """The day from which live visits find papers themselves, when the job goes on past it."""
    found = windows(radar, job)
    first = local(found[-1].until).date() if found else job.since
    return first if not job.id and first <= job.until else None


def _bytes_per_paper(unit: Unit) -> float:
    """What a paper takes on disk: in this archive when it holds enough of them, else on the miniature."""
    papers = unit.windows.papers()
    if papers < FEWEST_PAPERS:
        return float(BYTES_PER_PAPER)
    return max(0.0, unit.windows.bytes() - EMPTY_BYTES) / papers
