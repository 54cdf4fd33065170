"""The visible text of an HTML region, block by block: headings, paragraphs, list items, table rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import Comment, Declaration, NavigableString, PageElement, ProcessingInstruction

from domain.text import repair, sound
from sources.passages import row_text

_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "data",
        "em",
        "i",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACED = frozenset({"br"})


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page. `level` is 1-6 for a heading, else 0; `href` and `link` are the address and words of its first link."""

    text: str
    level: int = 0
    href: str = ""
    link: str = ""


def blocks(region: Tag) -> Iterator[Block]:
    """Every visible line of a region, in order; hidden elements are left out."""
    run: list[PageElement] = []
    for child in region.children:
        if isinstance(child, Tag):
            if _hidden(child):
                continue
            if child.name in _INLINE and not _holds_block(child):
                run.append(child)
                continue
            yield from _flush(run)
            yield from _block(child)
        elif isinstance(child, NavigableString) and not isinstance(child, Comment | Declaration | ProcessingInstruction):
            run.append(child)
    yield from _flush(run)


def _block(element: Tag) -> Iterator[Block]:
    if element.name in _HEADINGS:
        text = repair(_text(element))
        if text:
            yield Block(text, _HEADINGS[element.name], *_link([element]))
    elif element.name == "table":
        yield from _table(element)
    elif element.name == "dl":
        yield from _definitions(element)
    else:
        yield from blocks(element)


def _flush(run: list[PageElement]) -> Iterator[Block]:
    text = repair("".join(_text(element) for element in run))
    if text:
        yield Block(text, 0, *_link(run))
    run.clear()


def _definitions(element: Tag) -> Iterator[Block]:
    term = ""
    for part in element.find_all(["dt", "dd"]):
        text = repair(_text(part))
        if part.name == "dt":
            term = text
        elif text:
            yield Block(f"{term.rstrip(':')}: {text}" if term else text, 0, *_link([part]))


def _table(element: Tag) -> Iterator[Block]:
    """A line per row: "label: value" per cell under the labels of the heading row (`sources.passages.row_text`)."""
    caption = element.find("caption")
    if isinstance(caption, Tag) and (text := repair(_text(caption))):
        yield Block(text)
    labels: list[str] = []
    carried: dict[int, tuple[int, str]] = {}
    for row in element.find_all("tr"):
        cells = [cell for cell in row.find_all(["td", "th"]) if isinstance(cell, Tag)]
        said = _spread(cells, carried)
        if cells and all(cell.name == "th" for cell in cells):
            labels = said
        elif line := row_text(labels, said):
            yield Block(line, 0, *_link([row]))


def _spread(cells: list[Tag], carried: dict[int, tuple[int, str]]) -> list[str]:
    """The texts of a row by column; a cell over several rows stands in each, one over several columns in its first."""
    said: dict[int, str] = {}
    for place, (left, text) in list(carried.items()):
        said[place] = text
        if left > 1:
            carried[place] = (left - 1, text)
        else:
            del carried[place]
    free = 0
    for cell in cells:
        while free in said:
            free += 1
        text = repair(_text(cell))
        said[free] = text
        rows = _span(cell, "rowspan")
        if rows > 1:
            carried[free] = (rows - 1, text)
        for extra in range(free + 1, free + _span(cell, "colspan")):
            said[extra] = ""
        free += 1
    return [said.get(place, "") for place in range(max(said, default=-1) + 1)]


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name) or "1")
    return min(int(text), 100) if text.isdecimal() else 1


def _text(element: PageElement) -> str:
    """The text inside; blocks inside it are parted by a space, inline elements are not."""
    if isinstance(element, Comment | Declaration | ProcessingInstruction):
        return ""
    if not isinstance(element, Tag):
        return str(element)
    if _hidden(element):
        return ""
    inner = "".join(_text(child) for child in element.children)
    return inner if element.name in _INLINE - _SPACED else f" {inner} "


def _link(elements: list[PageElement]) -> tuple[str, str]:
    for element in elements:
        if isinstance(element, Tag):
            link = element if element.name == "a" else element.find("a")
            if isinstance(link, Tag) and link.get("href"):
                return sound(str(link["href"])), repair(_text(link))
    return "", ""


def _hidden(element: Tag) -> bool:
    return element.get("hidden") is not None or element.get("aria-hidden") == "true"


def _holds_block(element: Tag) -> bool:
    return any(inner.name not in _INLINE for inner in element.find_all(True))
