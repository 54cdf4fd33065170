"""Making issues: which are due, and each with its deliveries frozen in one commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.assessments import Level
from domain.calendar import clock_time, day_and_time, due_times, is_workday, local
from domain.digests import Digest, DigestForm
from domain.documents import Document
from domain.errors import StorageError
from notifications.channels import ChannelKind, freeze, kind_of, mail_sender, room_of
from notifications.parts import SMALLEST_ROOM
from notifications.rendering import render_html, render_json, render_slack, render_text
from services.compose import Composed, compose, fold_late_copies, recipients
from services.radar import Radar
from services.settings import DigestSettings, Timing
from storage.events import RecordedEvent
from storage.outbox import DigestRun, Parcel, ToTell
from storage.unit_of_work import Unit

ON_TIME = timedelta(minutes=2)
"""An issue made later than this after its time is marked late (promise: 07.30 ± 2 minutes)."""

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
        for digest in radar.settings.digests.values():
            runs = unit.outbox.runs(digest.name)
            if digest.timing is Timing.IMMEDIATELY:
                if unit.outbox.waiting(digest.name) and not _quiet(digest, now):
                    due.append(DueDigest(digest.name, DigestForm.URGENT, now))
                continue
            if ready is not None and not any(run.form == DigestForm.START.value for run in runs):
                due.append(DueDigest(digest.name, DigestForm.START, ready))
            last = max((run.due for run in runs if run.form == DigestForm.REGULAR.value), default=None)
            began = last or _began(radar, unit)
            times = [t for t in due_times(digest.crons, began, now) if not _holiday(t)] if began else []
            if times:
                due.append(DueDigest(digest.name, DigestForm.REGULAR, times[-1]))
    return tuple(due)


def make(radar: Radar, wanted: DueDigest) -> DigestRun | None:
    """Make one issue and freeze its deliveries, in one commit. Making it again gives the issue that stands.

    None when there is nothing to say and the digest is configured to say nothing then.
    """
    settings = radar.settings.digests[wanted.digest]
    with radar.store.begin() as unit:
        standing = unit.outbox.run_for(wanted.digest, wanted.form.value, wanted.due)
        if standing is not None:
            return standing
        number = unit.outbox.next_number(wanted.digest)
        fold_late_copies(unit, wanted.digest)
        composed = _composed(radar, unit, settings, wanted, number)
        if composed.digest.empty and (settings.skip_empty or wanted.form is DigestForm.URGENT):
            return None
        return _write(radar, unit, settings, wanted, composed)


def preview(radar: Radar, name: str, since: datetime | None = None, until: datetime | None = None) -> Digest:
    """The issue that would be made now, or an overview of a period; nothing is written."""
    settings = _settings(radar, name)
    with radar.store.read() as unit:
        number = unit.outbox.next_number(name)
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
        standing = unit.outbox.run_for(name, wanted.form.value, now)
        number = unit.outbox.next_number(name)
        return standing or _write(radar, unit, settings, wanted, _overview(radar, unit, settings, number, since, until or now))


def _settings(radar: Radar, name: str) -> DigestSettings:
    return radar.settings.digests[name]


def _composed(radar: Radar, unit: Unit, settings: DigestSettings, wanted: DueDigest, number: int) -> Composed:
    if wanted.form is DigestForm.START:
        return compose(
            radar, unit, settings, form=wanted.form, number=number, since=None, claims=(), events=_start(radar, unit, settings)
        )
    claims = unit.outbox.waiting(settings.name)
    runs = unit.outbox.runs(settings.name)
    since = max((run.made for run in runs), default=None)
    late = _late(wanted, radar.clock.now()) if wanted.form is DigestForm.REGULAR else ""
    events = [unit.events.get(claim.event_id) for claim in claims]
    return compose(radar, unit, settings, form=wanted.form, number=number, since=since, claims=claims, events=events, late=late)


def _start(radar: Radar, unit: Unit, settings: DigestSettings) -> list[RecordedEvent]:
    """What the Startdossier shows: papers of the baseline of the last 90 days at the two upper levels."""
    limit = (local(radar.clock.now()) - timedelta(days=START_DAYS)).date()
    wanted = {*settings.topics, *(f"follow:{followed}" for followed in settings.follow)}
    chosen = []
    for event in unit.events.quiet():
        found = unit.events.assessments(event.id)
        if not any(a.topic in wanted and a.level in START_LEVELS for a in found):
            continue
        if _newest_date(unit.snapshots.version(event.new_version_id).document) >= limit.isoformat():
            chosen.append(event)
    return chosen


def _newest_date(document: Document) -> str:
    dates = [value.isoformat()[:10] for value in (document.dated, document.published) if value is not None]
    return max(dates, default="9999")


def _overview(radar: Radar, unit: Unit, settings: DigestSettings, number: int, since: datetime, until: datetime) -> Composed:
    """Everything told or held in earlier issues of a period, final state per paper."""
    claims: list[ToTell] = []
    for run in unit.outbox.runs(settings.name):
        if since <= run.made <= until and run.form in (DigestForm.REGULAR.value, DigestForm.URGENT.value):
            claims.extend(unit.outbox.claimed(run.id))
    events = [unit.events.get(claim.event_id) for claim in claims]
    return compose(radar, unit, settings, form=DigestForm.OVERVIEW, number=number, since=since, claims=(), events=events)


def _write(radar: Radar, unit: Unit, settings: DigestSettings, wanted: DueDigest, composed: Composed) -> DigestRun:
    digest = composed.digest
    keys = tuple(key for made in digest.items for key in made.event_keys)
    parcels: list[tuple[Parcel, Sequence[str]]] = []
    for channel, recipient in recipients(radar, settings):
        parcels.extend((parcel, keys) for parcel in _parcels(radar, digest, channel, recipient, wanted))
    return unit.outbox.make_run(
        digest=digest.name,
        number=digest.number,
        form=wanted.form.value,
        due=wanted.due,
        since=digest.since,
        made=digest.made,
        late=digest.late,
        subject=digest.subject,
        renderings={
            "text": render_text(digest),
            "html": render_html(digest),
            "json": render_json(digest),
            "slack": json.dumps(render_slack(digest), ensure_ascii=False, indent=1),
        },
        claims=composed.claims,
        parcels=parcels,
    )


def _parcels(radar: Radar, digest: Digest, channel: str, recipient: str, wanted: DueDigest) -> list[Parcel]:
    """The messages of one issue for one target, with frozen bytes. A channel whose URL is not in the environment gets them all
    the same, so that nothing is lost until the operator sets it."""
    configured = radar.settings.channels[channel]
    url = configured.url.reveal() if configured.url else ""
    kind = kind_of(url) if url else (ChannelKind.MAIL if configured.mail else ChannelKind.OTHER)
    target = radar.ledger.target(channel, recipient)
    message = f"{digest.name}.{wanted.form.value}.{digest.number}.{target[:12]}"
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
    """When the last source's baseline was complete; None while any is not."""
    found: list[datetime] = []
    for source in radar.settings.sources:
        done = unit.resources.baseline(source).done
        if done is None:
            return None
        found.append(done)
    return max(found, default=None)


def _began(radar: Radar, unit: Unit) -> datetime | None:
    """When watching began: the first listing of any source. Before that no digest was due."""
    listed = [unit.resources.baseline(source).listed for source in radar.settings.sources]
    return min((moment for moment in listed if moment is not None), default=None)


def _holiday(moment: datetime) -> bool:
    """A weekday that is a public holiday: no digest then. Weekends are the cron's own business."""
    day = local(moment).date()
    return day.weekday() < 5 and not is_workday(day)


def _quiet(digest: DigestSettings, now: datetime) -> bool:
    if digest.quiet is None or digest.even_at_night:
        return False
    begin, end = digest.quiet
    at = local(now).time()
    return begin <= at < end if begin < end else at >= begin or at < end


def _late(wanted: DueDigest, now: datetime) -> str:
    if now - wanted.due <= ON_TIME:
        return ""
    same_day = local(now).date() == local(wanted.due).date()
    planned = clock_time(wanted.due) if same_day else day_and_time(wanted.due)
    return f"gepland voor {planned}, gemaakt om {clock_time(now)}"
