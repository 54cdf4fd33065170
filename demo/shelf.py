"""The papers of one site as they stand at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from demo.paper import Content, Paper

C = TypeVar("C", bound=Content)


@dataclass(frozen=True, slots=True)
class Shown(Generic[C]):
    """A paper as it shows: `changed` is when the present version appeared, `first` when the first did."""

    id: str
    content: C
    first: datetime
    changed: datetime


class Shelf(Generic[C]):
    """All papers of one content type."""

    def __init__(self, papers: Iterable[Paper], *kinds: type[C]) -> None:
        """Keep the papers whose first version is of one of these content types. Raises ValueError on a repeated id."""
        self._kinds = kinds
        self._papers: dict[str, Paper] = {}
        for paper in papers:
            if isinstance(paper.versions[0].content, kinds):
                if paper.id in self._papers:
                    raise ValueError(f"two papers have the id {paper.id}")
                self._papers[paper.id] = paper

    def find(self, identifier: str, now: datetime) -> Shown[C] | None:
        """The paper with this id as it shows now, or None."""
        paper = self._papers.get(identifier)
        return self._shown(paper, now) if paper else None

    def all(self, now: datetime) -> list[Shown[C]]:
        """Everything that shows now, in the order of the papers."""
        shown = (self._shown(paper, now) for paper in self._papers.values())
        return [one for one in shown if one is not None]

    def _shown(self, paper: Paper, now: datetime) -> Shown[C] | None:
        version = paper.at(now)
        if version is None or not isinstance(version.content, self._kinds):
            return None
        return Shown(paper.id, version.content, paper.first_seen, version.visible_from)


def latest(shown: Sequence[Shown[C]]) -> datetime | None:
    """When the last of these changed; None when there are none."""
    return max((one.changed for one in shown), default=None)
