"""What earlier issues of a digest told and no longer holds: told once, in its next issue, to those who got them.

A paper that vanished or was corrected since brings an event of its own, which every digest that selects the paper has to tell. An
event that should not have been told at all is retracted (`retract`): that is an event too, so that it is told once, survives a
crash, and goes to nobody who did not get the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.assessments import Level
from domain.change import Change, ChangeSort
from domain.digests import Correction, CorrectionSort
from domain.events import EventKind
from services.copies import copies_of, heading, main_copy
from services.settings import DigestSettings
from storage.events import RecordedEvent
from storage.issues import DigestRun
from storage.unit_of_work import Unit

SORTS = {EventKind.WITHDRAWN: CorrectionSort.WITHDRAWN, EventKind.CORRECTED: CorrectionSort.CORRECTED}


def corrections(unit: Unit, settings: DigestSettings, events: Iterable[RecordedEvent]) -> tuple[Correction, ...]:
    """The corrections that this issue's events bring: one per paper, naming the issue of this digest that told it first."""
    found: dict[int, Correction] = {}
    for event in events:
        sort = sort_of(event)
        if sort is None:
            continue
        issue = _told(unit, settings, event)
        if issue is not None:
            found[event.publication_id] = _correction(unit, sort, issue, event)
    return tuple(sorted(found.values(), key=lambda one: (one.number, one.heading)))


def sort_of(event: RecordedEvent) -> CorrectionSort | None:
    """What an event says of something told earlier; None for all others."""
    if retraction(event) is not None:
        return CorrectionSort.RETRACTED
    return SORTS.get(event.kind)


def retraction(event: RecordedEvent) -> Change | None:
    """The change of an event that says that another was told by mistake."""
    return next((change for change in event.changes if change.sort is ChangeSort.RETRACTED), None)


def shown_in(unit: Unit, settings: DigestSettings, event: RecordedEvent) -> DigestRun | None:
    """The issue of this digest that showed an event to its readers; None when none did, or it was only counted there."""
    level = unit.issues.shown_level(event.id, settings.name)
    if level is None or level is Level.HELD or level not in settings.levels:
        return unit.issues.start_with(event.key, settings.name)  # which shows what was there before, without rows of its own
    return unit.issues.issue_of(event.id, settings.name)


def first_shown(unit: Unit, settings: DigestSettings, publication_id: int) -> DigestRun | None:
    """The first issue of this digest that showed something of a paper."""
    found = (shown_in(unit, settings, event) for event in unit.events.of_publication(publication_id))
    return next((issue for issue in found if issue is not None), None)


def _told(unit: Unit, settings: DigestSettings, event: RecordedEvent) -> DigestRun | None:
    """The issue that told what this event corrects."""
    wrong = retraction(event)
    if wrong is None:
        return first_shown(unit, settings, event.publication_id)
    told = next((one for one in unit.events.of_publication(event.publication_id) if one.key == wrong.before), None)
    return shown_in(unit, settings, told) if told is not None else None


def _correction(unit: Unit, sort: CorrectionSort, issue: DigestRun, event: RecordedEvent) -> Correction:
    publication = unit.publications.get(event.publication_id)
    copies = copies_of(unit, (publication.id,))[publication.id]
    wrong = retraction(event)
    main = main_copy(copies, publication.canonical) if copies else None
    return Correction(
        sort=sort,
        number=issue.number,
        made=issue.made,
        heading=heading(main, copies) if main else publication.canonical,
        url=main.document.url if main else "",
        reason=wrong.after if wrong else "",
    )
