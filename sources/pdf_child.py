"""The text of one PDF, read in a process of its own under limits: PDF on standard input, UTF-8 text on standard output.

Exit codes: 0 read; 3 not a PDF that can be read. A 2 kB file can make the reader ask for 2 GiB, so memory and processor time are
bounded before the library is loaded (dependencies, section 5). Pages are parted by form feeds.
"""

from __future__ import annotations

import re
import resource
import sys
from typing import Any

MOST_TEXT = 5_000_000  # characters
UNREADABLE = 3

_MARK = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:?!)»”’\"']))(\d{1,3})(?!\w)(?:\r\n(?=[ .,;:)]))?")
"""Digits that may be the number of a footnote: after a word or a closing mark. Shorter words are units ("m2", "CO2"). The library
often sees a new line behind a raised number; one that begins with a space or a comma is the same line."""

_RAISED = 0.4  # of a digit's height above the bottom of the sign before it; digits on the line stay under 0.35


def main() -> int:
    """Read standard input, write the text, return the exit code. Arguments: the limits, in bytes and seconds."""
    memory, processor = (int(text) for text in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2

    pages: list[str] = []
    length = 0
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        if not len(document):
            sys.stderr.write("a PDF without pages\n")
            return UNREADABLE
        for page in document:
            text = _text(page.get_textpage())
            length += len(text)
            if length > MOST_TEXT:
                sys.stderr.write(f"more than {MOST_TEXT} characters\n")
                return UNREADABLE
            pages.append(text)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        sys.stderr.write("encrypted: it asks for a password\n" if locked else f"{error}\n")
        return UNREADABLE
    except MemoryError:
        sys.stderr.write(f"needs more than {memory // 2**20} MiB\n")
        return UNREADABLE
    sys.stdout.buffer.write("\f".join(pages).encode("utf-8", "replace"))
    return 0


def _text(page: Any) -> str:
    """The text of a page without the raised numbers of footnotes, which would make another word of the one before them."""
    text: str = page.get_text_range()
    if page.count_chars() != len(text):  # signs outside the basic plane: places cannot be told
        return text
    return _MARK.sub(lambda found: "" if _is_raised(page, *found.span(1)) else found[0], text)


def _is_raised(page: Any, start: int, end: int) -> bool:
    _, line, _, _ = page.get_charbox(start - 1)
    boxes = [page.get_charbox(at) for at in range(start, end)]
    return all(top > bottom and bottom - line > _RAISED * (top - bottom) for _, bottom, _, top in boxes)


if __name__ == "__main__":
    sys.exit(main())
