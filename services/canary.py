"""The canary: before a page that reads differently counts, an old paper of its kind must read as it did (features O2).

A paper that was read long ago and is the same since says whether it is the publisher's text that changed or the reader that no
longer understands the page. One old paper may change or go; two at once, of the same kind at the same host, are a changed page.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from domain.documents import Document, Kind
from domain.errors import FetchError, FetchFailure, ReadingError
from domain.listings import Answer
from services.acquire import UnreadableError, acquire, stored_answers
from services.radar import Radar
from sources.adapter import Reading
from sources.client import Client
from storage.resources import Resource
from storage.snapshots import Version

log = logging.getLogger(__name__)

TRIED = 4
"""How many old papers are looked at, at most: two decide, the others stand in for papers that cannot be had."""

SETTLED = timedelta(hours=48)
"""A difference that reads without surprise and stands this long is the publisher's own: the canary is chosen anew."""


class RedCanaryError(ReadingError):
    """A page that came and was read, but by a reader that is not trusted now."""


class Sort(Enum):
    """How an old paper was found."""

    SAME = "same"
    CHANGED = "changed"  # other words, read without surprise
    BROKEN = "broken"  # not read, or read with a surprise that was not there before
    ABSENT = "absent"  # could not be had, so it says nothing


@dataclass(frozen=True, slots=True)
class Found:
    """One old paper as it was found, with the bytes that show it."""

    url: str
    sort: Sort
    reason: str = ""
    sha256: str | None = None


@dataclass(slots=True)
class Prover:
    """Proves the readers of one source during one visit, each kind of page at most once, and only when a page of it changed."""

    radar: Radar
    source: str
    visit_id: int
    client: Client
    asked: int = 0
    _verdicts: dict[tuple[str, str], str] = field(default_factory=dict)

    def check_reading(self, resource: Resource, reading: Reading) -> None:
        """Prove the reader of a page that would be news: not of one that says what it said, nor of one that nobody is told."""
        with self.radar.store.read() as unit:
            latest = unit.snapshots.latest_version(resource.id)
        if latest is None and (resource.baseline or resource.quiet):
            return
        noise = [rule.text for rule in self.radar.settings.scope(self.source).noise]
        if latest is None or _said(latest.document, noise) != _said(reading.document, noise):
            self.check(resource.url, reading.document.kind)

    def check(self, url: str, kind: Kind | str) -> None:
        """Return when the reader of this kind of page is proven, or nothing old is there to prove it with.

        Raises RedCanaryError, with the canary's reason, when it reads old papers differently.
        """
        key = (urlsplit(url).hostname or "", str(kind))
        if key not in self._verdicts:
            self._verdicts[key] = self._prove(*key)
        if self._verdicts[key]:
            raise RedCanaryError(url, f"held back, the canary is red: {self._verdicts[key]}")

    def look_again(self) -> None:
        """Prove every kind of page anew whose canary was red on an earlier visit."""
        with self.radar.store.read() as unit:
            red = [canary.page for canary in unit.watching.canaries(self.source) if canary.red]
        for page in red:
            kind, _, host = page.partition(" at ")
            self._verdicts[host, kind] = self._prove(host, kind)

    def refuse_known(self, resource: Resource) -> None:
        """Raise RedCanaryError before a page is even asked when its reader was found red on this visit."""
        key = (urlsplit(resource.url).hostname or "", resource.kind)
        if self._verdicts.get(key):
            self.check(resource.url, resource.kind)

    def _prove(self, host: str, kind: str) -> str:
        """Why this kind of page is not trusted, "" when it is; written down either way."""
        with self.radar.store.read() as unit:
            started = unit.visits.get(self.visit_id).started
            old = [r for r in unit.watching.candidates(self.source, host, kind, started, TRIED) if not r.changed_by_mark]
            before = next((c for c in unit.watching.canaries(self.source) if c.page == page_name(host, kind)), None)
        found: list[Found] = []
        for resource in old:
            self.asked += 1
            found.append(inspect(self.radar, resource, self.client))
            if found[-1].sort is Sort.SAME or len(_different(found)) == 2:
                break
        if all(one.sort is Sort.ABSENT for one in found):
            return before.reason if before is not None and before.red else ""
        red_since = before.since if before is not None and before.red else None
        worst = judge(found, red_since, self.radar.clock.now())
        self._write(page_name(host, kind), worst or found[-1], red=worst is not None)
        return worst.reason if worst else ""

    def _write(self, page: str, found: Found, *, red: bool) -> None:
        now = self.radar.clock.now()
        with self.radar.store.begin() as unit:
            reason = found.reason if red else ""
            unit.watching.keep_canary(
                self.source, page, found.url, red=red, reason=reason, sha256=found.sha256 if red else None, at=now
            )
            if red:
                what = f"canary of {page}: {found.reason}"
                unit.visits.warn(self.source, what, at=now, visit_id=self.visit_id, url=found.url, sha256=found.sha256)
        if red:
            log.warning("%s: the canary of %s is red: %s", self.source, page, found.reason)


def page_name(host: str, kind: str) -> str:
    """The name of a kind of page: "news at www.rijksoverheid.nl"."""
    return f"{kind} at {host}"[:128]


def judge(found: Sequence[Found], red_since: datetime | None, now: datetime) -> Found | None:
    """The old paper that makes a reader untrusted, None when it may be trusted.

    One that reads the same proves the reader, whatever happened to others. Without one: two that differ are red, and so is a
    single one that is broken; a single one with other words was changed by its publisher. Two with other words that read without
    surprise are believed when they have stood so for two days.
    """
    different = _different(found)
    if any(one.sort is Sort.SAME for one in found) or not different:
        return None
    broken = [one for one in different if one.sort is Sort.BROKEN]
    if broken:
        return broken[0]
    settled = red_since is not None and now - red_since >= SETTLED
    return different[0] if len(different) > 1 and not settled else None


def inspect(radar: Radar, resource: Resource, client: Client) -> Found:
    """How an old paper reads: first its stored bytes, then what its publisher gives now."""
    adapter = radar.adapters[resource.source]
    noise = [rule.text for rule in radar.settings.scope(resource.source).noise]
    with radar.store.read() as unit:
        latest = unit.snapshots.latest_version(resource.id)
        parts = unit.snapshots.parts(latest.id) if latest else ()
        answers = stored_answers(unit, latest.id) if latest else {}
    if latest is None:
        return Found(resource.url, Sort.ABSENT)
    try:
        stored = adapter.read(resource.url, answers, radar.settings.scope(resource.source))
    except ReadingError as error:
        return Found(resource.url, Sort.BROKEN, f"its stored bytes are no longer read: {error.reason}", parts[0].sha256)
    if _reads_otherwise(latest, stored, adapter.parser, noise):
        return Found(resource.url, Sort.BROKEN, "the same bytes read differently with the same parser", parts[0].sha256)
    return _live(radar, resource, client, stored, noise)


def _reads_otherwise(latest: Version, stored: Reading, parser: int, noise: Sequence[str]) -> bool:
    if latest.parser != parser:
        return False  # a better reader may say more about old bytes; that it reads them at all is what counts
    return _said(latest.document, noise) != _said(stored.document, noise)


def _live(radar: Radar, resource: Resource, client: Client, stored: Reading, noise: Sequence[str]) -> Found:
    try:
        acquired = acquire(radar, resource, client)
    except UnreadableError as error:
        return Found(resource.url, Sort.BROKEN, error.reason, _keep(radar, resource, error.answers))
    except FetchError as error:
        gone = error.failure is FetchFailure.MISSING
        return Found(resource.url, Sort.ABSENT, "gone" if gone else str(error))
    if acquired.reading is None or _said(acquired.reading.document, noise) == _said(stored.document, noise):
        return Found(resource.url, Sort.SAME)
    surprises = [remark for remark in acquired.reading.surprises if remark not in stored.surprises]
    sha256 = _keep(radar, resource, acquired.answers)
    if surprises:
        return Found(resource.url, Sort.BROKEN, surprises[0], sha256)
    return Found(resource.url, Sort.CHANGED, "old papers read differently without a list saying that they changed", sha256)


def _keep(radar: Radar, resource: Resource, answers: Mapping[str, Answer]) -> str | None:
    kept: str | None = None
    with radar.store.begin() as unit:
        for role, answer in answers.items():
            kept = unit.snapshots.keep(resource.id, f"canary {role}"[:32], answer, radar.clock.now()).sha256
    return kept


def _said(document: Document, noise: Sequence[str]) -> str:
    return document.without(noise).content_hash()


def _different(found: Sequence[Found]) -> list[Found]:
    return [one for one in found if one.sort in (Sort.BROKEN, Sort.CHANGED)]
