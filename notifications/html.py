"""The digest as an HTML mail: one column, real tables, readable without styles, within the size that Gmail shows whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import css_inline

from domain.assessments import Level
from domain.digests import Digest, Length
from notifications.composing import compose_outline
from notifications.entries import has_facts
from notifications.outline import FULL, Shrink
from notifications.safe import clean, clip
from notifications.templating import template

LARGEST = 90_000  # bytes; Gmail cuts a mail at about 102 kB
SHORTEST_HEADING = 60  # characters to which headings are cut when nothing else helps


def render_html(digest: Digest) -> str:
    """The digest as one HTML document of at most `LARGEST` bytes, whatever comes.

    When it is too large, first the forms get shorter (relevant items, then must-read ones), then relevant items and mentions are
    counted instead of shown ("nog 23 stukken"), then what must be read is a list of headings and, at the very last, headings cut
    to a line. Must-read items and changed schemes are never left out. The plain text beside it is always whole.
    """
    page = ""
    for shrink in _attempts():
        page = html_of(digest, shrink)
        if len(page.encode()) <= LARGEST:
            return page
    for must in (Length.SHORT, Length.HEADINGS):
        page, fits = _cut(digest, must)
        if fits:
            return page
    for room in (SHORTEST_HEADING, SHORTEST_HEADING // 2, 0):
        page, fits = _cut(_bare(digest, room), Length.HEADINGS)
        if fits:
            break
    return page


def _bare(digest: Digest, room: int) -> Digest:
    """The digest with headings of at most `room` characters and nothing behind them, for many hundreds of items that must all be
    there. Without room an item is called by its id."""
    items = tuple(
        replace(item, heading=clip(clean(item.heading), room) if room else item.id, told_before=(), due=None, why=())
        for item in digest.items
    )
    return replace(digest, items=items)


def html_of(digest: Digest, shrink: Shrink) -> str:
    """The digest in this form, whatever its size."""
    outline = compose_outline(digest, shrink)
    page = template("digest.html").render(outline=outline)
    dense = "\n".join(line for line in (line.strip() for line in page.splitlines()) if line)
    return _inliner().inline(dense)


def _attempts() -> Iterator[Shrink]:
    yield FULL
    yield Shrink(relevant=Length.SHORT)
    yield Shrink(relevant=Length.HEADINGS)
    yield Shrink(must=Length.SHORT, relevant=Length.HEADINGS)
    yield Shrink(must=Length.SHORT, relevant=Length.HEADINGS, reasons=False)


def _cut(digest: Digest, must: Length) -> tuple[str, bool]:
    """The largest number of items that fits, by halving; never fewer than the must-read ones and changed schemes."""
    least = sum(item.level is Level.MUST_READ or has_facts(item) for item in digest.items)
    form = Shrink(must, Length.HEADINGS, Length.HEADINGS, least, reasons=False)
    best = html_of(digest, form)
    fits = len(best.encode()) <= LARGEST
    low, high = least, len(digest.items)
    while fits and low < high:
        middle = (low + high + 1) // 2
        page = html_of(digest, replace(form, most=middle))
        if len(page.encode()) <= LARGEST:
            best, low = page, middle
        else:
            high = middle - 1
    return best, fits


@cache
def _inliner() -> css_inline.CSSInliner:
    # Media queries cannot be inlined: they stay in the head, for clients with a dark mode.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
