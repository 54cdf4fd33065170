"""Text blocks as HTML and as plain lines; the inline marks of `demo.paper` are resolved here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from demo.paper import Block, Heading, Items, Table

_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]|\{\{(\d+)\}\}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def inline(text: str, link: Callable[[str, str], str], note: Callable[[int], str]) -> str:
    """The text, escaped for XML and HTML, with links and footnote marks made by the two functions (labels arrive escaped)."""
    parts: list[str] = []
    end = 0
    for match in _MARK.finditer(text):
        parts.append(escape(text[end : match.start()], quote=False))
        if match[3]:
            parts.append(note(int(match[3])))
        else:
            parts.append(link(match[1], escape(match[2], quote=False)))
        end = match.end()
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)


def plain(text: str) -> str:
    """The text as printed: links by their label, footnote marks as raised digits."""
    return _MARK.sub(lambda match: match[3].translate(_RAISED) if match[3] else match[2], text)


def web_link(target: str, label: str) -> str:
    """An HTML link; ids lead to the zoek host."""
    url = target if ":" in target or target.startswith("/") else f"https://zoek.officielebekendmakingen.nl/{target}.html"
    return f'<a href="{escape(url)}">{label}</a>'


def _no_note(_: int) -> str:
    return ""


def html_text(text: str) -> str:
    """One run of text as HTML for the ordinary web pages, which have no footnotes."""
    return inline(text, web_link, _no_note)


def html_blocks(blocks: Sequence[Block], heading: str = "h2") -> str:
    """Blocks as plain HTML, a block a line."""
    return "\n".join(_html_block(block, heading) for block in blocks)


def _html_block(block: Block, heading: str) -> str:
    match block:
        case Heading(text):
            return f"<{heading}>{escape(text)}</{heading}>"
        case Items(items):
            return "<ul>" + "".join(f"<li>{html_text(item)}</li>" for item in items) + "</ul>"
        case Table(head, rows):
            top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            body = "".join("<tr>" + _row(row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        case text:
            return f"<p>{html_text(text)}</p>"


def _row(row: tuple[str, ...]) -> str:
    first, *rest = row
    return f'<th scope="row">{html_text(first)}</th>' + "".join(f"<td>{html_text(cell)}</td>" for cell in rest)


def lines(blocks: Sequence[Block]) -> list[str]:
    """Blocks as plain paragraphs, for PDF files and full-text search."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading(text):
                found.append(plain(text))
            case Items(items):
                found.extend(f"- {plain(item)}" for item in items)
            case Table(head, rows):
                found.append(" | ".join(head))
                found.extend(" | ".join(plain(cell) for cell in row) for row in rows)
            case text:
                found.append(plain(text))
    return found
