"""A comparison as lines of text: for a terminal with colours, and for everything else with marks that need none.

A line is a row of pieces, each with what happened to it; the plain form writes [-gone-] and {+come+}, which diff readers know,
and [<moved away<] and {>moved here>}. A terminal shows the same pieces in colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.differences import BlockSort
from domain.word_differences import Words, WordSort
from notifications.difference_outline import DifferenceOutline, Edit, Origin, Row, condensed

_SIGNS = {BlockSort.INSERT: "+", BlockSort.DELETE: "-", BlockSort.MOVE: ">"}
_WIDEST = 44  # characters of a column of the table; longer values push the next one aside
_GAP = "  "


class Ink(StrEnum):
    """What a piece of a line is, so that a terminal can colour it."""

    PLAIN = "plain"
    TITLE = "title"
    SOFT = "soft"
    GONE = "gone"
    COME = "come"
    LEFT = "left"  # moved away from here
    ARRIVED = "arrived"  # moved here
    WAS = "was"  # in a table: its column says which side it is, so that it needs no marks
    BECOMES = "becomes"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line."""

    text: str
    ink: Ink = Ink.PLAIN


Line = tuple[Piece, ...]
_MARKS = {Ink.GONE: ("[-", "-]"), Ink.COME: ("{+", "+}"), Ink.LEFT: ("[<", "<]"), Ink.ARRIVED: ("{>", ">}")}
_INKS = {
    (WordSort.DELETE, False): Ink.GONE,
    (WordSort.INSERT, False): Ink.COME,
    (WordSort.DELETE, True): Ink.LEFT,
    (WordSort.INSERT, True): Ink.ARRIVED,
}


def render_difference_text(outline: DifferenceOutline) -> str:
    """The comparison as plain text with marks."""
    return "".join(f"{plain(line)}\n" for line in difference_lines(outline))


def plain(line: Line) -> str:
    """One line without colours."""
    return "".join(_marked(piece) for piece in line).rstrip()


def difference_lines(outline: DifferenceOutline) -> Iterator[Line]:
    """The comparison line by line: header, Was/Wordt table, then the text under its headings."""
    yield (Piece(outline.title, Ink.TITLE),)
    yield (Piece(f"{outline.newer.id}  {outline.newer.url}".rstrip(), Ink.SOFT),)
    if outline.alone:
        yield (Piece(outline.alone),)
        return
    for origin in (outline.older, outline.newer):
        yield _origin(origin, other=outline.newer)
    for note in outline.notes:
        yield (Piece(note, Ink.SOFT),)
    yield (Piece(outline.counted),)
    for heading, rows in ((outline.say("facts"), outline.facts), (outline.say("frame"), outline.frame)):
        if rows:
            yield ()
            yield (Piece(heading, Ink.TITLE),)
            yield from _table(outline, rows)
    if outline.parts:
        yield ()
        yield (Piece(outline.say("text"), Ink.TITLE),)
    for part in outline.parts:
        if part.heading:
            yield ()
            yield (Piece(f"# {part.heading}", Ink.TITLE),)
        for entry in part.entries:
            if isinstance(entry, Edit):
                yield from _edit(entry)
            else:
                yield (Piece(f"  {entry.said}", Ink.SOFT),)


def _origin(origin: Origin, other: Origin) -> Line:
    said = f"{origin.label}: {origin.version}, {origin.seen}" + (f", {origin.hash}" if origin.hash else "")
    if origin.id != other.id:
        said += f", {origin.id}  {origin.url}"
    return (Piece(said, Ink.SOFT),)


def _table(outline: DifferenceOutline, rows: tuple[Row, ...]) -> Iterator[Line]:
    heads = (outline.say("part"), outline.say("was"), outline.say("becomes"))
    cells = [(row.step.label, row.step.before or "–", row.step.after or "–") for row in rows]
    wide = [min(_WIDEST, max(len(line[place]) for line in (heads, *cells))) for place in (0, 1)]
    yield (Piece(f"  {heads[0]:<{wide[0]}}{_GAP}{heads[1]:<{wide[1]}}{_GAP}{heads[2]}", Ink.SOFT),)
    for row, (label, before, after) in zip(rows, cells, strict=True):
        yield (
            Piece(f"  {label:<{wide[0]}}{_GAP}"),
            Piece(before, Ink.WAS if row.step.before else Ink.SOFT),
            Piece(" " * max(0, wide[1] - len(before)) + _GAP),
            Piece(after, Ink.BECOMES if row.step.after else Ink.SOFT),
            Piece(f"  ({row.step.delta})" if row.step.delta else ""),
        )


def _edit(edit: Edit) -> Iterator[Line]:
    sign = _SIGNS.get(edit.sort, "~")
    yield (Piece(f"{sign} {edit.label}:", Ink.SOFT),)
    yield (Piece("  "), *_pieces(edit.runs))


def _pieces(runs: Iterable[Words]) -> Iterator[Piece]:
    for run in condensed(runs):
        yield Piece(run.text, _INKS.get((run.sort, run.moved), Ink.PLAIN))


def _marked(piece: Piece) -> str:
    before, after = _MARKS.get(piece.ink, ("", ""))
    return f"{before}{piece.text}{after}"
