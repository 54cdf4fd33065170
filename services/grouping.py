"""Which events make one item: copies of a paper, attachments under their letter, and what one issue tells of one thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.assessments import Assessment
from domain.documents import Kind
from domain.events import EventKind
from services.attachments import head_of
from services.copies import Copy, copies_of, main_copy
from storage.events import RecordedEvent
from storage.publications import Publication
from storage.unit_of_work import Unit

_STAGES = {Kind.QUESTION: 1, Kind.EXTENSION: 2, Kind.ANSWER: 3}
_ATTACHED = (EventKind.ATTACHMENT_ADDED, EventKind.ATTACHMENT_REPLACED)


@dataclass(frozen=True, slots=True)
class Happening:
    """One publication with the events that an issue tells of it and of what hangs on it (attachments, earlier papers of its
    thread), oldest first, how each was judged, and its read copies."""

    publication: Publication
    events: tuple[RecordedEvent, ...]
    assessed: tuple[tuple[Assessment, ...], ...]
    copies: tuple[Copy, ...]

    @property
    def main(self) -> Copy:
        """The copy that is quoted."""
        return main_copy(self.copies, self.publication.canonical)

    @property
    def own(self) -> tuple[RecordedEvent, ...]:
        """The events of the publication itself."""
        return tuple(event for event in self.events if event.publication_id == self.publication.id)

    @property
    def new(self) -> bool:
        """True when the paper itself is seen for the first time."""
        return any(event.old_version_id is None for event in self.own)

    @property
    def attached(self) -> tuple[RecordedEvent, ...]:
        """The events of attachments that hang under it."""
        return tuple(e for e in self.events if e.publication_id != self.publication.id and e.kind in _ATTACHED)

    @property
    def states(self) -> tuple[EventKind, ...]:
        """What happened, oldest first: to the paper itself, and to its attachments unless it is new with them."""
        told = [e for e in self.events if e in self.own or (e in self.attached and not self.new)]
        if self.new:
            told = [e for e in told if e.kind not in _ATTACHED or e.old_version_id is None]
        return tuple(dict.fromkeys(event.kind for event in told))


def group(unit: Unit, events: Iterable[RecordedEvent]) -> tuple[Happening, ...]:
    """Events by the publication under which they are told, in order of first sight; everything about them is loaded once."""
    listed = tuple(events)
    heads = _heads(unit, dict.fromkeys(event.publication_id for event in listed))
    grouped: dict[int, list[RecordedEvent]] = {}
    for event in listed:
        grouped.setdefault(heads[event.publication_id], []).append(event)
    copies = copies_of(unit, grouped)
    judged = unit.events.assessments_of([event.id for event in listed])
    return tuple(
        Happening(unit.publications.get(key), tuple(found), tuple(judged.get(event.id, ()) for event in found), copies[key])
        for key, found in grouped.items()
    )


def _heads(unit: Unit, publications: Iterable[int]) -> dict[int, int]:
    """Under which publication each of these is told."""
    keys = tuple(publications)
    hanging = unit.publications.links_of(keys, "main_paper")
    heads = {key: head_of(unit, key) if hanging.get(key) else key for key in keys}
    latest = _latest_of_thread(unit, keys)
    return {key: latest.get(head, head) for key, head in heads.items()}


def _latest_of_thread(unit: Unit, publications: Sequence[int]) -> Mapping[int, int]:
    """For questions and notices: the paper of the same case that is further in the procedure and is told in the same issue."""
    cases = unit.publications.links_of(publications, "case")
    copies = copies_of(unit, [key for key in publications if cases.get(key)])
    stages = {key: _STAGES.get(found[0].document.kind, 0) for key, found in copies.items() if found}
    furthest: dict[str, int] = {}
    for key, stage in stages.items():
        for case in cases[key] if stage else ():
            if case not in furthest or stage > stages[furthest[case]]:
                furthest[case] = key
    found = {}
    for key, stage in stages.items():
        further = [furthest[case] for case in cases[key] if case in furthest and stages[furthest[case]] > stage]
        if stage and further:
            found[key] = max(further, key=lambda one: (stages[one], -one))
    return found
