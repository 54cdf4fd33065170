"""The windows of a backfill: how far they go, and what the lists say of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from domain.calendar import AMSTERDAM, local
from domain.listings import Entry, Window
from services.asking import ask_all
from services.backfill_job import Job, address_of, wanted
from services.radar import Radar
from sources.client import Client
from storage.unit_of_work import Unit
from storage.windows import Loading

WINDOW = timedelta(days=7)

LISTS_HOLD = timedelta(days=1)
"""How long what the lists answered for a window may be used to read it; after that they are asked again."""


@dataclass(slots=True)
class Listed:
    """What the lists said of one window. `asked` counts the questions, `remarks` what was not as expected, in a line each."""

    entries: Mapping[str, Entry]
    asked: int = 0
    remarks: list[str] = field(default_factory=list)


def end_of(radar: Radar, unit: Unit, source: str) -> datetime | None:
    """Where live visits begin: no backfill looks past this moment, for what appeared after it is theirs to find, and is news.

    The day until which every list is complete, less the days over which a list is asked again because papers surface in it with
    an older date. None before the first visit.
    """
    routes = radar.adapters[source].routes(radar.settings.scope(source))
    ends = [
        state.complete_until - timedelta(hours=route.overlap_hours)
        for route in routes
        if (state := unit.routes.route(source, route.name)).complete_until is not None
    ]
    return local(min(ends)).replace(hour=0, minute=0, second=0, microsecond=0) if ends else None


def windows(radar: Radar, job: Job) -> tuple[Window, ...]:
    """The weeks of a job, oldest first, to the end of `until` but never past where live visits begin. One window for a single
    paper."""
    begin = datetime.combine(job.since, time(), tzinfo=AMSTERDAM)
    end = datetime.combine(job.until + timedelta(days=1), time(), tzinfo=AMSTERDAM)
    if job.id:
        return (Window(begin, end),)
    with radar.store.read() as unit:
        live = end_of(radar, unit, job.source)
    end = min(end, live) if live else end
    found = []
    while begin < end:
        found.append(Window(begin, min(begin + WINDOW, end)))
        begin += WINDOW
    return tuple(found)


def is_fresh(one: Loading, now: datetime) -> bool:
    """True when the lists need not be asked again for this window."""
    return one.listed is not None and now - one.listed < LISTS_HOLD


def list_window(radar: Radar, job: Job, window: Window, client: Client) -> Listed:
    """What the windowed routes of the source announce in this window, narrowed to the job.

    Asked again when live visits moved up meanwhile: then a part of the answer is theirs. Raises FetchError or ReadingError when
    a list cannot be had: half an answer is none.
    """
    adapter = radar.adapters[job.source]
    if job.id:
        url = address_of(adapter, job)
        return Listed({url: Entry(url)})
    while True:
        with radar.store.read() as unit:
            live = end_of(radar, unit, job.source)
        listed = _ask(radar, job, window, live, client)
        with radar.store.read() as unit:
            if end_of(radar, unit, job.source) == live:
                return listed


def _ask(radar: Radar, job: Job, window: Window, live: datetime | None, client: Client) -> Listed:
    end = min(window.until, live) if live else window.until
    if end <= window.since:
        return Listed({})
    found: dict[str, Entry] = {}
    listed = Listed(found)
    for route in radar.adapters[job.source].routes(radar.settings.scope(job.source)):
        if not route.windowed:  # a sitemap shows today's pages whatever the window
            continue
        answered = ask_all(radar, route, (Window(window.since, end),), client)
        listed.asked += len(answered.asked)
        listed.remarks += [f"{route.name}: {remark}" for remark in answered.surprises]
        listed.remarks += [f"{_days(cut)} cannot be shown whole: {reason}" for cut, reason in answered.incomplete]
        for url, entry in answered.entries.items():
            if wanted(radar.settings, job, entry):
                found.setdefault(url, entry)
    return listed


def _days(window: Window) -> str:
    return f"{local(window.since):%Y-%m-%d} to {local(window.until - timedelta(microseconds=1)):%Y-%m-%d}"
