"""Composing an issue: from what is to be told to the `Digest` value that every rendering shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.assessments import Level
from domain.calendar import AMSTERDAM, local
from domain.digests import ComingDate, Digest, DigestForm, Item, SchemeState
from domain.documents import Document, Kind
from domain.events import EventKind
from domain.headlines import first_lines, in_reading_order, subject
from domain.scheme_reader import fact_label, fact_value
from domain.schemes import SchemeField
from domain.schemes import Unit as FactUnit
from domain.threads import due_date
from services.coverage import coverage
from services.items import Happening, group, held_groups, item, scheme_name
from services.radar import Radar
from services.settings import DigestSettings
from storage.events import RecordedEvent
from storage.outbox import ToTell
from storage.unit_of_work import Unit

AHEAD = timedelta(days=30)
"""How far "Komende data" looks ahead."""

SOON = timedelta(hours=48)

NOTHING = {"nl": "niets nieuws", "en": "nothing new"}


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest with the to-tell rows it uses up."""

    digest: Digest
    claims: tuple[ToTell, ...]


def fold_late_copies(unit: Unit, digest: str) -> None:
    """First sights of copies of papers that an earlier issue announced belong to that issue: one paper, one item (decision 7)."""
    for claim in unit.outbox.waiting(digest):
        if unit.events.get(claim.event_id).old_version_id is None:
            earlier = unit.outbox.announced_in(claim, digest)
            if earlier is not None:
                unit.outbox.fold(claim, earlier)


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
    late: str = "",
) -> Composed:
    """The issue that tells these events; `claims` are the rows they come from (none for a Startdossier or an overview)."""
    told_here = _told_to_all(radar, settings)
    shown: list[Item] = []
    held: list[Happening] = []
    for happening in group(unit, events):
        made = item(radar, unit, settings, happening, told_here)
        if made.level is Level.HELD or made.level not in settings.levels:
            held.append(happening)
        else:
            shown.append(made)
    now = radar.clock.now()
    items = in_reading_order(shown)
    regular = form is not DigestForm.URGENT
    documents = _scheme_documents(radar, unit) if regular else []
    coming = _coming(radar, documents, now) if regular else ()
    title = ", ".join(radar.settings.topics[name].title for name in settings.topics)
    digest = Digest(
        name=settings.name,
        form=form,
        title=title,
        number=number,
        made=now,
        since=since,
        language=settings.language,
        subject=_subject(form, items, title, number, settings.language),
        first=first_lines(items, coming, now, settings.language) if regular else (),
        items=items,
        schemes=_schemes(radar, documents, items, form) if regular else (),
        held=held_groups(radar, unit, settings, held),
        coming=coming,
        coverage=coverage(radar, unit, since) if regular else (),
        open_questions=_open_questions(radar, unit, settings, now) if regular else (),
        not_watched=radar.settings.not_watched if regular else (),
        owner=settings.owner,
        site_url=radar.settings.site_url,
        length=settings.length,
        late=late,
    )
    return Composed(digest, tuple(claims))


def _subject(form: DigestForm, items: Sequence[Item], title: str, number: int, language: str) -> str:
    if form is DigestForm.START:
        if language == "nl":
            return f"Startdossier {title}: {len(items)} stukken van de laatste 90 dagen"
        return f"Starting file {title}: {len(items)} papers of the last 90 days"
    if form is DigestForm.OVERVIEW:
        return f"{'Overzicht' if language == 'nl' else 'Overview'} {title}: {subject(items, language, NOTHING[language])}"[:90]
    return subject(items, language, f"{title}: {NOTHING[language]} (nr. {number})")


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


def _scheme_documents(radar: Radar, unit: Unit) -> list[tuple[Document, datetime | None]]:
    """The newest version of every watched scheme page, with when it was last checked."""
    found = []
    for source in radar.settings.sources:
        for resource in unit.resources.all(source):
            if resource.kind not in ("", Kind.SCHEME.value):
                continue
            latest = unit.snapshots.latest_version(resource.id)
            if latest is not None and latest.document.kind is Kind.SCHEME and latest.document.scheme is not None:
                found.append((latest.document, resource.checked))
    return sorted(found, key=lambda pair: (pair[0].title, pair[0].url))


def _schemes(
    radar: Radar, documents: Sequence[tuple[Document, datetime | None]], items: Sequence[Item], form: DigestForm
) -> tuple[SchemeState, ...]:
    """The watched schemes of which nothing changed, a line each; in a Startdossier with their state."""
    changed = {
        scheme_name(radar, d) for d, _ in documents for i in items if i.url == d.url and EventKind.SCHEME_CHANGED in i.states
    }
    states: dict[str, SchemeState] = {}
    for document, checked in documents:
        name = scheme_name(radar, document)
        if name in changed or document.scheme is None or not document.scheme.facts:
            continue
        before = states.get(name)
        facts = before.facts if before else ()
        if form is DigestForm.START:
            shown = [f for f in document.scheme.facts if f.field in (SchemeField.STATUS, SchemeField.RATE, SchemeField.CLOSES)]
            facts = tuple(dict.fromkeys((*facts, *(f"{fact_label(fact)} {fact_value(fact)}" for fact in shown))))[:4]
        first = before is None or len(document.url) < len(before.url)
        url = document.url if first or before is None else before.url
        states[name] = SchemeState(
            name, url, max(filter(None, (checked, before.checked if before else None)), default=None), facts
        )
    return tuple(states[name] for name in sorted(states))


def _coming(radar: Radar, documents: Sequence[tuple[Document, datetime | None]], now: datetime) -> tuple[ComingDate, ...]:
    """What scheme sheets say will come within 30 days, in order of time, each date once."""
    found: dict[tuple[object, str], ComingDate] = {}
    for document, _ in documents:
        for fact in document.scheme.facts if document.scheme else ():
            if fact.unit is not FactUnit.MOMENT:
                continue
            when = _moment(fact.value)
            instant = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, 23, 59, tzinfo=AMSTERDAM)
            if now <= instant <= now + AHEAD:
                what = f"{scheme_name(radar, document)}: {fact_label(fact)}"
                found.setdefault((when, what), ComingDate(when, what, document.url, instant <= now + SOON))
    return tuple(sorted(found.values(), key=lambda ahead: (_day(ahead.when), str(ahead.when), ahead.what)))


def _moment(value: str) -> date | datetime:
    return datetime.fromisoformat(value).replace(tzinfo=AMSTERDAM) if "T" in value else date.fromisoformat(value)


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def _open_questions(radar: Radar, unit: Unit, settings: DigestSettings, now: datetime) -> tuple[str, ...]:
    """Questions on the topics of this digest that are past their term and still unanswered."""
    today = local(now).date()
    overdue = []
    for resource in (r for source in radar.settings.sources for r in unit.resources.all(source)):
        if resource.kind not in ("", Kind.QUESTION.value) or resource.publication_id is None:
            continue
        latest = unit.snapshots.latest_version(resource.id)
        if latest is None or latest.document.kind is not Kind.QUESTION or latest.document.submitted is None:
            continue
        kinds = _thread_kinds(unit, resource.publication_id)
        due = due_date(latest.document.submitted, Kind.EXTENSION in kinds)
        if Kind.ANSWER not in kinds and due < today and _concerns(unit, settings, resource.publication_id):
            overdue.append((due, latest.document.title))
    return tuple(f"{title} (antwoord had er {due:%d-%m-%Y} moeten zijn)" for due, title in sorted(overdue))


def _thread_kinds(unit: Unit, publication_id: int) -> set[Kind]:
    kinds = set()
    for case in unit.publications.links(publication_id, "case"):
        for other in unit.publications.by_link("case", case):
            for copy in unit.resources.of_publication(other.id):
                latest = unit.snapshots.latest_version(copy.id)
                if latest is not None:
                    kinds.add(latest.document.kind)
    return kinds


def _concerns(unit: Unit, settings: DigestSettings, publication_id: int) -> bool:
    wanted = {*settings.topics, *(f"follow:{followed}" for followed in settings.follow)}
    return any(
        found.topic in wanted and found.level in (Level.MUST_READ, Level.RELEVANT)
        for event in unit.events.of_publication(publication_id)
        for found in unit.events.assessments(event.id)
    )
