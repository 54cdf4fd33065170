"""Two versions of a paper side by side: the one model of what changed, from which everything that is shown is made.

The text stands in full, section by section, so that a page can show both sides; scheme facts, title and attachments stand as the
changes that they are. `Comparison.changes` are empty if and only if the content hashes are equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.attachment_changes import attachment_changes, order_change
from domain.change import Change, ChangeSort
from domain.differences import Block, BlockSort, Difference, diff
from domain.documents import Document, Kind, Passage
from domain.fact_changes import fact_changes, sheet_changes
from domain.text_changes import text_changes

_KINDS = {
    Kind.LETTER: "brief",
    Kind.QUESTION: "vraag",
    Kind.ANSWER: "antwoord",
    Kind.EXTENSION: "uitstelbericht",
    Kind.REPORT: "rapport",
    Kind.MOTION: "motie",
    Kind.DEBATE: "debat",
    Kind.REGULATION: "regeling in het publicatieblad",
    Kind.SCHEME: "subsidieregeling",
    Kind.NEWS: "nieuwsbericht",
    Kind.ATTACHMENT: "bijlage",
    Kind.OTHER: "ander stuk",
}


@dataclass(frozen=True, slots=True)
class Section:
    """The paragraphs under one heading; `was` is the heading above them before ("" for none, or for a new section)."""

    heading: str
    was: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one version became another.

    `facts` are the changes of the scheme sheet; `frame` those of title and kind; `paragraphs` those of the text, one by one as a
    reader is told them; `others` what else differs (attachments, and what no reader of the text would see). `text` is exact:
    `domain.differences.apply` makes the new text of the old with it; `sections` are the same blocks under their headings.
    """

    facts: tuple[Change, ...]
    frame: tuple[Change, ...]
    paragraphs: tuple[Change, ...]
    others: tuple[Change, ...]
    text: Difference
    sections: tuple[Section, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, facts first."""
        return (*self.facts, *self.frame, *self.paragraphs, *self.others)


def comparison(old: Document, new: Document) -> Comparison:
    """How `old` became `new`. Remove noise from both documents first (`Document.without`): it is never told as a change."""
    text = diff([p.text for p in old.passages], [p.text for p in new.passages])
    facts = tuple(fact_changes(old.scheme, new.scheme))
    frame = tuple(_frame(old, new))
    paragraphs = tuple(text_changes(text, old.passages, new.passages))
    others = tuple(attachment_changes(old.attachments, new.attachments))
    if not (facts or frame or paragraphs or others) and old.content_hash() != new.content_hash():
        others = tuple(_unseen(old, new)) or (_other(old, new),)
    return Comparison(facts, frame, paragraphs, others, text, tuple(_sections(text, old.passages, new.passages)))


def _sections(text: Difference, old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Section]:
    """Runs of blocks under one heading. What was dropped stays in the section that its own became, when that has another name."""
    became: dict[str, str] = {}
    for block in text.blocks:
        if block.sort in (BlockSort.EQUAL, BlockSort.REPLACE):
            became.setdefault(old[block.old_index or 0].heading, new[block.new_index or 0].heading)
    came = {heading: was for was, heading in reversed(became.items())}
    stood = {passage.heading for passage in old}
    run: list[Block] = []
    heading = ""
    for block in text.blocks:
        if block.new_index is not None:
            under = new[block.new_index].heading
        else:
            was = old[block.old_index or 0].heading
            under = became.get(was, was)
        if run and under != heading:
            yield Section(heading, came.get(heading, heading if heading in stood else ""), tuple(run))
            run = []
        heading = under
        run.append(block)
    if run:
        yield Section(heading, came.get(heading, heading if heading in stood else ""), tuple(run))


def _frame(old: Document, new: Document) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(ChangeSort.TITLE, "titel", old.title, new.title)
    if old.kind is not new.kind:
        yield Change(ChangeSort.TEXT, "soort stuk", _KINDS[old.kind], _KINDS[new.kind])


def _unseen(old: Document, new: Document) -> Iterator[Change]:
    """What differs where facts, words and attachments are the same: headings, places, order, the sentences of facts."""
    headings = [(was.heading, now.heading) for was, now in zip(old.passages, new.passages, strict=False)]
    for was, now in dict.fromkeys(pair for pair in headings if pair[0] != pair[1]):
        yield Change(ChangeSort.TEXT, "kop boven de tekst", was, now)
    fields = [(was.field.value, now.field.value) for was, now in zip(old.passages, new.passages, strict=False)]
    for was, now in dict.fromkeys(pair for pair in fields if pair[0] != pair[1]):
        yield Change(ChangeSort.TEXT, "plaats van de tekst in het stuk", was, now)
    yield from order_change(old.attachments, new.attachments)
    yield from sheet_changes(old.scheme, new.scheme)


def _other(old: Document, new: Document) -> Change:
    """The last word, for what no reader could put into words: that the content is not the same."""
    return Change(ChangeSort.TEXT, "overige gegevens", old.content_hash()[:12], new.content_hash()[:12])
