"""The running text of KOOP's publication XML as passages (sources, 2.6 and 2.7).

Nothing is lost: an element with a name never seen before is walked like any other, and its text becomes a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.sentences import spans
from domain.text import repair
from sources.decoding import Element, local_name
from sources.passages import Collector, row_text

_INLINE = frozenset(
    {
        "nadruk", "extref", "intref", "extref-groep", "nootref", "sup", "inf", "datum", "naam", "voornaam", "achternaam",
        "organisatie", "kamervraagonderwerp", "plaats", "functie", "ondernummer", "afkorting", "br", "unl",
    }
)  # fmt: skip
_SILENT = frozenset(
    {"metadata", "plaatje", "illustratie", "nootref", "tgroep-kop", "colspec", "redactie", "bijschrift-verborgen"}
)
_HEADINGS = frozenset({"tussenkop", "kop", "titel", "subtitel", "intitule"})
_NUMBERED = {"li": "li.nr", "lid": "lidnr", "wijzig-lid": "lidnr", "definitie-item": "term"}
_SIGNATURES = frozenset({"ondertekening", "ondertekenaar"})
_BLOCKS = frozenset(
    {
        "al",
        "al-groep",
        "lijst",
        "table",
        "noot",
        "tekst",
        "vraag",
        "antwoord",
        "artikel",
        "divisie",
        "ondertekening",
        "lid",
        "li",
        "kop",
    }
)


def inline(element: Element) -> str:
    """The text inside an element as one line, footnotes and pictures left out; comments and instructions leave no gap."""
    return _until(element, None)[0]


def _until(element: Element, point: Element | None) -> tuple[str, bool]:
    """That text as far as `point`, and whether the point stands in the element."""
    parts = [element.text or ""]
    for child in element:
        if child is point:
            return "".join(parts), True
        name = local_name(child)
        if name and name not in _SILENT and name != "noot":
            said, found = _until(child, point)
            parts.append(said)
            if found:
                return "".join(parts), True
            if name in ("voornaam", "achternaam", "br", "label", "nr"):
                parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts), False


def walk(element: Element, into: Collector) -> None:
    """Put everything that the element says into the collector, in order."""
    _walk(element, into)
    for child in element.iter():
        if local_name(child) == "noot":
            anchor = _anchor(child)
            kept = anchor if any(anchor in passage.text for passage in into.passages) else ""
            into.note(" ".join(inline(part) for part in child if local_name(part) not in ("noot.nr", "")), kept)


def _anchor(note: Element) -> str:
    """The sentence in which a footnote is called: where its `nootref` stands, else where it stands itself. "" where nobody can
    tell which (called twice, or before the first word) and in a table, whose cells are no sentences."""
    named = note.get("id")
    calls = [one for one in note.getroottree().iter("{*}nootref") if one.get("refid") == named] if named else []
    if len(calls) > 1:
        return ""
    point = calls[0] if calls else note
    around = list(point.iterancestors())
    block = next((one for one in around if local_name(one) not in _INLINE), None)
    if block is None or any(local_name(one) in ("entry", "noot") for one in around):
        return ""
    text, before = repair(inline(block)), repair(_until(block, point)[0])
    if not before or not text.startswith(before):
        return ""
    return next((text[start:end] for start, end in spans(text) if end >= len(before)), "")


def _walk(element: Element, into: Collector) -> None:
    """One container: paragraphs for runs of text and inline elements, a visit for every block."""
    run = [element.text or ""]
    mixed = bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
    number = _NUMBERED.get(local_name(element), "noot")
    for child in element:
        name = local_name(child)
        if name and name not in _SILENT and name not in ("noot", number):
            if name in _INLINE or (mixed and not _holds_block(child)):
                run.append(inline(child))
            else:
                into.add("".join(run))
                run.clear()
                _block(name, child, into)
        run.append(child.tail or "")
    into.add("".join(run))


def _block(name: str, element: Element, into: Collector) -> None:
    if name in _HEADINGS:
        into.head(" ".join(inline(part) for part in element if local_name(part)) if name == "kop" else inline(element))
    elif name in _NUMBERED:
        into.prefix = next((repair(inline(child)) for child in _children(element, _NUMBERED[name])), "")
        _walk(element, into)
        into.prefix = ""
    elif name == "table":
        _table(element, into)
    elif name in _SIGNATURES:
        into.add(", ".join(part.rstrip(", ") for part in map(signature, element) if part))
    else:
        if name.endswith("sluiting"):
            into.heading = ""  # a closing formula belongs to the paper, not to its last article
        _walk(element, into)


def signature(element: Element) -> str:
    """A line under a paper (an office or a name) as one line."""
    return repair(inline(element)) if local_name(element) else ""


def _table(element: Element, into: Collector) -> None:
    """A CALS table, a line per row; the last row of the head gives the labels."""
    for title in _children(element, "title"):
        into.add(inline(title))
    for group in _children(element, "tgroup"):
        columns = {spec.get("colname") or str(place): place for place, spec in enumerate(_children(group, "colspec"))}
        labels: list[str] = []
        for head in _children(group, "thead"):
            for cells in _rows(head, columns):
                labels = cells
        for body in _children(group, "tbody"):
            for cells in _rows(body, columns):
                into.add(row_text(labels, cells))


def _rows(part: Element, columns: dict[str, int]) -> Iterator[list[str]]:
    """The cells of each row by column; a cell over several columns stands in the first, one over several rows in each of them."""
    carried: dict[int, tuple[int, str]] = {}
    for row in _children(part, "row"):
        cells: dict[int, str] = {}
        for place, (left, text) in list(carried.items()):
            cells[place] = text
            carried[place] = (left - 1, text)
            if left <= 1:
                del carried[place]
        free = 0
        for entry in _children(row, "entry"):
            while free in cells:
                free += 1
            place = columns.get(entry.get("namest") or entry.get("colname") or "", free)
            text = repair(
                " ".join(inline(child) for child in entry.iter() if local_name(child) in ("al", "li.nr")) or inline(entry)
            )
            cells[place] = text
            more = re.fullmatch(r"\d+", entry.get("morerows") or "")
            if more and int(more[0]):
                carried[place] = (int(more[0]), text)
            free = columns.get(entry.get("nameend") or "", place) + 1
        yield [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local_name(child) == name)


def _holds_block(element: Element) -> bool:
    return any(local_name(inner) in _BLOCKS for inner in element.iter())
