"""What the first sight and a later version of a paper amount to, for the publication or thread that it belongs to."""

from __future__ import annotations

from domain.assessments import Assessment, Level, Reason
from domain.changes import Change, ChangeSort
from domain.documents import Document, Kind
from domain.events import EventKind
from domain.replacements import replaced
from domain.topic_pack import Levels

_FIRST = {Kind.EXTENSION: EventKind.EXTENDED, Kind.ANSWER: EventKind.ANSWERED}


def first_event(document: Document) -> EventKind:
    """What it means that a paper is seen for the first time: an attachment is added to its letter, a correction corrects, a
    notice extends, an answer answers; every other paper is published. Only the paper itself decides, never what else is known:
    the order of arrival must not matter."""
    if document.main_paper:
        return EventKind.ATTACHMENT_ADDED
    if replaced(document):
        return EventKind.CORRECTED
    return _FIRST.get(document.kind, EventKind.PUBLISHED)


def later_event(document: Document, kind: EventKind) -> EventKind:
    """What a change of a known paper means: a changed attachment was replaced, for whoever follows its letter."""
    changed = kind in (EventKind.REVISED, EventKind.CORRECTED)
    return EventKind.ATTACHMENT_REPLACED if document.main_paper and changed else kind


def first_changes(document: Document) -> tuple[Change, ...]:
    """What the first sight of an attachment changes: its letter has one more."""
    if not document.main_paper:
        return ()
    return (Change(ChangeSort.ATTACHMENT, "bijlage toegevoegd", "", document.title or document.id),)


def settled(kind: EventKind, found: Assessment, levels: Levels) -> Assessment:
    """The assessment of an event for one topic, lowered where the event is a state of something and no news of its own.

    A notice of extension repeats the questions, and with them every word of the topic; what it says is that the answer comes
    later. It stands at relevant at most (rule `extension_is_state`).
    """
    if kind is not EventKind.EXTENDED or found.level is not Level.MUST_READ or found.topic.startswith("follow:"):
        return found
    over = found.score - (levels.must_read - 1)
    reasons = (*found.reasons, Reason("extension_is_state", -over))
    return Assessment(found.topic, Level.RELEVANT, found.score - over, reasons)
