"""The text of PDF files, read in a child process that may fail, hang or die without harm."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from domain.errors import ReadingError
from sources import pdf_child
from sources.decoding import looks_like_html

WALL_LIMIT = 30.0  # seconds, start of the child included
MEMORY = 700 * 1024 * 1024  # bytes of address space
PROCESSOR = 10  # seconds

_CLOSED = re.compile(r"[.!?:;…][\"'»”’)\]]*\d{0,2}$")
_ITEM = re.compile(r"^\s*(?:[•▪◦–-]\s|\d{1,2}[.)]\s|[a-z][.)]\s)")
_SHORT = 0.85  # of the usual line: a closed line shorter than this ends a paragraph


class NoTextLayerError(ReadingError):
    """The PDF was read and holds no text: a scan. The same bytes always give this, unlike other failures."""


def read_pdf(body: bytes, url: str = "(PDF)") -> str:
    """The text of the pages, fit for `domain.text.paragraphs`: lines end in "\\n", paragraphs and pages in a blank line.

    Raises ReadingError when the file is no readable PDF or goes over a limit, NoTextLayerError when there is no text in it.
    """
    if not body.strip():
        raise ReadingError(url, "empty answer")
    if looks_like_html(body):
        raise ReadingError(url, "an HTML page instead of a PDF")
    if not body.lstrip()[:5].startswith(b"%PDF-"):
        raise ReadingError(url, "not a PDF file")
    # By path and isolated (-I): the child loads nothing of this package and no directory of ours can shadow a module.
    command = [sys.executable, "-I", str(Path(pdf_child.__file__)), str(MEMORY), str(PROCESSOR)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=WALL_LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReadingError(url, f"PDF not read within {WALL_LIMIT:.0f} s") from error
    if done.returncode:
        raise ReadingError(url, f"PDF cannot be read: {_reason(done)}")
    pages = done.stdout.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n").split("\f")
    text = "\n\n".join(filter(None, (_with_breaks(page.strip()) for page in pages)))
    if not text:
        raise NoTextLayerError(url, "PDF without a text layer")
    return text


def _with_breaks(page: str) -> str:
    """The lines of a page with a blank line after every paragraph; a PDF itself knows lines only."""
    lines = page.split("\n")
    lengths = sorted(len(line) for line in lines if line.strip())
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    out = []
    for place, line in enumerate(lines):
        if place and _ITEM.match(line):
            out.append("")
        out.append(line)
        if _CLOSED.search(line.rstrip()) and len(line) < _SHORT * usual:
            out.append("")
    return "\n".join(out)


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    if done.returncode < 0:
        return f"stopped by {signal.Signals(-done.returncode).name} (limits: {MEMORY // 2**20} MiB, {PROCESSOR} s)"
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {done.returncode}"
