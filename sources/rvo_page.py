"""A page of rvo.nl: status label, text, footer (sources, 3). What it says about a scheme is read by `domain.scheme_reader`."""

from __future__ import annotations

import re
from datetime import date, datetime

from domain.documents import Document, Field, Kind, Passage
from domain.errors import ReadingError
from domain.listings import Answer
from domain.scheme_names import scheme_of_slug
from domain.scheme_reader import read_sheet
from sources.adapter import Reading
from sources.dates import iso_moment, local_day, written_day
from sources.html_blocks import Block
from sources.html_page import read_page
from sources.passages import Collector, with_lead
from sources.rvo_file import files_of
from sources.rvo_routes import NEWS, SITE, path_of

# Longest first: "Bijna open voor aanvragen" holds "open voor aanvragen".
_STATUS = re.compile(
    r"^(?:status:?\s*)?("
    r"(?:tijdelijk\s+gesloten|binnenkort\s+open|bijna\s+open|gesloten|open)\s+voor\s+aanvragen\b"
    r"|(?:tijdelijk\s+gesloten|binnenkort\s+open|bijna\s+open|gesloten|open)(?=\.?$))",
    re.IGNORECASE,
)
# That the money is gone is said behind the label or instead of it, and belongs to the status.
_GONE = re.compile(r"^\W*(?:het\s+)?(?:(?:subsidie)?plafond|budget)\s+(?:is\s+)?(?:bereikt|uitgeput)\b", re.IGNORECASE)
_FOOT = re.compile(r"^(?:in opdracht van|hoort bij|we helpen u graag|terug naar boven|deel deze pagina)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"^(?:gepubliceerd(?:\s+op)?|publicatiedatum|datum)\s*:?\s*(.{6,40})$", re.IGNORECASE)
_LONGEST_LABEL = 60  # characters; the known ones have 33 at most
MOST_BYTES = 2_000_000
"""A page with more is no page of this site (the largest has some hundred thousand): reading it would take minutes."""

_STATUS_PLACES = 8  # blocks from the top among which the label stands


def read_scheme_or_news(identifier: str, url: str, answer: Answer) -> Reading:
    """A scheme page with its sheet, or a news page. Raises ReadingError when the page is no evidence."""
    if len(answer.body) > MOST_BYTES:
        raise ReadingError(url, f"the page has {len(answer.body) / 1e6:.1f} MB, more than any page of this site (2 MB)")
    page = read_page(answer)
    news = path_of(url).startswith(NEWS)
    foot = next((place for place, block in enumerate(page.blocks) if _FOOT.match(block.text)), len(page.blocks))
    surprises = list(page.surprises)
    into = Collector()
    into.add(page.description, Field.SUMMARY)
    labelled = _text(page.blocks[:foot], page.description, into, status=not news)
    if not news and not labelled:
        surprises.append(_unknown_status(page.blocks[:foot], page.description))
    for block in page.blocks[foot:]:
        into.passages.append(Passage(Field.BOILERPLATE, block.text))
    passages = with_lead(into.all())
    files = files_of(url, page.links, SITE)
    published = _published(str(page.facts.get("datePublished", "")), page.blocks[:foot]) if news else None
    document = Document(
        id=identifier,
        url=url,
        kind=Kind.NEWS if news else Kind.SCHEME,
        title=page.title,
        passages=passages,
        dated=local_day(published) if isinstance(published, datetime) else published,
        published=published,
        attachments=files,
        scheme=None if news else read_sheet(_scheme(url), page.title, [p for p in passages if p.field is not Field.BOILERPLATE]),
    )
    return Reading(document, tuple(surprises))


def _unknown_status(blocks: tuple[Block, ...], description: str) -> str:
    """The remark about a page on which no label of a status was known: what stands in its place, when that is short."""
    opening = (block.text for block in blocks[:_STATUS_PLACES] if block.level != 1)
    first = next(opening, "")
    if first and first != description and len(first) <= _LONGEST_LABEL and not first.endswith((".", "?", "!", ":")):
        return f"status unknown: {first!r} is no label that is known"
    return "status unknown: no label near the top of the page"


def _text(blocks: tuple[Block, ...], description: str, into: Collector, *, status: bool) -> bool:
    """Put the text into the collector; the status label becomes a passage of its own. True when a label was found."""
    found = False
    for place, block in enumerate(blocks):
        near = status and not found and place < _STATUS_PLACES and block.level != 1
        label = _STATUS.match(block.text) if near else None
        if near and _GONE.match(block.text[label.end() if label else 0 :]):
            found = True
            into.add(block.text, Field.SUMMARY)
        elif label:
            found = True
            into.add(label[1], Field.SUMMARY)
            into.add(block.text[label.end() :].lstrip(" .:;,|–-"))
        elif block.level > 1:
            into.head(block.text)
        elif block.level == 0 and block.text != description:
            into.add(block.text)
    return found


def _scheme(url: str) -> str:
    """The id of the scheme that a page belongs to: the first part of its path below the schemes."""
    return scheme_of_slug(path_of(url).strip("/").split("/")[1])


def _published(said: str, blocks: tuple[Block, ...]) -> date | datetime | None:
    if moment := iso_moment(said):
        return moment
    for block in blocks[:_STATUS_PLACES]:
        if found := _PUBLISHED.match(block.text):
            return written_day(found[1])
    return None
