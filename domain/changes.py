"""Comparing two versions of a paper: what was said before, what is said now, and what that amounts to.

`compare` gives changes if and only if the content hash differs. Scheme facts come first, as a reader writes them, then the title,
the text paragraph by paragraph (`domain.comparison`) and the attachments. A fact that is no longer stated is told as such; no
value is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.change import Change, ChangeSort
from domain.comparison import comparison
from domain.documents import Document
from domain.events import EventKind

__all__ = ["Change", "ChangeSort", "compare", "event_kind"]

_CORRECTION = re.compile(r"\b(?:rectificatie|herdruk|herzien\w*|erratum|verbeterd\w*|gecorrigeerd\w*)\b|-[hn]\d+$", re.IGNORECASE)
_UNCORRECTED = re.compile(r"\bongecorrigeerd\w*", re.IGNORECASE)


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """How `old` became `new`, facts first; empty if and only if their content hashes are equal.

    Remove noise from both documents first (`Document.without`), so that it is never told as a change.
    """
    return () if old.content_hash() == new.content_hash() else comparison(old, new).changes


def event_kind(old: Document, new: Document, changes: Sequence[Change]) -> EventKind:
    """What the changes from `old` to `new` amount to.

    CORRECTED when the new version calls itself a correction or reprint and the old did not, then SCHEME_CHANGED when a fact
    changed, ATTACHMENT_ADDED, ATTACHMENT_REPLACED or ATTACHMENT_REMOVED when nothing but attachments changed, else REVISED.
    """
    if _says_corrected(new) and not _says_corrected(old):
        return EventKind.CORRECTED
    if any(change.sort is ChangeSort.FACT for change in changes):
        return EventKind.SCHEME_CHANGED
    if changes and all(change.sort is ChangeSort.ATTACHMENT for change in changes):
        if any(not change.before for change in changes):
            return EventKind.ATTACHMENT_ADDED
        removed = all(not change.after for change in changes)
        return EventKind.ATTACHMENT_REMOVED if removed else EventKind.ATTACHMENT_REPLACED
    return EventKind.REVISED


def _says_corrected(document: Document) -> bool:
    said = (_UNCORRECTED.sub("", document.title), document.number, document.id, document.raw_kind)
    return any(_CORRECTION.search(text) for text in said)
