"""Composing an issue: from what is to be told to the `Digest` value that every rendering shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.assessments import Level
from domain.calendar import local
from domain.digests import ComingDate, Digest, DigestForm, Item
from domain.headlines import in_reading_order
from notifications.headlines import first_lines, subject
from services.corrections import corrections, retraction
from services.coverage import coverage
from services.grouping import Happening, group
from services.items import held_groups, item, level_of
from services.questions import expected, first_of_week, overdue, unanswered
from services.radar import Radar
from services.scheme_pages import coming, scheme_pages, unchanged
from services.settings import DigestSettings
from storage.events import RecordedEvent
from storage.issues import ToTell
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest with the to-tell rows it uses up."""

    digest: Digest
    claims: tuple[ToTell, ...]


def late_copies(unit: Unit, digest: str) -> tuple[tuple[ToTell, int], ...]:
    """First sights of copies of papers that an earlier issue announced, each with that issue: one paper is one item."""
    first_sights = (one for one in unit.issues.waiting(digest) if unit.events.get(one.event_id).old_version_id is None)
    found = ((claim, unit.issues.announced_in(claim, digest)) for claim in first_sights)
    return tuple((claim, earlier) for claim, earlier in found if earlier is not None)


def compose(
    radar: Radar,
    unit: Unit,
    settings: DigestSettings,
    *,
    form: DigestForm,
    number: int,
    since: datetime | None,
    claims: Sequence[ToTell],
    events: Sequence[RecordedEvent],
    planned: datetime | None = None,
    until: datetime | None = None,
) -> Composed:
    """The issue that tells these events; `claims` are the rows they come from (none for a Startdossier or an overview).

    `planned` is the moment at which it should have been made, None when it is on time.
    """
    now = radar.clock.now()
    told_here = frozenset() if form is DigestForm.OVERVIEW else _told_to_all(radar, settings)  # an overview repeats in full
    items, held = _judged(radar, unit, settings, [event for event in events if retraction(event) is None], told_here)
    regular = form is not DigestForm.URGENT
    corrected = corrections(unit, settings, events) if form in (DigestForm.REGULAR, DigestForm.URGENT) else ()
    weekly = regular and first_of_week(since, now)
    pages = scheme_pages(radar, unit, settings) if regular else ()
    questions = unanswered(radar, unit, settings, now) if regular else ()
    today = local(now).date()
    ahead = tuple(sorted((*coming(pages, now), *expected(questions, today)), key=_in_time))
    title = ", ".join(radar.settings.topics[name].title for name in settings.topics)
    digest = Digest(
        name=settings.name,
        form=form,
        title=title,
        number=number,
        made=now,
        since=since,
        language=settings.language,
        subject=subject(form, items, title, number, settings.language, now, corrected),
        first=first_lines(items, ahead, now, settings.language) if regular else (),
        items=items,
        schemes=unchanged(pages, items, form) if regular else (),
        held=held_groups(settings, held),
        coming=ahead,
        coverage=coverage(radar, unit, since) if regular else (),
        corrections=corrected,
        open_questions=overdue(questions, since, now),
        not_watched=radar.settings.not_watched if weekly else (),
        owner=settings.owner,
        site_url=radar.settings.site_url,
        length=settings.length,
        planned=planned,
        until=until,
    )
    return Composed(digest, tuple(claims))


def _judged(
    radar: Radar, unit: Unit, settings: DigestSettings, events: Sequence[RecordedEvent], told_here: frozenset[str]
) -> tuple[tuple[Item, ...], list[Happening]]:
    """The items that this digest shows, in reading order, and what it only counts."""
    shown: list[Item] = []
    held: list[Happening] = []
    for happening in group(unit, events):
        level = level_of(settings, happening)
        if level is Level.HELD or level not in settings.levels:
            held.append(happening)
        else:
            shown.append(item(radar, unit, settings, happening, told_here))
    return in_reading_order(shown), held


def _told_to_all(radar: Radar, settings: DigestSettings) -> frozenset[str]:
    """The event keys that every recipient of this digest was told already, by the ledger: they need not be told in full again."""
    targets = [radar.ledger.target(channel, recipient) for channel, recipient in recipients(radar, settings)]
    told = [radar.ledger.told(target) for target in targets]
    return frozenset.intersection(*told) if told else frozenset()


def recipients(radar: Radar, settings: DigestSettings) -> tuple[tuple[str, str], ...]:
    """Who gets a digest: (channel, mail address), and (channel, "") where the channel itself is the target."""
    return tuple(
        (name, address)
        for name in settings.channels
        for address in (settings.to if radar.settings.channels[name].mail else ("",))
    )


def _in_time(ahead: ComingDate) -> tuple[date, str, str]:
    day = ahead.when.date() if isinstance(ahead.when, datetime) else ahead.when
    return day, str(ahead.when), ahead.what
