"""Making issues, each with its deliveries frozen in one commit. Which are due: `services.due`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.assessments import Level
from domain.calendar import local
from domain.digests import Digest, DigestForm
from domain.documents import Document
from domain.errors import StorageError
from domain.events import EventKind
from notifications.rendering import render_html, render_json, render_slack, render_text
from services import restored
from services.compose import Composed, compose, late_copies, recipients
from services.due import DueDigest, due_digests
from services.follow_ups import with_follow_ups
from services.parcels import parcels
from services.radar import Radar
from services.settings import DigestSettings, Timing
from services.throttle import collects_since
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.unit_of_work import Unit

__all__ = ["DueDigest", "due_digests", "make", "make_late", "preview", "send_now"]

ON_TIME = timedelta(minutes=2)
"""An issue made later than this after its time is marked late (promise: 07.30 ± 2 minutes)."""

TELLING = (DigestForm.REGULAR.value, DigestForm.URGENT.value, DigestForm.START.value)
"""The forms after which the next issue says "since"; the others repeat or complete."""

START_DAYS = 90
START_LEVELS = (Level.MUST_READ, Level.RELEVANT)


def make(radar: Radar, wanted: DueDigest) -> DigestRun | None:
    """Make one issue and freeze its deliveries, in one commit. Making it again gives the issue that stands.

    None when there is nothing to say and the digest is configured to say nothing then; that moment is passed and does not come
    back.
    """
    settings = radar.settings.digests[wanted.digest]
    with radar.store.begin() as unit:
        standing = unit.issues.run_for(wanted.digest, wanted.form.value, wanted.due)
        if standing is not None or unit.issues.is_passed(wanted.digest, wanted.form.value, wanted.due):
            return standing
        restored.pass_told(radar, unit, settings)
        if restored.got_before(radar, settings, wanted.form, wanted.due) >= set(recipients(radar, settings)) > set():
            unit.issues.pass_by(wanted.digest, wanted.form.value, wanted.due, radar.clock.now())
            return None
        for claim, earlier in late_copies(unit, wanted.digest):
            unit.issues.fold(claim, earlier)
        composed = _composed(radar, unit, settings, wanted, unit.issues.next_number(wanted.digest))
        if not _says_something(settings, wanted, composed):
            # An immediate digest never comes back to these rows; a timed one counts its held rows in its next issue.
            claims = composed.claims if wanted.form is DigestForm.URGENT else ()
            if claims or wanted.form is not DigestForm.URGENT:
                unit.issues.pass_by(wanted.digest, wanted.form.value, wanted.due, radar.clock.now(), claims)
            return None
        return _write(radar, unit, settings, wanted, composed)


def _says_something(settings: DigestSettings, wanted: DueDigest, composed: Composed) -> bool:
    """False for an issue that is not worth a message: an urgent one with nothing its readers have not had in full already, and an
    empty one of a digest that skips those."""
    items, corrected = composed.digest.items, bool(composed.digest.corrections)
    if wanted.form is DigestForm.URGENT:
        return corrected or any(not item.seen_in_full for item in items)
    return bool(items) or corrected or not settings.skip_empty


def preview(radar: Radar, name: str, since: datetime | None = None, until: datetime | None = None) -> Digest:
    """The issue that would be made now, or an overview of a period; nothing is written."""
    settings = _settings(radar, name)
    with radar.store.read() as unit:
        number = unit.issues.next_number(name)
        if since is not None:
            return _overview(radar, unit, settings, number, since, until or radar.clock.now()).digest
        wanted = DueDigest(
            name, DigestForm.URGENT if settings.timing is Timing.IMMEDIATELY else DigestForm.REGULAR, radar.clock.now()
        )
        return _composed(radar, unit, settings, wanted, number).digest


def send_now(radar: Radar, name: str, since: datetime | None = None, until: datetime | None = None) -> DigestRun:
    """Make an issue by hand: of what waits now, or an overview of a period (what was told stays as it is)."""
    settings = _settings(radar, name)
    now = radar.clock.now()
    if since is None:
        form = DigestForm.URGENT if settings.timing is Timing.IMMEDIATELY else DigestForm.REGULAR
        made = make(radar, DueDigest(name, form, now))
        if made is None:
            raise StorageError(f"nothing waits to be told in {name}, and its if_empty says to skip")
        return made
    wanted = DueDigest(name, DigestForm.OVERVIEW, now)
    with radar.store.begin() as unit:
        standing = unit.issues.run_for(name, wanted.form.value, now)
        number = unit.issues.next_number(name)
        return standing or _write(radar, unit, settings, wanted, _overview(radar, unit, settings, number, since, until or now))


def make_late(radar: Radar, unit: Unit, name: str, events: Sequence[RecordedEvent]) -> DigestRun:
    """Write an issue of papers of the past that a changed pack brings in after all, in the caller's transaction."""
    wanted = DueDigest(name, DigestForm.LATE, radar.clock.now())
    number = unit.issues.next_number(name)
    composed = compose(radar, unit, _settings(radar, name), form=wanted.form, number=number, since=None, claims=(), events=events)
    return _write(radar, unit, _settings(radar, name), wanted, composed)


def make_loaded(
    radar: Radar, unit: Unit, name: str, events: Sequence[RecordedEvent], since: datetime, until: datetime
) -> DigestRun:
    """Write an issue of what a backfill of a period found and `to_tell` holds, in the caller's transaction."""
    due = radar.clock.now()
    while unit.issues.run_for(name, DigestForm.OVERVIEW.value, due) is not None:
        due += timedelta(microseconds=1)
    ids = {event.id for event in events}
    claims = [claim for claim in unit.issues.waiting(name) if claim.event_id in ids]
    composed = compose(
        radar,
        unit,
        _settings(radar, name),
        form=DigestForm.OVERVIEW,
        number=unit.issues.next_number(name),
        since=since,
        claims=claims,
        events=events,
        until=until,
    )
    return _write(radar, unit, _settings(radar, name), DueDigest(name, DigestForm.OVERVIEW, due), composed)


def _settings(radar: Radar, name: str) -> DigestSettings:
    return radar.settings.digests[name]


def _composed(radar: Radar, unit: Unit, settings: DigestSettings, wanted: DueDigest, number: int) -> Composed:
    if wanted.form is DigestForm.START:
        return compose(
            radar, unit, settings, form=wanted.form, number=number, since=None, claims=(), events=_start(radar, unit, settings)
        )
    now = radar.clock.now()
    folded = {claim.id for claim, _ in late_copies(unit, settings.name)}  # a preview writes nothing, so they stand there still
    claims = tuple(claim for claim in unit.issues.waiting(settings.name) if claim.id not in folded)
    composed = compose(
        radar,
        unit,
        settings,
        form=wanted.form,
        number=number,
        since=unit.issues.last_made(settings.name, TELLING, now),
        claims=claims,
        events=[unit.events.get(claim.event_id) for claim in claims],
        planned=_planned_if_late(wanted, now),
    )
    if wanted.form is not DigestForm.URGENT:
        return composed
    collected = collects_since(radar, unit, settings, claims, now)
    return replace(composed, digest=with_follow_ups(radar, unit, replace(composed.digest, collected=collected)))


def _start(radar: Radar, unit: Unit, settings: DigestSettings) -> list[RecordedEvent]:
    """What the Startdossier shows: papers of the baseline of the last 90 days at the two upper levels."""
    limit = (local(radar.clock.now()) - timedelta(days=START_DAYS)).date().isoformat()
    wanted = [*settings.topics, *(f"follow:{followed}" for followed in settings.follow)]
    found = unit.events.quiet_at(START_LEVELS, wanted)
    return [e for e in found if _newest_date(unit.snapshots.version(e.new_version_id).document) >= limit]


def _newest_date(document: Document) -> str:
    dates = [value.isoformat()[:10] for value in (document.dated, document.published) if value is not None]
    return max(dates, default="9999")


def _overview(radar: Radar, unit: Unit, settings: DigestSettings, number: int, since: datetime, until: datetime) -> Composed:
    """Everything first seen in a period that issues of this digest told or counted, final state per paper.

    Not in it: what was found quiet (a baseline, a backfill), what still waits for its first issue, what was retracted, and dates
    that were announced as coming: those that still lie ahead stand under the coming dates.
    """
    found = (unit.events.get(key) for key in unit.issues.told_of(settings.name, since, until))
    events = [event for event in found if event.kind is not EventKind.MOMENT]
    form = DigestForm.OVERVIEW
    return compose(radar, unit, settings, form=form, number=number, since=since, claims=(), events=events, until=until)


def _write(radar: Radar, unit: Unit, settings: DigestSettings, wanted: DueDigest, composed: Composed) -> DigestRun:
    digest = composed.digest
    run = unit.issues.make_run(
        digest=digest.name,
        number=digest.number,
        form=wanted.form.value,
        due=wanted.due,
        since=digest.since,
        made=digest.made,
        late=digest.planned.isoformat() if digest.planned else "",
        subject=digest.subject,
        renderings={
            "text": render_text(digest),
            "html": render_html(digest),
            "json": render_json(digest),
            "slack": json.dumps(render_slack(digest), ensure_ascii=False, indent=1),
        },
        claims=composed.claims,
    )
    # An overview repeats: what it holds was told before, and stays told as it was.
    repeats = wanted.form is DigestForm.OVERVIEW and not composed.claims
    keys = () if repeats else tuple(key for made in digest.items for key in made.event_keys)
    before = restored.got_before(radar, settings, wanted.form, wanted.due)
    for channel, recipient in recipients(radar, settings):
        if (channel, recipient) in before:
            continue
        for parcel in parcels(radar, unit, digest, channel, recipient, wanted.form, wanted.due):
            unit.outbox.add(run.id, parcel, keys, digest.made)
    return run


def _planned_if_late(wanted: DueDigest, now: datetime) -> datetime | None:
    """When a regular issue was due, if it is made later than the promise allows."""
    late = wanted.form is DigestForm.REGULAR and now - wanted.due > ON_TIME
    return wanted.due if late else None
