"""A brochure of rvo.nl: a PDF under `/sites/default/files` that a page links to, read as a paper of its own (sources, 3)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from domain.documents import AttachmentRef, Document, Kind
from domain.identifiers import from_url
from domain.listings import Answer
from domain.text import paragraphs, repair
from sources.adapter import Reading
from sources.html_page import Link
from sources.passages import Collector, with_lead
from sources.pdf import NoTextLayerError, read_pdf
from sources.urls import join, split

FILES = "/sites/default/files/"
_LONGEST_TITLE = 200  # characters


def is_file(path: str) -> bool:
    """True for the path of a brochure."""
    return path.startswith(FILES) and path.lower().endswith(".pdf")


def read_file(url: str, answer: Answer) -> Reading:
    """The brochure, under its first line; a scan under the name of its file, with a remark. Raises ReadingError for no PDF."""
    surprises: tuple[str, ...] = ()
    into = Collector()
    title = ""
    try:
        text = read_pdf(answer.body, url)
        title = repair(next(filter(str.strip, text.split("\n")), ""))[:_LONGEST_TITLE]
        for paragraph in paragraphs(text):
            into.add(paragraph)
    except NoTextLayerError as error:
        surprises = (error.reason,)
    document = Document(
        id=from_url(url) or f"url:{url}",
        url=url,
        kind=Kind.OTHER,
        title=title or _name(url),
        passages=with_lead(into.all()),
        raw_kind="brochure",
    )
    return Reading(document, surprises)


def files_of(base: str, links: tuple[Link, ...], site: str) -> tuple[AttachmentRef, ...]:
    """The brochures that a page links to, each once; they are followed as papers of their own because of it."""
    found: dict[str, AttachmentRef] = {}
    for link in links:
        parts = split(join(base, link.href))
        if parts.hostname in ("www.rvo.nl", "rvo.nl") and is_file(unquote(parts.path)):
            url = site + parts.path
            found.setdefault(url, AttachmentRef(from_url(url) or f"url:{url}", link.text or _name(url), url))
    return tuple(found.values())


def _name(url: str) -> str:
    stem = unquote(split(url).path).rpartition("/")[2][: -len(".pdf")]
    return repair(re.sub(r"[-_+]+", " ", stem)) or "Brochure"
