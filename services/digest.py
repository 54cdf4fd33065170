"""Making issues: which are due, and each with its deliveries frozen in one commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.assessments import Level
from domain.calendar import AMSTERDAM, due_times, is_workday, local
from domain.digests import Digest, DigestForm
from domain.documents import Document, canonical_json
from domain.errors import StorageError
from notifications.channels import ChannelKind, freeze, kind_of, mail_sender, room_of
from notifications.parts import SMALLEST_ROOM
from notifications.rendering import render_html, render_json, render_slack, render_text
from services.compose import Composed, compose, fold_late_copies, recipients
from services.radar import Radar
from services.settings import DigestSettings, Timing
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.outbox import Parcel
from storage.unit_of_work import Unit

ON_TIME = timedelta(minutes=2)
"""An issue made later than this after its time is marked late (promise: 07.30 ± 2 minutes)."""

PATIENCE = timedelta(hours=24)
"""A source that could not be asked for this long no longer holds up the Startdossier."""

LONGEST_HOLIDAY = timedelta(days=7)
"""No run of public holidays and weekends in the Netherlands is longer."""

START_DAYS = 90
START_LEVELS = (Level.MUST_READ, Level.RELEVANT)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """An issue that should be made now: which digest, in which form, for which moment."""

    digest: str
    form: DigestForm
    due: datetime


def due_digests(radar: Radar) -> tuple[DueDigest, ...]:
    """Every issue whose time has come and that was not made: a Startdossier once the baseline is in, the latest missed time of
    each timed digest (several missed times collapse to one), and immediate ones with something to tell."""
    now = radar.clock.now()
    due: list[DueDigest] = []
    with radar.store.read() as unit:
        ready = _baseline_done(radar, unit)
        began = _began(radar, unit)
        for digest in radar.settings.digests.values():
            if digest.timing is Timing.IMMEDIATELY:
                if unit.issues.waiting(digest.name) and not _quiet(digest, now):
                    due.append(DueDigest(digest.name, DigestForm.URGENT, now))
                continue
            if ready is not None and unit.issues.last_due(digest.name, DigestForm.START.value) is None:
                due.append(DueDigest(digest.name, DigestForm.START, ready))
            last = unit.issues.last_due(digest.name, DigestForm.REGULAR.value) or began
            time = latest_due(digest.crons, last, now) if last else None
            if time is not None:
                due.append(DueDigest(digest.name, DigestForm.REGULAR, time))
    return tuple(due)


def latest_due(crons: Sequence[str], after: datetime, until: datetime) -> datetime | None:
    """The latest planned moment after one and up to another; a moment on a public holiday is moved to the next working day, at
    the same time: late collapses to one, it never skips. Weekends are the cron's own business."""
    planned = due_times(crons, after - LONGEST_HOLIDAY, until)
    moved = [moment for moment in map(_off_holiday, planned) if after < moment <= until]
    return max(moved, default=None)


def _off_holiday(moment: datetime) -> datetime:
    at = local(moment)
    while (at.weekday() < 5 and not is_workday(at.date())) or (at != local(moment) and not is_workday(at.date())):
        following = at.date() + timedelta(days=1)
        at = datetime.combine(following, at.time(), tzinfo=AMSTERDAM)
    return at.astimezone(UTC)


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
        fold_late_copies(unit, wanted.digest)
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
    items = composed.digest.items
    if wanted.form is DigestForm.URGENT:
        return any(not item.seen_in_full for item in items)
    return bool(items) or not settings.skip_empty


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


def _settings(radar: Radar, name: str) -> DigestSettings:
    return radar.settings.digests[name]


def _composed(radar: Radar, unit: Unit, settings: DigestSettings, wanted: DueDigest, number: int) -> Composed:
    if wanted.form is DigestForm.START:
        return compose(
            radar, unit, settings, form=wanted.form, number=number, since=None, claims=(), events=_start(radar, unit, settings)
        )
    claims = unit.issues.waiting(settings.name)
    told = (DigestForm.REGULAR.value, DigestForm.URGENT.value, DigestForm.START.value)
    since = max((run.made for run in unit.issues.runs(settings.name) if run.form in told), default=None)
    planned = _planned_if_late(wanted, radar.clock.now())
    events = [unit.events.get(claim.event_id) for claim in claims]
    return compose(
        radar, unit, settings, form=wanted.form, number=number, since=since, claims=claims, events=events, planned=planned
    )


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
    """Everything first seen in a period that issues of this digest told or held, final state per paper."""
    claims = [claim for run in unit.issues.runs(settings.name) for claim in unit.issues.claimed(run.id)]
    events = {claim.event_id: unit.events.get(claim.event_id) for claim in claims}
    seen = sorted((e for e in events.values() if since <= e.seen <= until), key=lambda e: (e.seen, e.key))
    form = DigestForm.OVERVIEW
    return compose(radar, unit, settings, form=form, number=number, since=since, claims=(), events=seen, until=until)


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
    keys = tuple(key for made in digest.items for key in made.event_keys)
    for channel, recipient in recipients(radar, settings):
        for parcel in _parcels(radar, digest, channel, recipient, wanted):
            unit.outbox.add(run.id, parcel, keys, digest.made)
    return run


def _parcels(radar: Radar, digest: Digest, channel: str, recipient: str, wanted: DueDigest) -> list[Parcel]:
    """The messages of one issue for one target, with frozen bytes. A channel whose URL is not in the environment gets them all
    the same, so that nothing is lost until the operator sets it."""
    configured = radar.settings.channels[channel]
    url = configured.url.reveal() if configured.url else ""
    kind = kind_of(url) if url else (ChannelKind.MAIL if configured.mail else ChannelKind.OTHER)
    target = radar.ledger.target(channel, recipient)
    # Also what it tells and for which moment: after a restored backup the numbers start again, with other content.
    keys = [key for made in digest.items for key in made.event_keys]
    content = hashlib.sha256(canonical_json([wanted.due.isoformat(), keys])).hexdigest()[:10]
    message = f"{digest.name}.{wanted.form.value}.{digest.number}.{content}.{target[:12]}"
    if kind is ChannelKind.MAIL:
        name, sender = mail_sender(url) if url else ("", digest.owner)
        envelopes = freeze(
            digest,
            kind,
            sender=sender,
            sender_name=name or "Beleidsradar",
            recipient=recipient,
            reply_to=digest.owner,
            message_id=f"<{message}@{sender.rpartition('@')[2]}>",
            date=digest.made,
            boundary=f"=_{hashlib.sha256(message.encode()).hexdigest()[:32]}",
        )
    else:
        envelopes = freeze(digest, kind, room=room_of(url) if url and kind is ChannelKind.OTHER else SMALLEST_ROOM)
    return [
        Parcel(channel, target, recipient, part, len(envelopes), envelope.to_bytes(), f"{message}.{part}")
        for part, envelope in enumerate(envelopes, 1)
    ]


def _baseline_done(radar: Radar, unit: Unit) -> datetime | None:
    """When the last source's baseline was complete; None while any is not.

    A source that could not be asked for a whole day does not hold up the others: the coverage line says that it is missing.
    """
    found: list[datetime] = []
    for source in radar.settings.sources:
        baseline = unit.routes.baseline(source)
        if baseline.done is not None:
            found.append(baseline.done)
            continue
        first = unit.visits.first(source)
        if baseline.listed is not None or first is None or radar.clock.now() - first.started < PATIENCE:
            return None
    return max(found, default=None)


def _began(radar: Radar, unit: Unit) -> datetime | None:
    """When watching began: the first listing of any source. Before that no digest was due."""
    listed = [unit.routes.baseline(source).listed for source in radar.settings.sources]
    return min((moment for moment in listed if moment is not None), default=None)


def _quiet(digest: DigestSettings, now: datetime) -> bool:
    if digest.quiet is None or digest.even_at_night:
        return False
    begin, end = digest.quiet
    at = local(now).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def _planned_if_late(wanted: DueDigest, now: datetime) -> datetime | None:
    """When a regular issue was due, if it is made later than the promise allows."""
    late = wanted.form is DigestForm.REGULAR and now - wanted.due > ON_TIME
    return wanted.due if late else None
