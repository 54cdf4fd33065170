"""What a backfill loads: source, dates, and what narrows it; refused in one line when it cannot be done."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase

from domain.calendar import local
from domain.documents import canonical_json
from domain.errors import UsageError
from domain.identifiers import from_url, normalise
from domain.listings import Entry
from domain.relevance import concepts
from services.radar import Radar
from services.settings import Settings
from sources.adapter import Adapter

FIRST_YEAR = 1995
"""The sessions of 1994-1995 are the first whose papers stand on these sites (`w.vergaderjaar`)."""

_DOSSIER = re.compile(r"\d{5}(-[IVXLCDM0-9]+[A-Z]?)?")


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
        """Under this name the windows are kept, so that the same command goes on where it was killed, and several workers share
        one job. Whether somebody is told is no part of it: the same load can be told later."""
        said = [self.since.isoformat(), self.until.isoformat(), self.dossier, self.id, self.topic]
        return f"backfill {hashlib.sha256(canonical_json(said)).hexdigest()[:40]}"


def check(radar: Radar, job: Job) -> None:
    """Raises UsageError, in one line, for a job that cannot be done."""
    refuse(radar.settings, radar.adapters, radar.clock.now(), job)


def refuse(settings: Settings, adapters: Mapping[str, Adapter], now: datetime, job: Job) -> None:
    """As `check`, before there is an archive: nothing is opened, asked or written for a job that cannot be done."""
    today = local(now).date()
    if job.source not in settings.sources:
        raise UsageError(f"there is no source {job.source!r}; configured are {', '.join(settings.sources)}")
    if job.since > job.until:
        raise UsageError(f"--since {job.since} lies after --until {job.until}; swap them")
    if job.until > today:
        raise UsageError(f"--until {job.until} lies in the future; today is {today}")
    if job.since.year < FIRST_YEAR:
        raise UsageError(f"--since {job.since} lies before {FIRST_YEAR}; older papers are not on these sites")
    if job.topic and job.topic not in settings.topics:
        raise UsageError(f"there is no topic {job.topic!r}; configured are {', '.join(settings.topics)}")
    if job.notify and job.notify not in settings.digests:
        raise UsageError(f"there is no digest {job.notify!r}; configured are {', '.join(settings.digests)}")
    if job.dossier and not _DOSSIER.fullmatch(job.dossier):
        raise UsageError(f"{job.dossier!r} is no dossier; write 32637 or 35925-XIII")
    adapter = adapters[job.source]
    if job.id:
        address_of(adapter, job)
    elif not any(route.windowed for route in adapter.routes(settings.scope(job.source))):
        raise UsageError(f"{job.source} only shows what stands there now; load one paper with --id, the rest is read by visits")


def address_of(adapter: Adapter, job: Job) -> str:
    """The address of the one paper that the job names. Raises UsageError when it names none of this source."""
    try:
        url = adapter.url_for(normalise(job.id))
    except ValueError:
        url = None
    if url is None:
        raise UsageError(f"{job.id} is not a paper of {job.source}; ids look like kst-32637-473, or try another source")
    return url


def wanted(settings: Settings, job: Job, entry: Entry) -> bool:
    """Whether the job narrows to what a list names: by dossier, by topic, or by both.

    No list can be asked for words (`sources.adapter` asks by window only, and discovery is wide by design): what a list says of
    a paper decides, before anything is fetched.
    """
    in_dossier = not job.dossier or _is_in(entry, (job.dossier,))
    return in_dossier and (not job.topic or _points_at(settings, job.topic, entry))


def _points_at(settings: Settings, topic: str, entry: Entry) -> bool:
    """Whether a title speaks of the topic, or the paper is followed for it by id or dossier, or lies in a dossier of its pack."""
    pack = settings.topics[topic]
    follows = {followed for digest in settings.digests.values() if topic in digest.topics for followed in digest.follow}
    if {from_url(entry.url), *entry.ids} & follows:
        return True
    followed = [one.removeprefix("dossier:") for one in follows if one.startswith("dossier:")]
    # A dossier that only counts beside a word of the topic says nothing by itself.
    own = [prior.id for prior in pack.dossiers if not prior.only_with]
    return _is_in(entry, (*followed, *own)) or bool(concepts(entry.title, pack))


def _is_in(entry: Entry, dossiers: tuple[str, ...]) -> bool:
    """Whether a paper lies in one of these dossiers (`*` stands for anything): as the list says, or by its own id."""
    found = re.fullmatch(r"kst-(\d+(?:-[IVXLCDM]+[A-Z]?)?)-.+", from_url(entry.url) or "")
    said = {*entry.dossiers, *([found[1]] if found else [])}
    return any(fnmatchcase(one, pattern) for one in said for pattern in dossiers)
