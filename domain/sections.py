"""A paper cut into the pieces that are weighed: which words stand where, and which of them speak at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.changes import Change, ChangeSort
from domain.documents import Document, Field, Kind
from domain.events import EventKind
from domain.sentences import spans
from domain.topic_pack import ATTACHMENT_TITLE, CHANGED, URL
from domain.word_forms import addresses_in, url_text

OPENING = 1500  # characters of running text that count as the lead
FRAME = "frame"  # read for context and negatives only, never weighed
_FRAMING = frozenset((Field.TITLE.value, Field.SUBJECT.value, FRAME))
_ONLY_CHANGE_SPEAKS = frozenset(
    (
        EventKind.REVISED,
        EventKind.CORRECTED,
        EventKind.SCHEME_CHANGED,
        EventKind.ATTACHMENT_ADDED,
        EventKind.ATTACHMENT_REPLACED,
        EventKind.ATTACHMENT_REMOVED,
    )
)
_RUNNING = frozenset((Field.BODY, Field.LEAD))
# How the opening of a report of a debate lists what was on the agenda: letters with their dates and numbers.
_AGENDA = re.compile(r"\bagenda|\bkamerstuk|\bbrief van\b|\bbrief over\b|\bd\.d\.|geannoteerde", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of a paper. `opening` is how many of its first characters weigh as the lead instead of as `slot`."""

    slot: str
    text: str
    opening: int = 0
    opening_slot: str = Field.LEAD.value

    def slot_at(self, offset: int) -> str:
        """The place in the paper that a hit at this offset stands in."""
        return self.opening_slot if offset < self.opening else self.slot

    @property
    def framing(self) -> bool:
        """True for pieces that say what the whole paper is about: context and negatives in them hold for every other piece."""
        return self.slot in _FRAMING


def sections(document: Document, kind: EventKind, changes: Sequence[Change], attachment: bool = False) -> tuple[Section, ...]:
    """The pieces that speak for this event, in the order of the paper.

    For a paper that was known already only the changed part speaks; its title gives context but no points. The opening of a
    question or answer is the question itself; the opening of a report of a debate is its agenda as far as it lists papers.
    """
    frame = [Section(FRAME, text) for text in (document.dossier_title,) if text]
    if changes and kind in _ONLY_CHANGE_SPEAKS:
        frame.append(Section(FRAME, document.title))
        return (*frame, *(Section(CHANGED, text) for change in changes for text in _changed(change)))
    title = Section(ATTACHMENT_TITLE if attachment else Field.TITLE.value, document.title)
    names = [Section(ATTACHMENT_TITLE, ref.title) for ref in document.attachments]
    pieces = [*frame, title, *_passages(document, attachment), *names]
    return with_addresses(pieces, document.url)


def with_addresses(pieces: Sequence[Section], *more: str) -> tuple[Section, ...]:
    """These pieces, less empty ones, and the words of every address that stands in them or is given beside them."""
    addresses = (*more, *(url for piece in pieces for url in addresses_in(piece.text)))
    return tuple(piece for piece in (*pieces, *(Section(URL, url_text(url)) for url in addresses)) if piece.text)


def only_change_speaks(kind: EventKind, changes: Sequence[Change]) -> bool:
    """True when the unchanged part of the paper is left out of the judgement (rule `only_changed_part`)."""
    return bool(changes) and kind in _ONLY_CHANGE_SPEAKS


def _changed(change: Change) -> tuple[str, ...]:
    """The words of one difference: what is there now, or what is gone. A fact is read with its label and sentence."""
    said = change.after or change.before
    if change.sort is ChangeSort.FACT:
        return (f"{change.label}: {said}", change.sentence) if change.sentence else (f"{change.label}: {said}",)
    return (said,)


def _passages(document: Document, attachment: bool) -> list[Section]:
    asks = document.kind in (Kind.QUESTION, Kind.ANSWER) and not any(p.field is Field.QUESTION for p in document.passages)
    opening_slot = Field.QUESTION.value if asks else Field.LEAD.value
    found: list[Section] = []
    read_so_far = 0
    for passage in document.passages:
        if passage.field is Field.BOILERPLATE:
            continue
        slot = passage.field.value
        if attachment and passage.field in _RUNNING:
            slot = Field.ATTACHMENT.value
        left = max(0, OPENING - read_so_far) if passage.field is Field.BODY and not attachment else 0
        if passage.field in _RUNNING:
            read_so_far += len(passage.text) + 1
        if document.kind is Kind.DEBATE and passage.field in _RUNNING and (left or passage.field is Field.LEAD):
            found.extend(_debate_opening(passage.text))
        else:
            found.append(Section(slot, passage.text, left, opening_slot))
    return found


def _debate_opening(text: str) -> list[Section]:
    """The sentences of the opening of a report of a debate: items of its agenda, or plain text of the debate."""
    return [Section(Field.AGENDA.value if _AGENDA.search(text[a:b]) else Field.BODY.value, text[a:b]) for a, b in spans(text)]
