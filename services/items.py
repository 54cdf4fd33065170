"""From events to items: everything that happened to one publication, as a reader should see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.assessments import Assessment, Level, Reason
from domain.calendar import local
from domain.changes import Change, ChangeSort
from domain.digests import ChainLink, HeldGroup, Item, Link, Mention
from domain.documents import Document, Kind
from domain.events import Release
from domain.identifiers import cite, url_of
from domain.quotes import factual_line, own_name_mention
from domain.threads import due_date
from services.radar import Radar
from services.record import level_for
from services.settings import DigestSettings
from services.wording import COUNTED, office_title, reasons_in_words, told_in_words
from storage.events import RecordedEvent
from storage.publications import Publication, preference
from storage.resources import Resource
from storage.unit_of_work import Unit

LATE = timedelta(days=14)
"""A paper dated this long before it was first seen is marked as late (features D6, D7)."""

FORMAL_TITLES = ("brief van", "brief regering", "verslag van", "antwoord op vragen")


@dataclass(frozen=True, slots=True)
class Happening:
    """One publication with the events of it that an issue tells, oldest first."""

    publication: Publication
    events: tuple[RecordedEvent, ...]


def group(unit: Unit, events: Iterable[RecordedEvent]) -> tuple[Happening, ...]:
    """Events by publication, in order of first sight."""
    grouped: dict[int, list[RecordedEvent]] = {}
    for event in events:
        grouped.setdefault(event.publication_id, []).append(event)
    return tuple(Happening(unit.publications.get(key), tuple(found)) for key, found in grouped.items())


def item(radar: Radar, unit: Unit, digest: DigestSettings, happening: Happening, told_here: frozenset[str]) -> Item:
    """The item of one publication for one digest; `told_here` are event keys that this digest's readers already had in full."""
    copies = unit.resources.of_publication(happening.publication.id)
    main = _main_copy(radar, unit, happening, copies)
    document = _document(unit, main)
    assessed = [(event, unit.events.assessments(event.id)) for event in happening.events]
    level = min((level_for(digest, found) or Level.HELD for _, found in assessed), key=lambda one: one.rank)
    # Copies say the same: the reasons of one of them are shown, of the one that is quoted if it gave the level.
    telling = [(event, found) for event, found in assessed if level_for(digest, found) is level]
    chosen = next((found for event, found in telling if event.resource_id == main.id), telling[0][1] if telling else ())
    strongest = _strongest(digest, [chosen], level)
    changes = _told_changes(happening)
    mention = own_name_mention(document, radar.settings.organisation)
    keys = tuple(event.key for event in happening.events)
    seen = min(event.seen for event in happening.events)
    first_version = any(event.old_version_id is None for event in happening.events)
    return Item(
        id=happening.publication.item_id,
        level=level,
        kind=document.kind,
        states=tuple(dict.fromkeys(event.kind for event in happening.events)),
        heading=_named(radar, document, _heading(unit, document, copies)),
        url=document.url,
        who=office_title(document),
        reference=_reference(happening.publication.canonical, document),
        dossier=document.dossier_title,
        line=factual_line(document, radar.settings.organisation) if first_version else "",
        mention=Mention(*mention) if mention and first_version else None,
        changes=changes,
        chain=_chain(radar, unit, digest, happening.publication, main, document),
        why=reasons_in_words(strongest),
        why_quote=_why_quote(strongest, document),
        dated=document.dated,
        published=_as_dated(document.published),
        seen=seen,
        late=any(event.release is Release.OPEN for event in happening.events)
        and first_version
        and document.dated is not None
        and local(seen).date() - document.dated > LATE,
        due=_due(unit, happening.publication, document),
        told_before=told_in_words(unit, keys, radar.clock.now()),
        seen_in_full=bool(keys) and all(key in told_here for key in keys),
        also=tuple(_also(radar, unit, copies, main)),
        snapshot=_snapshot(unit, main),
        provisional=document.scheme is not None and document.scheme.provisional,
        event_keys=keys,
    )


def scheme_name(radar: Radar, document: Document) -> str:
    """The short name of the scheme of a page: as the topic packs call it, else the page's title."""
    scheme = document.scheme.scheme if document.scheme else ""
    for pack in radar.settings.topics.values():
        for watched in pack.schemes:
            if scheme == watched.id or scheme.startswith(f"{watched.id}/"):
                return watched.name
    return document.title


def _named(radar: Radar, document: Document, heading: str) -> str:
    """A scheme's page under the name by which readers know the scheme."""
    if document.scheme is None:
        return heading
    name = scheme_name(radar, document)
    return heading if name.casefold() in heading.casefold() else f"{name}: {heading}"


def _told_changes(happening: Happening) -> tuple[Change, ...]:
    """The changes of the events; where facts of a scheme changed these speak, and the sentences around them are counted."""
    changes = tuple(change for event in happening.events for change in event.changes)
    facts = tuple(change for change in changes if change.sort is ChangeSort.FACT)
    rest = len(changes) - len(facts)
    if not facts or not rest:
        return changes
    counted = "1 wijziging" if rest == 1 else f"{rest} wijzigingen"
    return (*facts, Change(ChangeSort.TEXT, "tekst van de pagina", "", f"{counted}, zie het verschil"))


def _why_quote(reasons: Sequence[Reason], document: Document) -> str:
    """The sentence of the weightiest reason that is not just the title."""
    return next(
        (r.sentence for r in _by_weight(reasons) if r.sentence and r.rule in COUNTED and r.sentence != document.title), ""
    )


def _as_dated(published: date | datetime | None) -> date | datetime | None:
    """A moment at midnight is a publisher's way to write a day."""
    if isinstance(published, datetime) and local(published).time() == time():
        return local(published).date()
    return published


def held_groups(radar: Radar, unit: Unit, digest: DigestSettings, happenings: Sequence[Happening]) -> tuple[HeldGroup, ...]:
    """The papers that were ranked lower, counted per reason, largest group first."""
    grouped: dict[str, list[Link]] = {}
    for happening in happenings:
        assessed = [unit.events.assessments(event.id) for event in happening.events]
        reasons = _strongest(digest, assessed, Level.HELD)
        reason = next((r for r in reasons if r.rule.startswith("negative:")), None)
        label = reasons_in_words((reason,))[0] if reason else "geen of te weinig treffers"
        resource = unit.resources.get(happening.events[0].resource_id)
        document = _document(unit, resource)
        grouped.setdefault(label, []).append(Link(_heading(unit, document, (resource,)), document.url))
    groups = [HeldGroup(label, len(links), tuple(sorted(links, key=lambda link: link.text))) for label, links in grouped.items()]
    return tuple(sorted(groups, key=lambda found: (-found.count, found.reason)))


def _main_copy(radar: Radar, unit: Unit, happening: Happening, copies: Sequence[Resource]) -> Resource:
    """The copy that the item quotes: the one whose id names the publication, else the first that was listed."""
    read = [copy for copy in copies if unit.snapshots.latest_version(copy.id) is not None]
    for copy in read:
        if _document(unit, copy).id == happening.publication.canonical:
            return copy
    return read[0]


def _document(unit: Unit, resource: Resource) -> Document:
    latest = unit.snapshots.latest_version(resource.id)
    if latest is None:
        raise AssertionError(f"{resource.url} has an event and no version")
    return latest.document


def _heading(unit: Unit, document: Document, copies: Sequence[Resource]) -> str:
    """The title from the metadata, else that of a copy when ours only says what sort of paper it is."""
    if document.title and not document.title.casefold().startswith(FORMAL_TITLES):
        return document.title
    for copy in copies:
        latest = unit.snapshots.latest_version(copy.id)
        if latest and latest.document.title and not latest.document.title.casefold().startswith(FORMAL_TITLES):
            return latest.document.title
    return document.title or document.id


def _reference(canonical: str, document: Document) -> str:
    """The Dutch citation of an official paper; other papers have an address and no citation."""
    if preference(canonical) >= preference("oo:"):
        return ""
    return cite(canonical, document.parliamentary_year)


def _strongest(digest: DigestSettings, assessed: Sequence[Sequence[Assessment]], level: Level) -> tuple[Reason, ...]:
    """The reasons of the assessments that gave the level, without doubles, in order."""
    wanted = {*digest.topics, *(f"follow:{followed}" for followed in digest.follow)}
    found = [a for group_ in assessed for a in group_ if a.topic in wanted and a.level is level]
    return tuple(dict.fromkeys(reason for assessment in found for reason in assessment.reasons))


def _by_weight(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda reason: -reason.weight)


def _chain(
    radar: Radar, unit: Unit, digest: DigestSettings, publication: Publication, main: Resource, document: Document
) -> tuple[ChainLink, ...]:
    """How the paper hangs together with others: its thread, then what it cites."""
    links: list[ChainLink] = []
    thread: set[str] = set()
    for case in unit.publications.links(publication.id, "case"):
        for other in unit.publications.by_link("case", case):
            if other.id != publication.id:
                thread.update(unit.publications.aliases(other.id))
                links.append(_thread_link(unit, other))
    latest = unit.snapshots.latest_version(main.id)
    own = set(unit.publications.aliases(publication.id))
    for target in dict.fromkeys(c.id for c in (unit.events.citations(latest.id) if latest else ())):
        if target in own or target in thread or target.startswith(("dossier:", "tkzaak:")):
            continue
        note = "u volgt dit stuk" if target in digest.follow else ""
        known = unit.publications.by_alias((target,))
        if not known and not note and not url_of(target):
            continue
        links.append(ChainLink("cites", Link(_cited_text(unit, target, known), url_of(target) or ""), note))
    return tuple(dict.fromkeys(links))[:8]


def _thread_link(unit: Unit, other: Publication) -> ChainLink:
    copies = unit.resources.of_publication(other.id)
    document = _document(unit, copies[0])
    labels = {Kind.QUESTION: "question", Kind.EXTENSION: "extension", Kind.ANSWER: "answer"}
    label = labels.get(document.kind, "part_of")
    title = f"{_reference(other.canonical, document) or other.canonical}: {document.title}"
    return ChainLink(label, Link(title, document.url), "")


def _cited_text(unit: Unit, target: str, known: Sequence[Publication]) -> str:
    try:
        text = cite(target)
    except ValueError:
        text = target.removeprefix("url:")
    if known:
        copies = unit.resources.of_publication(known[0].id)
        latest = unit.snapshots.latest_version(copies[0].id) if copies else None
        if latest and latest.document.title:
            return f"{text} ({latest.document.title})"
    return text


def _due(unit: Unit, publication: Publication, document: Document) -> date | None:
    """When an answer is due, for an open question or an extension notice; None for other papers."""
    if document.kind is Kind.QUESTION and document.submitted:
        return due_date(document.submitted, False)
    if document.kind is Kind.EXTENSION:
        for case in unit.publications.links(publication.id, "case"):
            for other in unit.publications.by_link("case", case):
                for copy in unit.resources.of_publication(other.id):
                    asked = _document(unit, copy).submitted if copy.checked else None
                    if asked:
                        return due_date(asked, True)
        if document.submitted:
            return due_date(document.submitted, True)
    return None


def _also(radar: Radar, unit: Unit, copies: Sequence[Resource], main: Resource) -> Iterable[Link]:
    for copy in copies:
        if copy.id != main.id and unit.snapshots.latest_version(copy.id) is not None:
            host = copy.url.split("/")[2].removeprefix("www.")
            yield Link(host, copy.url)


def _snapshot(unit: Unit, main: Resource) -> str:
    latest = unit.snapshots.latest_version(main.id)
    parts = unit.snapshots.parts(latest.id) if latest else ()
    return parts[-1].sha256 if parts else ""
