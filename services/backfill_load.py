"""Doing a backfill: window by window, quietly, beside live visits and beside other workers on the same job.

A window is the checkpoint. Whoever claims one announces its papers as quiet, reads them and what they name as attachments, and
finishes it; a worker that is killed leaves its lease, and after that another takes the window over. Every step can be done
twice: a paper that was read is not asked again, and one that is asked again all the same says what it said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calendar import local
from domain.errors import RadarError
from domain.events import VisitState
from domain.listings import Entry
from services.backfill_job import Job, check
from services.backfill_notify import tell
from services.backfill_windows import is_fresh, list_window, windows
from services.leasing import LEASE
from services.priority import priorities
from services.radar import Radar
from services.watch import look
from sources.client import Client
from storage.issues import DigestRun
from storage.windows import Loading

SECONDS = LEASE.total_seconds()
MOST_FAILED = 10
"""So many papers in a row that cannot be read are a site that does not answer: nothing is gained by asking on."""

PAUSE = timedelta(seconds=15)
"""How long a worker without a window waits before it looks whether one of the others was left."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, after every paper and every window: windows of the job that are finished (by whichever worker), papers
    of the present window, and what was just done. `issue` is what told the digest of the job, at the very end."""

    windows_done: int
    windows: int
    papers_done: int
    papers: int
    what: str
    issue: DigestRun | None = None


def run(radar: Radar, job: Job) -> Iterator[Progress]:
    """Do the job, or a part of it beside other workers, yielding progress; ends when every window is finished. The same job
    again goes on after the last finished window, and does nothing when there is none left.

    Raises UsageError for a job that cannot be done, FetchError or ReadingError when a list cannot be had, RadarError when the
    site stops answering.
    """
    check(radar, job)
    todo = windows(radar, job)
    with radar.store.begin() as unit:
        unit.windows.prepare(job.source, job.name, todo)
        left = unit.windows.left(job.source, job.name)
        total = left + len(unit.windows.done(job.source, job.name))
        visit_id = unit.visits.open(job.source, job.name, radar.clock.now()).id if left else 0
    try:
        with radar.patient_client(job.source) as client:
            yield from _Worker(radar, job, visit_id, client, total).work()
    finally:
        with radar.store.begin() as unit:
            unit.windows.release(job.source, job.name, radar.holder)
    yield Progress(total, total, 0, 0, "done", _close(radar, job))


@dataclass(slots=True)
class _Worker:
    """One process on a job. `failed` counts the papers that could not be read since the last one that could."""

    radar: Radar
    job: Job
    visit_id: int
    client: Client
    total: int
    failed: int = 0

    def work(self) -> Iterator[Progress]:
        """Claim windows until none is left; wait for the others' last ones, in case one of them is killed."""
        while left := self._left():
            with self.radar.store.begin() as unit:
                claimed = unit.windows.claim(self.job.source, self.job.name, self.radar.holder, self._now(), SECONDS)
            if claimed is not None:
                yield from self._window(claimed)
                continue
            yield Progress(self.total - left, self.total, 0, 0, f"waiting for other workers, who have {left} windows")
            self.radar.clock.sleep(PAUSE.total_seconds())

    def _window(self, one: Loading) -> Iterator[Progress]:
        """One window, from asking its lists to its checkpoint; left alone when another worker took it over."""
        done = self.total - self._left()
        entries = self._announced(one)
        asked: set[str] = set()
        while waiting := [url for url in entries if url not in asked]:
            for url in waiting:
                asked.add(url)
                if not self._keep(one):
                    return
                if title := self._read(url):
                    yield Progress(done, self.total, len(asked), len(entries), title)
            entries = self._with_attachments(one, entries)
        if not self._keep(one):
            return
        with self.radar.store.begin() as unit:
            unit.windows.finish(self.job.source, self.job.name, one.window, tuple(entries), self._now())
        day = local(one.window.since).date()
        yield Progress(done + 1, self.total, 0, 0, f"week of {day}: {len(entries)} papers")

    def _announced(self, one: Loading) -> dict[str, Entry]:
        """Write down what a window holds as quiet; a list that was asked a short while ago is not asked again."""
        entries = {entry.url: entry for entry in one.entries}
        remarks: list[str] = []
        if one.begun is None and not is_fresh(one, self._now()):
            listed = list_window(self.radar, self.job, one.window, self.client)
            entries, remarks = dict(listed.entries), listed.remarks
        source, name, now = self.job.source, self.job.name, self._now()
        with self.radar.store.begin() as unit:
            wanted = priorities(self.radar, entries.values())
            unit.resources.announce(source, "", entries.values(), at=now, baseline=False, quiet=True, priority=wanted)
            if one.begun is None:
                unit.windows.listed(source, name, one.window.since, entries.values(), now)
                unit.windows.begin(source, name, one.window.since, now)
                unit.visits.count(self.visit_id, {"listed": len(entries)})
            for remark in remarks:
                unit.visits.warn(source, remark, at=now, visit_id=self.visit_id)
        return entries

    def _read(self, url: str) -> str:
        """Read one paper, unless somebody did; returns its title, "" when it was not asked or not had."""
        with self.radar.store.read() as unit:
            resource = unit.resources.by_url(url)
        if resource is None or resource.checked is not None or not (resource.quiet or resource.baseline):
            return ""  # one that a list of today brought is news: visits read it, and tell it
        look(self.radar, resource, self.visit_id, self.client)
        with self.radar.store.read() as unit:
            after = unit.resources.get(resource.id)
        if after.checked is not None:
            self.failed = 0
            return after.title or url
        self.failed += 1
        if self.failed >= MOST_FAILED:
            raise RadarError(f"{MOST_FAILED} papers in a row could not be read, the last: {after.failure}; run it again to go on")
        return ""

    def _with_attachments(self, one: Loading, entries: dict[str, Entry]) -> dict[str, Entry]:
        """The entries of a window with the attachments that its papers name and only a backfill knows: they belong to it."""
        adapter = self.radar.adapters[self.job.source]
        found = dict(entries)
        with self.radar.store.begin() as unit:
            for url in entries:
                resource = unit.resources.by_url(url)
                latest = unit.snapshots.latest_version(resource.id) if resource else None
                for ref in latest.document.attachments if latest else ():
                    named = unit.resources.by_url(adapter.url_for(ref.id) or "")
                    if named is not None and named.quiet and not named.marks and named.source == self.job.source:
                        found.setdefault(named.url, Entry(named.url, title=named.title, dated=named.dated))
            if len(found) > len(entries):
                unit.windows.listed(self.job.source, self.job.name, one.window.since, found.values(), self._now())
        return found

    def _keep(self, one: Loading) -> bool:
        """Keep the window for a while longer; False when it is another worker's by now."""
        with self.radar.store.begin() as unit:
            since, holder = one.window.since, self.radar.holder
            return unit.windows.renew(self.job.source, self.job.name, since, holder, self._now(), SECONDS)

    def _left(self) -> int:
        with self.radar.store.read() as unit:
            return unit.windows.left(self.job.source, self.job.name)

    def _now(self) -> datetime:
        return self.radar.clock.now()


def _close(radar: Radar, job: Job) -> DigestRun | None:
    """Accept the visit of the job once its last window is finished, and tell the digest of the job what was found."""
    with radar.store.begin() as unit:
        visit = unit.visits.latest(job.source, state=VisitState.OPEN, purpose=job.name)
        if visit is not None:
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=radar.clock.now())
        return tell(radar, unit, job) if job.notify else None
