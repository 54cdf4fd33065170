"""How much an event matters to a topic, and why: levels, reasons and the sum that ties them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """The four levels; every event has exactly one per topic, nothing is dropped (design decision 6)."""

    MUST_READ = "must_read"
    RELEVANT = "relevant"
    MENTION = "mention"
    HELD = "held"

    @property
    def rank(self) -> int:
        """0 for must_read up to 3 for held: smaller is more urgent."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that moved the score.

    `weight` is in hundredths of a point and may be negative. `rule` names the rule of `docs/relevance.md` that applied; `term`
    the term id or followed id; `words` the term as it stands in the text; `count` how often; `field` where; `sentence` an exact
    quote of the document ("" only for rules that rest on no text, such as a floor).
    """

    rule: str
    weight: int
    term: str = ""
    words: str = ""
    field: str = ""
    count: int = 1
    sentence: str = ""

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready form from which `from_json` rebuilds an equal reason."""
        return {
            "rule": self.rule,
            "weight": self.weight,
            "term": self.term,
            "words": self.words,
            "field": self.field,
            "count": self.count,
            "sentence": self.sentence,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Reason:
        """The reason that `to_json` wrote down."""
        return Reason(**data)


@dataclass(frozen=True, slots=True)
class Assessment:
    """An event's level for one topic (or for `follow:<id>`). The weights of the reasons sum to `score` (hundredths)."""

    topic: str
    level: Level
    score: int
    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        total = sum(reason.weight for reason in self.reasons)
        if total != self.score:
            raise ValueError(f"reasons sum to {total}, not to the score {self.score}")
