"""One difference as a reader is told it: the value that is stored with an event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeSort(StrEnum):
    """What sort of thing changed."""

    FACT = "fact"  # a scheme fact, with before and after
    TITLE = "title"
    TEXT = "text"  # a paragraph added, removed or rewritten
    ATTACHMENT = "attachment"
    CONFLICT = "conflict"  # two sources state it differently: `before` is the provisional one, `after` the final one
    UNREAD = "unread"  # an instruction that was not understood: `after` is its sentence; there is no before
    PLACE = "place"  # the paper is no longer, or again, at its address
    AHEAD = "ahead"  # a dated thing came near: `label` says what, `after` when; there is no before
    RETRACTED = "retracted"  # an event should not have been told: `before` is its key, `after` why


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, readable by itself: never empty, `before` and `after` are never equal.

    `label` says in Dutch what changed ("tarief eerste schijf"); `before` and `after` are as a reader writes them ("40%");
    `delta` is the size of the step where that has a meaning ("-8 procentpunt", "+16,8 %").
    """

    sort: ChangeSort
    label: str
    before: str
    after: str
    delta: str = ""
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.before == self.after:
            raise ValueError(f"no change: {self.label!r} is {self.before!r} before and after")
