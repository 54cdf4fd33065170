"""From events to items: everything that happened to one publication, as a reader should see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.assessments import Assessment, Level, Reason
from domain.calendar import local
from domain.changes import Change, ChangeSort
from domain.digests import Ground, HeldGroup, Item, Link, Mention, Why
from domain.documents import Document
from domain.events import Release
from domain.quotes import factual_line, own_name_mention
from services.chains import answer_due, chain, reference
from services.copies import Copy, copies_of, elsewhere, heading, main_copy
from services.radar import Radar
from services.record import level_for
from services.scheme_pages import scheme_name
from services.selection import selected_topics
from services.settings import DigestSettings
from services.wording import COUNTED, reasons_shown, speakers, told_before
from storage.events import RecordedEvent
from storage.publications import Publication
from storage.unit_of_work import Unit

LATE = timedelta(days=14)
"""A paper dated this long before it was first seen is marked as late (features D6, D7)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One publication with the events of it that an issue tells, oldest first, how each was judged, and its read copies."""

    publication: Publication
    events: tuple[RecordedEvent, ...]
    assessed: tuple[tuple[Assessment, ...], ...]
    copies: tuple[Copy, ...]

    @property
    def main(self) -> Copy:
        """The copy that is quoted."""
        return main_copy(self.copies, self.publication.canonical)


def group(unit: Unit, events: Iterable[RecordedEvent]) -> tuple[Happening, ...]:
    """Events by publication, in order of first sight; everything about them is loaded once."""
    grouped: dict[int, list[RecordedEvent]] = {}
    for event in events:
        grouped.setdefault(event.publication_id, []).append(event)
    copies = copies_of(unit, grouped)
    judged = unit.events.assessments_of([event.id for found in grouped.values() for event in found])
    return tuple(
        Happening(unit.publications.get(key), tuple(found), tuple(judged.get(event.id, ()) for event in found), copies[key])
        for key, found in grouped.items()
    )


def level_of(digest: DigestSettings, happening: Happening) -> Level:
    """The highest level of the happening for a digest."""
    levels = (level_for(digest, found) or Level.HELD for found in happening.assessed)
    return min(levels, key=lambda one: one.rank)


def item(radar: Radar, unit: Unit, digest: DigestSettings, happening: Happening, told_here: frozenset[str]) -> Item:
    """The item of one publication for one digest; `told_here` are event keys that this digest's readers already had in full."""
    publication, events, main = happening.publication, happening.events, happening.main
    document = main.document
    level = level_of(digest, happening)
    reasons = _telling(digest, happening, level)
    facts, rest = _told_changes(happening)
    mention = own_name_mention(document, radar.settings.organisation)
    keys = tuple(event.key for event in events)
    seen = min(event.seen for event in events)
    first_version = any(event.old_version_id is None for event in events)
    who, to = speakers(document)
    parts = unit.snapshots.parts(main.version.id)
    return Item(
        id=publication.item_id,
        level=level,
        kind=document.kind,
        states=tuple(dict.fromkeys(event.kind for event in events)),
        heading=_named(radar, document, heading(main, happening.copies)),
        url=document.url,
        who=who,
        to=to,
        reference=reference(publication.canonical, document),
        dossier=document.dossier_title,
        line=factual_line(document, radar.settings.organisation) if first_version else "",
        mention=Mention(*mention) if mention and first_version else None,
        changes=facts,
        text_changes=rest,
        chain=chain(unit, digest, publication, main),
        why=reasons_shown(reasons),
        why_quote=_why_quote(reasons, document),
        dated=document.dated,
        published=_as_dated(document.published),
        seen=seen,
        late=any(event.release is Release.OPEN for event in events)
        and first_version
        and document.dated is not None
        and local(seen).date() - document.dated > LATE,
        due=answer_due(unit, publication, document),
        told_before=told_before(unit, keys),
        seen_in_full=bool(keys) and all(key in told_here for key in keys),
        also=elsewhere(main, happening.copies),
        snapshot=parts[-1].sha256 if parts else "",
        provisional=document.scheme is not None and document.scheme.provisional,
        event_keys=keys,
    )


def held_groups(digest: DigestSettings, happenings: Sequence[Happening]) -> tuple[HeldGroup, ...]:
    """The papers that were ranked lower, counted per reason, largest group first."""
    grouped: dict[Why, list[Link]] = {}
    for happening in happenings:
        reasons = _strongest(digest, happening.assessed, Level.HELD)
        other = next((r for r in reasons if r.rule.startswith("negative:")), None)
        reason = reasons_shown((other,))[0] if other else Why(Ground.TOO_FEW)
        main = happening.main
        grouped.setdefault(reason, []).append(Link(heading(main, happening.copies), main.document.url))
    groups = [HeldGroup(why, len(links), tuple(sorted(links, key=lambda link: link.text))) for why, links in grouped.items()]
    return tuple(sorted(groups, key=lambda found: (-found.count, found.reason.ground.value, found.reason.said)))


def _named(radar: Radar, document: Document, title: str) -> str:
    """A scheme's page under the name by which readers know the scheme."""
    if document.scheme is None:
        return title
    name = scheme_name(radar, document)
    return title if name.casefold() in title.casefold() else f"{name}: {title}"


def _told_changes(happening: Happening) -> tuple[tuple[Change, ...], int]:
    """The changes to show one by one and how many others are counted: where facts of a scheme changed these speak."""
    changes = tuple(change for event in happening.events for change in event.changes)
    facts = tuple(change for change in changes if change.sort is ChangeSort.FACT)
    return (facts, len(changes) - len(facts)) if facts else (changes, 0)


def _telling(digest: DigestSettings, happening: Happening, level: Level) -> tuple[Reason, ...]:
    """The reasons of the event that gave the level. Copies say the same, so one of them speaks: the quoted one if it did."""
    pairs = list(zip(happening.events, happening.assessed, strict=True))
    telling = [(event, found) for event, found in pairs if level_for(digest, found) is level]
    quoted = (found for event, found in telling if event.resource_id == happening.main.resource.id)
    chosen = next(quoted, telling[0][1] if telling else ())
    return _strongest(digest, [chosen], level)


def _strongest(digest: DigestSettings, assessed: Sequence[Sequence[Assessment]], level: Level) -> tuple[Reason, ...]:
    """The reasons of the assessments that gave the level, without doubles, in order."""
    wanted = selected_topics(digest)
    found = [one for group_ in assessed for one in group_ if one.topic in wanted and one.level is level]
    return tuple(dict.fromkeys(reason for assessment in found for reason in assessment.reasons))


def _why_quote(reasons: Sequence[Reason], document: Document) -> str:
    """The sentence of the weightiest reason that is not just the title."""
    weighty = sorted(reasons, key=lambda reason: -reason.weight)
    return next((r.sentence for r in weighty if r.sentence and r.rule in COUNTED and r.sentence != document.title), "")


def _as_dated(published: date | datetime | None) -> date | datetime | None:
    """A moment at midnight is a publisher's way to write a day."""
    if isinstance(published, datetime) and local(published).time() == time():
        return local(published).date()
    return published
