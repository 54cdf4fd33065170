"""The digest, worded and in reading order, before it takes a notation: what all renderings share.

`Digest` (facts) -> `Outline` (words, order, cut to length) -> text, HTML, Slack blocks, Markdown. Because every rendering walks
the same outline, all show the same items in the same order. All text in an outline went through `safe.clean`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.digests import Length, Link
from notifications.words import Section


class Tone(StrEnum):
    """How a row of an entry is set."""

    PLAIN = "plain"
    QUOTE = "quote"
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line of an entry; the runs are set apart by a middle dot."""

    label: str
    runs: tuple[Link, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Step:
    """One difference: `lead` and `tail` are the words both sides share around `before` and `after`, one of which may be ""."""

    label: str
    before: str
    after: str
    delta: str = ""
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item: `badge` stands between brackets before the heading, `aside` after it on the same line.

    `said` are sentences about what happened (gone, back, coming near, contradicted, not read). `facts` are the rows of a
    Was/Wordt table, `edits` the other differences, `counted` says how many more there are. `quote_is` says what the quote is
    when it is no sentence of the paper's own. `foot` is the line of small links below; `plain_foot` is that line for notations
    that cannot hide an address behind words. `brief` entries have nothing under their heading but rows of an overview (no
    table, no quote).
    """

    id: str
    badge: str
    heading: str
    url: str
    aside: str = ""
    meta: str = ""
    quote: str = ""
    quote_is: str = ""
    said: tuple[str, ...] = ()
    facts: tuple[Step, ...] = ()
    edits: tuple[Step, ...] = ()
    counted: str = ""
    note: str = ""
    rows: tuple[Row, ...] = ()
    foot: tuple[Link, ...] = ()
    plain_foot: tuple[Link, ...] = ()

    @property
    def brief(self) -> bool:
        """True when only the heading line is shown."""
        return not (self.meta or self.quote or self.said or self.facts or self.edits or self.rows or self.foot)


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one sub-heading ("" for none); `more` counts what of this group is not shown here."""

    heading: str
    entries: tuple[Entry, ...]
    more: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One section with its heading: groups of entries first, then lines under a sub-heading of their own ("" for none); `more`
    counts what was left out from here on."""

    section: Section
    heading: str
    groups: tuple[Group, ...] = ()
    lines: tuple[tuple[Link, ...], ...] = ()
    lines_heading: str = ""
    numbered: bool = False
    more: tuple[Link, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the section, in order."""
        return tuple(entry for group in self.groups for entry in group.entries)


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole digest: header line, opening lines (counts, sources, warnings), sections that are not empty, closing lines.
    `preheader` is what a mail program shows beside the subject."""

    language: str
    subject: str
    preheader: str
    header: str
    tag: str
    opening: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: tuple[tuple[Link, ...], ...]
    was: str
    becomes: str
    part: str
    read: str
    caption: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in reading order."""
        return tuple(entry for block in self.blocks for entry in block.entries)


@dataclass(frozen=True, slots=True)
class Shrink:
    """How far a rendering goes: the longest form per level, how many items (None = all), and whether mentions give their reasons.

    `whole` asks for every item of a crowded issue: what is beyond a dossier's best is shown by its heading, not counted.
    """

    must: Length = Length.CONTEXT
    relevant: Length = Length.CONTEXT
    mention: Length = Length.HEADINGS
    most: int | None = None
    reasons: bool = True
    whole: bool = False


FULL = Shrink()
WHOLE = Shrink(whole=True)
