"""What leads an issue: the order of its items, and which of them carry its news. `notifications.headlines` puts it into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.attention import KIND_ORDER, by_dossier, is_crowded
from domain.changes import Change, ChangeSort
from domain.digests import Item
from domain.documents import Kind
from domain.events import EventKind
from domain.scheme_words import NOT_READ, fact_value
from domain.schemes import SchemeFact, SchemeField, SchemeStatus, Unit

SUBJECT_LENGTH = 90
"""A subject line is at most this long: what a telephone shows and a mail client never folds away."""

EXHAUSTED = fact_value(SchemeFact(SchemeField.STATUS, SchemeStatus.EXHAUSTED.value, Unit.LABEL, ""))
"""How a comparison says that the money ran out."""

NEWS_ORDER = (Kind.LETTER, Kind.ANSWER, Kind.REPORT, Kind.QUESTION)
"""Which kinds lead, after changed schemes; then the others; a notice of extension last: it says that there is no news yet."""


def in_reading_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """Must-read first; within a level by kind, dossier, date (newest first) and id, so that the order never depends on chance.

    More than a reader can take one after the other go by dossier below must-read (`domain.attention`).
    """
    ordered = tuple(
        sorted(items, key=lambda i: (i.level.rank, KIND_ORDER.index(i.kind), i.dossier, -_day(i.dated).toordinal(), i.id))
    )
    return by_dossier(ordered) if is_crowded(ordered) else ordered


def leading(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that are news to this reader, the weightiest first: by level, then as `NEWS_ORDER` says, then as they stood."""
    return tuple(sorted((i for i in items if not i.seen_in_full), key=lambda i: (i.level.rank, _place(i))))


def changed_facts(item: Item) -> tuple[Change, ...]:
    """The facts of a scheme that changed."""
    return tuple(change for change in item.changes if change.sort is ChangeSort.FACT)


def telling_fact(item: Item) -> Change | None:
    """The changed fact that carries the news: a budget that ran out, then the status, then as they stood; those that were not
    stated, or could not be read, before or after come last. None when no fact changed."""
    return min(changed_facts(item), key=_telling, default=None)


def only_ahead(item: Item) -> bool:
    """True when nothing happened to the paper but that a date in it came near."""
    return set(item.states) == {EventKind.MOMENT}


def cut(text: str, length: int) -> str:
    """The text, shortened at a word with an ellipsis when it is longer."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:·") + "…"


def _telling(change: Change) -> tuple[bool, bool, bool]:
    unread = change.before == NOT_READ or change.after == NOT_READ or not change.after
    return (change.after != EXHAUSTED, unread, not change.label.startswith("status"))


def _place(item: Item) -> int:
    if changed_facts(item):
        return -1
    if item.kind is Kind.EXTENSION or only_ahead(item):
        return len(NEWS_ORDER) + 1
    return NEWS_ORDER.index(item.kind) if item.kind in NEWS_ORDER else len(NEWS_ORDER)


def _day(value: date | None) -> date:
    return value or date(1, 1, 1)
