"""From blocks of a page to passages: heading above, lead before body, tables row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from domain.documents import Field, Passage
from domain.text import repair

LEAD_LENGTH = 1500  # characters of running text that count as the opening of a paper


@dataclass(slots=True)
class Collector:
    """Passages in the order of the paper. Texts are repaired here, once; empty ones are left out.

    A heading is a passage of its own whose `heading` equals its text, so that its words are compared and judged as well.
    """

    passages: list[Passage] = field(default_factory=list)
    footnotes: list[Passage] = field(default_factory=list)
    heading: str = ""
    prefix: str = ""

    def add(self, text: str, kind: Field = Field.BODY) -> None:
        """One paragraph, list item or table row under the present heading; a waiting `prefix` (a number) goes before it."""
        if clean := repair(text):
            self.passages.append(Passage(kind, f"{self.prefix} {clean}".lstrip(), self.heading))
            self.prefix = ""

    def head(self, text: str) -> None:
        """A heading: what follows stands under it."""
        if clean := repair(text):
            self.heading = clean
            self.passages.append(Passage(Field.BODY, clean, clean))

    def note(self, text: str, anchor: str = "") -> None:
        """A footnote with the sentence that it belongs to; footnotes stand after everything else."""
        if clean := repair(text):
            self.footnotes.append(Passage(Field.FOOTNOTE, clean, anchor=anchor))

    def all(self) -> tuple[Passage, ...]:
        """Everything, footnotes last."""
        return (*self.passages, *self.footnotes)


def with_lead(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages with running text marked as LEAD until 1,500 characters of it have gone by."""
    out = []
    length = 0
    for passage in passages:
        if passage.field is Field.BODY:
            if length < LEAD_LENGTH:
                passage = replace(passage, field=Field.LEAD)
            length += len(passage.text)
        out.append(passage)
    return tuple(out)


def row_text(labels: Sequence[str], cells: Sequence[str]) -> str:
    """One table row as a line: "label: value" per cell where the column has a label, else the cells themselves.

    A row of two cells without column labels reads as "first: second", as in tables of facts.
    """
    said = [repair(cell) for cell in cells]
    if not any(labels) and len(said) == 2 and all(said):
        return f"{said[0].rstrip(':')}: {said[1]}"
    parts = []
    for place, cell in enumerate(said):
        label = repair(labels[place]).rstrip(":") if place < len(labels) else ""
        if cell:
            parts.append(f"{label}: {cell}" if label and label != cell else cell)
    return "; ".join(parts)
