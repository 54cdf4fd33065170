"""A page of rijksoverheid.nl by its text markers (sources, 1): title, "Nieuwsbericht DD-MM-JJJJ | UU:MM", text, foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from domain.citations import read_citations
from domain.documents import AttachmentRef, Document, Field, Kind, Passage
from domain.identifiers import from_url
from domain.listings import Answer
from sources.adapter import Reading
from sources.dates import iso_day, iso_moment, local_day, local_moment, written_day
from sources.html_blocks import Block
from sources.html_page import Page, read_page
from sources.passages import Collector, with_lead
from sources.urls import join, split

# "Kamerstuk: Kamerbrief | 16-01-2025", "Nieuwsbericht 23-09-2026 | 14:30"
_MARK = re.compile(r"^([A-Z][\w :’'/()-]{2,60}?)\s*\|?\s*(\d{2}-\d{2}-\d{4})(?:\s*\|\s*([01]\d|2[0-3]):([0-5]\d))?$")
_NUMBER_LINE = re.compile(r"^(?:kamerstuk(?:nummer|ken)?|dossier-?\s*en\s+volgnummer|vindplaats)\b", re.IGNORECASE)
_FOOT = re.compile(
    r"^(?:heeft deze informatie u geholpen|meer over dit onderwerp|hoort bij|terug naar boven|deel deze pagina)\b", re.IGNORECASE
)
_FILES = re.compile(r"^(?:documenten|download(?:s)?|bijlagen?|publicatie)\b", re.IGNORECASE)
_FILE_PATH = re.compile(r"/documenten/|/binaries/|\.pdf$", re.IGNORECASE)
_PATH_KIND = re.compile(r"^/documenten/(?:([a-z][a-z-]+)/)?\d{4}/\d{2}/\d{2}/")
_ANSWERS = re.compile(r"^(?:de\s+)?(?:beantwoording|antwoord(?:en)?)\b.*\b(?:kamer)?vragen\b", re.IGNORECASE)
_DELAY = re.compile(r"^uitstel\b", re.IGNORECASE)

_KINDS = {
    "kamerstukken": Kind.LETTER,
    "kamerstuk": Kind.LETTER,
    "kamerbrief": Kind.LETTER,
    "kamerbrieven": Kind.LETTER,
    "rapporten": Kind.REPORT,
    "rapport": Kind.REPORT,
    "jaarverslagen": Kind.REPORT,
    "kamervragen": Kind.ANSWER,
    "regelingen": Kind.REGULATION,
    "regeling": Kind.REGULATION,
    "besluiten": Kind.REGULATION,
    "nieuwsbericht": Kind.NEWS,
}


@dataclass(frozen=True, slots=True)
class _Meta:
    """The line under the title."""

    label: str
    day: date | None
    moment: datetime | None


def read_site_page(url: str, answer: Answer) -> Reading:
    """A document or news page. Without any marker the whole main region is its text, with a remark. Raises ReadingError."""
    page = read_page(answer)
    surprises = list(page.surprises)
    meta, start = _meta(page.blocks)
    foot = next((place for place, block in enumerate(page.blocks) if place >= start and _FOOT.match(block.text)), None)
    if meta is None and foot is None:
        surprises.append("no text marker found; the whole main region is taken as the text")
    end = len(page.blocks) if foot is None else foot
    into = Collector()
    into.add(page.description, Field.SUMMARY)
    attachments = _body(url, page.blocks[start:end], into, page.description)
    for block in page.blocks[end:]:
        into.passages.append(Passage(Field.BOILERPLATE, block.text))
    path = split(url).path
    label = meta.label if meta else ""
    published = _published(page, meta)
    document = Document(
        id=from_url(url) or f"url:{url}",
        url=url,
        kind=_kind(path, label, page.title),
        title=page.title,
        passages=with_lead(into.all()),
        raw_kind=label,
        aliases=_own_number(page.blocks[start:end]),
        dated=(meta.day if meta else None) or _day(published),
        published=published,
        attachments=attachments,
    )
    return Reading(document, tuple(surprises))


def _meta(blocks: tuple[Block, ...]) -> tuple[_Meta | None, int]:
    """The marker line and where the text begins: after it, or after the title."""
    after_title = next((place + 1 for place, block in enumerate(blocks) if block.level == 1), 0)
    for place, block in enumerate(blocks[: after_title + 6]):
        if found := _MARK.match(block.text):
            day = written_day(found[2])
            moment = local_moment(day, int(found[3]), int(found[4])) if day and found[3] else None
            return _Meta(found[1].strip(), day, moment), max(place + 1, after_title)
    return None, after_title


def _body(url: str, blocks: tuple[Block, ...], into: Collector, description: str) -> tuple[AttachmentRef, ...]:
    """Put the text into the collector; links to files and papers under a heading for them become attachments."""
    files: dict[str, AttachmentRef] = {}
    under_files = False
    for block in blocks:
        if block.level:
            under_files = bool(_FILES.match(block.text))
        target = join(url, block.href) if block.href else ""
        if target and _FILE_PATH.search(split(target).path) and (under_files or _FILES.match(block.text)):
            name = from_url(target) or f"url:{target}"
            files.setdefault(name, AttachmentRef(name, block.link or block.text, target))
            into.add(block.link or block.text, Field.ATTACHMENT)
        elif block.level:
            into.head(block.text)
        elif block.text != description:
            into.add(block.text, Field.BOILERPLATE if _states_number(block) else Field.BODY)
    return tuple(files.values())


def _states_number(block: Block) -> bool:
    return len(block.text) < 100 and bool(_NUMBER_LINE.match(block.text))


def _own_number(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """The paper's own number where the page states it in a line of its own; a citation in running text is another paper's."""
    found: list[str] = []
    for block in blocks[:6]:
        if _states_number(block):
            found += [cited.id for cited in read_citations(block.text) if cited.id.startswith(("kst-", "ah-"))]
    return tuple(dict.fromkeys(found)) if len(set(found)) == 1 else ()


def _kind(path: str, label: str, title: str) -> Kind:
    if path.startswith("/actueel/nieuws/"):
        return Kind.NEWS
    typed = _PATH_KIND.match(path)
    kind = _KINDS.get(typed[1] if typed and typed[1] else "")
    for part in label.lower().split(": "):
        kind = kind or _KINDS.get(part.strip())
    if kind in (Kind.LETTER, Kind.ANSWER, None):
        if _DELAY.match(title) and "vragen" in title.lower():
            return Kind.EXTENSION
        if _ANSWERS.match(title):
            return Kind.ANSWER
    return kind or Kind.OTHER


def _day(moment: date | datetime | None) -> date | None:
    return local_day(moment) if isinstance(moment, datetime) else moment


def _published(page: Page, meta: _Meta | None) -> date | datetime | None:
    said = str(page.facts.get("datePublished", ""))
    return iso_moment(said) or (meta.moment if meta else None) or iso_day(said)
