"""What leads an issue: the order of its items, and which of them carry its news. `notifications.headlines` puts it into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.changes import Change, ChangeSort
from domain.digests import Item
from domain.documents import Kind

SUBJECT_LENGTH = 90
"""A subject line is at most this long: what a telephone shows and a mail client never folds away."""

KIND_ORDER = list(Kind)

NEWS_ORDER = (Kind.LETTER, Kind.ANSWER, Kind.REPORT, Kind.QUESTION)
"""Which kinds lead, after changed schemes; then the others; a notice of extension last: it says that there is no news yet."""


def in_reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Must-read first; within a level by kind, dossier, date (newest first) and id, so that the order never depends on chance."""
    return tuple(
        sorted(items, key=lambda i: (i.level.rank, KIND_ORDER.index(i.kind), i.dossier, -_day(i.dated).toordinal(), i.id))
    )


def leading(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that are news to this reader, the weightiest first: by level, then as `NEWS_ORDER` says, then as they stood."""
    return tuple(sorted((i for i in items if not i.seen_in_full), key=lambda i: (i.level.rank, _place(i))))


def changed_facts(item: Item) -> tuple[Change, ...]:
    """The facts of a scheme that changed."""
    return tuple(change for change in item.changes if change.sort is ChangeSort.FACT)


def cut(text: str, length: int) -> str:
    """The text, shortened at a word with an ellipsis when it is longer."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"


def _place(item: Item) -> int:
    if changed_facts(item):
        return -1
    if item.kind is Kind.EXTENSION:
        return len(NEWS_ORDER) + 1
    return NEWS_ORDER.index(item.kind) if item.kind in NEWS_ORDER else len(NEWS_ORDER)


def _day(value: date | None) -> date:
    return value or date(1, 1, 1)
