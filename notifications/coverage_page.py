"""A register as one page to read and to print: headings, lines and tables. No scripts, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from notifications.safe import clean
from notifications.templating import template


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `number` stands to the right, `bad` asks for attention."""

    text: str
    number: bool = False
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its head. `empty` is said in its place when it has no rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines and tables under it."""

    heading: str
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The whole page."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    language: str = "nl"


def render_coverage(register: Register) -> str:
    """The page as one HTML document; the same register gives the same text."""
    return template("register.html").render(register=_cleaned(register))


def _cleaned(register: Register) -> Register:
    """Every text as one harmless line: titles and reasons come from elsewhere."""
    return replace(
        register,
        title=clean(register.title),
        lines=tuple(map(clean, register.lines)),
        parts=tuple(
            Part(clean(part.heading), tuple(map(clean, part.lines)), tuple(map(_table, part.tables))) for part in register.parts
        ),
    )


def _table(table: Table) -> Table:
    rows = tuple(tuple(replace(cell, text=clean(cell.text)) for cell in row) for row in table.rows)
    return Table(clean(table.caption), tuple(map(clean, table.heads)), rows, clean(table.empty))
