"""What a reader can bear: above 25 papers an issue is set by dossier, the best three of each shown and the others counted.

A budget chapter is a dossier (36 700 XIII), so that on Prinsjesdag each ministry is one group. What must be read, and what
changes a scheme, is never counted away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.assessments import Level
from domain.change import ChangeSort
from domain.digests import Item
from domain.documents import Kind

MOST = 25
"""Items that can be read one after the other; more are set by dossier."""

BEST = 3
"""How many of a dossier are shown then."""

KIND_ORDER = list(Kind)
TABLED = (ChangeSort.FACT, ChangeSort.CONFLICT)
"""Changes that stand in the table Was/Wordt."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one dossier gets of an issue: its id and title ("" for papers of one kind that have none), the items that are shown,
    best first, and those that are counted."""

    dossier: str
    title: str
    kind: Kind
    best: tuple[Item, ...]
    rest: tuple[Item, ...]


def is_crowded(items: Sequence[Item]) -> bool:
    """True when there are more items than can be read one after the other."""
    return len(items) > MOST


def changes_scheme(item: Item) -> bool:
    """True when it is news that a fact of a scheme changed, or that its sources contradict each other."""
    return not item.seen_in_full and any(change.sort in TABLED for change in item.changes)


def shares(items: Sequence[Item], best: int = BEST) -> tuple[Share, ...]:
    """The items by dossier, or by kind where they have none; within it the highest score first. The dossier with the best item
    comes first; what has no dossier last."""
    grouped: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        grouped.setdefault((item.dossier_id, "" if item.dossier_id else item.kind.value), []).append(item)
    found = [_share(sorted(group, key=_merit), best) for group in grouped.values()]
    return tuple(sorted(found, key=lambda share: (not share.dossier, *_merit(share.best[0]))))


def _share(items: Sequence[Item], best: int) -> Share:
    first = items[0]
    title = next((item.dossier for item in items if item.dossier), "") if first.dossier_id else ""
    return Share(first.dossier_id, title, first.kind, tuple(items[:best]), tuple(items[best:]))


def _merit(item: Item) -> tuple[int, bool, int, int, str]:
    """What comes first within a level: news before what was told already, then the score, the kind, the date and the id."""
    return (item.level.rank, item.seen_in_full, -item.score, KIND_ORDER.index(item.kind), item.id)


def by_dossier(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items of a crowded issue in the order in which they are shown: what must be read as it stands, the others per level by
    dossier."""
    least = [item for item in items if item.level is Level.MUST_READ]
    ordered = list(least)
    for level in (Level.RELEVANT, Level.MENTION, Level.HELD):
        for share in shares([item for item in items if item.level is level]):
            ordered += (*share.best, *share.rest)
    return tuple(ordered)
