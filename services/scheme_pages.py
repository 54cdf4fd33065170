"""The watched schemes: what their pages say now, which did not change, and what lies ahead for who wants to apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.assessments import Level
from domain.calendar import AMSTERDAM
from domain.digests import AHEAD, SOON, Ahead, ComingDate, DigestForm, Item, SchemeState
from domain.documents import Document, Kind
from domain.events import EventKind
from domain.schemes import SchemeFact, SchemeField, Unit
from services.radar import Radar
from services.selection import selected_topics
from services.settings import DigestSettings
from storage import unit_of_work

MOST_FACTS = 4
LONGEST_NAME = 40
_CHANGED = {EventKind.SCHEME_CHANGED, EventKind.CORRECTED, EventKind.REVISED, EventKind.WITHDRAWN, EventKind.RESTORED}
_SHOWN = (Level.MUST_READ, Level.RELEVANT, Level.MENTION)
_WORTH_REPEATING = (SchemeField.STATUS, SchemeField.RATE, SchemeField.CLOSES)


@dataclass(frozen=True, slots=True)
class SchemePage:
    """One page about a scheme: what it says now, under which name readers know the scheme, and when it was last checked."""

    name: str
    document: Document
    facts: tuple[SchemeFact, ...]
    checked: datetime | None


def scheme_name(radar: Radar, document: Document) -> str:
    """The short name of the scheme of a page: as the topic packs call it, else the page's title."""
    scheme = document.scheme.scheme if document.scheme else ""
    for pack in radar.settings.topics.values():
        for watched in pack.schemes:
            if scheme == watched.id or scheme.startswith(f"{watched.id}/"):
                return watched.name
    return document.title


def scheme_pages(radar: Radar, unit: unit_of_work.Unit, settings: DigestSettings) -> tuple[SchemePage, ...]:
    """The newest version of every watched scheme page that the topics of a digest find worth a mention, by title."""
    concerned = unit.events.publications_at(_SHOWN, selected_topics(settings), (Kind.SCHEME.value,))
    pages = (one for one in unit.resources.of_kind(Kind.SCHEME.value) if one.source in radar.settings.sources)
    resources = [one for one in pages if one.publication_id in concerned]
    versions = unit.snapshots.latest_versions([one.id for one in resources])
    found = [
        SchemePage(scheme_name(radar, document), document, document.scheme.facts, one.checked)
        for one in resources
        if one.id in versions and (document := versions[one.id].document).kind is Kind.SCHEME and document.scheme is not None
    ]
    return tuple(sorted(found, key=lambda page: (page.document.title, page.document.url)))


def page_name(page: SchemePage) -> str:
    """The name of the scheme, or for one of its parts that of the part: "MIT kennisvouchers"."""
    title = page.document.title
    named = page.name.casefold() in title.casefold() and len(title) <= LONGEST_NAME
    return title.replace(": ", " ", 1) if named else page.name


def unchanged(pages: Sequence[SchemePage], items: Sequence[Item], form: DigestForm) -> tuple[SchemeState, ...]:
    """The watched schemes of which nothing changed, one each; in a Startdossier with their state."""
    told = {item.url for item in items if set(item.states) & _CHANGED}
    acts = [item.heading for item in items if item.kind is Kind.REGULATION and item.changes]
    # An act about a scheme stands under the name of the scheme (`services.items`).
    changed = {page.name for page in pages if page.document.url in told or any(page.name in heading for heading in acts)}
    states: dict[str, SchemeState] = {}
    for page in sorted(pages, key=lambda one: len(one.document.url)):  # the main page of a scheme speaks first
        if page.name in changed or not page.facts:
            continue
        shown = [fact for fact in page.facts if fact.field in _WORTH_REPEATING] if form is DigestForm.START else []
        before = states.get(page.name)
        if before is None:
            states[page.name] = SchemeState(page.name, page.document.url, page.checked, tuple(shown[:MOST_FACTS]))
            continue
        # A scheme is shown under its shortest address, that of its main page.
        url = min(before.url, page.document.url, key=len)
        checked = max(filter(None, (page.checked, before.checked)), default=None)
        said = {fact.key for fact in before.facts}
        facts = (*before.facts, *(fact for fact in shown if fact.key not in said))[:MOST_FACTS]
        states[page.name] = replace(before, url=url, checked=checked, facts=facts)
    return tuple(states[name] for name in sorted(states))


def coming(pages: Sequence[SchemePage], now: datetime) -> tuple[ComingDate, ...]:
    """What scheme pages say will come within 30 days, in order of time, each date once."""
    found: dict[tuple[object, str, str, bool], ComingDate] = {}
    for page in pages:
        for fact in page.facts:
            if fact.unit is not Unit.MOMENT:
                continue
            when = _moment(fact.value)
            instant = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, 23, 59, tzinfo=AMSTERDAM)
            if now <= instant <= now + AHEAD:
                # A closing and a deadline on one day say the same to who wants to apply.
                key = (when, page.name, fact.part, fact.field is SchemeField.OPENS)
                made = ComingDate(when, Ahead.SCHEME, page_name(page), page.document.url, instant <= now + SOON, fact)
                found.setdefault(key, made)
    return tuple(found.values())


def _moment(value: str) -> date | datetime:
    return datetime.fromisoformat(value).replace(tzinfo=AMSTERDAM) if "T" in value else date.fromisoformat(value)
