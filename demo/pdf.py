"""A small PDF writer: A4 pages of Helvetica whose text can be extracted again."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

_LINES = 48
_WIDTH = 84
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(f"([{_RAISED}]+)")
_BARE = str.maketrans(_RAISED, "0123456789")


def build(title: str, paragraphs: Sequence[str]) -> bytes:
    """A PDF 1.4 file with this title and these paragraphs, page after page. The same text gives the same bytes.

    Raised digits are drawn as printers do, small and above the line, and come out as bare digits. Letters outside Windows-1252
    are written as a question mark.
    """
    pages = _pages(title, paragraphs)
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = _stream(page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {5 + 2 * index} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _file(objects)


def page_count(title: str, paragraphs: Sequence[str]) -> int:
    """How many pages `build` makes of this text."""
    return len(_pages(title, paragraphs))


def _pages(title: str, paragraphs: Sequence[str]) -> list[list[str]]:
    rows: list[str] = [*textwrap.wrap(title, _WIDTH), ""]
    for paragraph in paragraphs:
        rows.extend(textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False))
        rows.append("")
    while rows and not rows[-1]:
        rows.pop()
    return [rows[at : at + _LINES] for at in range(0, len(rows), _LINES)]


def _stream(rows: Sequence[str]) -> bytes:
    parts = [b"BT /F1 11 Tf 14 TL 57 785 Td"]
    for row in rows:
        parts.append(b" ".join(map(_run, filter(None, _NOTE.split(row)))) + b" T*")
    return b"\n".join([*parts, b"ET"])


def _run(text: str) -> bytes:
    if text[0] in _RAISED:
        return b"/F1 7 Tf 4 Ts (" + text.translate(_BARE).encode() + b") Tj 0 Ts /F1 11 Tf"
    return b"(" + _escape(text) + b") Tj"


def _escape(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
