"""A comparison of two versions, worded and in reading order, before it takes a notation: what all its renderings share.

`VersionDifference` (facts) -> `DifferenceOutline` (words, order) -> terminal, plain text, HTML, Slack, JSON. All of them walk
the same outline, so all show the same items in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.differences import BlockSort
from domain.word_differences import Words, WordSort
from notifications.outline import Step
from notifications.words_difference import phrase

CONTEXT = 12  # words kept on each side of a change where unchanged text is collapsed


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed paragraph: what happened to it, and its words. `number` counts the items of the comparison from 1."""

    number: int
    label: str
    sort: BlockSort
    runs: tuple[Words, ...]

    @property
    def before(self) -> tuple[Words, ...]:
        """The old side."""
        return tuple(run for run in self.runs if run.sort is not WordSort.INSERT)

    @property
    def after(self) -> tuple[Words, ...]:
        """The new side."""
        return tuple(run for run in self.runs if run.sort is not WordSort.DELETE)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A run of paragraphs that are as they were, and the line that stands for them."""

    said: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What happened under one heading, in order; without a heading for text between headings where nothing changed."""

    heading: str
    entries: tuple[Edit | Unchanged, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A change with a value before and after: of the scheme sheet, the title, an attachment."""

    number: int
    step: Step


@dataclass(frozen=True, slots=True)
class Origin:
    """One of the two versions in words; `hash` is the beginning of its stored copy's SHA-256, "" when there is none."""

    label: str
    id: str
    url: str
    version: str
    seen: str
    hash: str
    title: str


@dataclass(frozen=True, slots=True)
class DifferenceOutline:
    """A whole comparison. `alone` is the line that says there is nothing to compare, "" otherwise."""

    language: str
    title: str
    older: Origin
    newer: Origin
    count: int
    counted: str
    facts: tuple[Row, ...]
    frame: tuple[Row, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    alone: str = ""

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language of this comparison."""
        return phrase(self.language, key, **values)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All changed paragraphs in reading order."""
        return tuple(entry for part in self.parts for entry in part.entries if isinstance(entry, Edit))


def condensed(runs: Iterable[Words]) -> tuple[Words, ...]:
    """The runs with long unchanged stretches cut to a few words beside each change."""
    listed = tuple(runs)
    out = []
    for place, run in enumerate(listed):
        said = run.text.split()
        edges = (place > 0) + (place + 1 < len(listed))
        if run.sort is WordSort.EQUAL and len(listed) > 1 and len(said) > CONTEXT * edges + 1:
            head = " ".join(said[:CONTEXT]) + " " if place else ""
            tail = " " + " ".join(said[-CONTEXT:]) if place + 1 < len(listed) else ""
            lead, rest = (" " if run.text[:1].isspace() else ""), (" " if run.text[-1:].isspace() else "")
            run = Words(run.sort, f"{lead if place else ''}{head}…{tail}{rest if tail else ''}")
        out.append(run)
    return tuple(out)
