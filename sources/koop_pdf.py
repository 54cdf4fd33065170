"""Papers of officielebekendmakingen.nl that exist as PDF only: attachments, and papers without XML (sources, 2.8).

Of older gazettes hardly half have XML. Who they are is known from the metadata; the PDF gives the words, without structure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from domain.documents import Field, Kind, Passage
from domain.errors import ReadingError
from domain.listings import Answer
from domain.text import paragraphs
from sources import koop_offices
from sources.adapter import Reading
from sources.koop_ids import family
from sources.koop_metadata import Metadata, read_metadata
from sources.koop_papers import dictum, kind_of_label, letterhead, raw_label, unknown_label
from sources.koop_questions import says_late
from sources.koop_xml import described
from sources.passages import Collector, with_lead
from sources.pdf import NoTextLayerError, read_pdf

NO_XML = "no XML; read from the PDF"
# "Vraag 3", "Antwoord op vraag 1, 2 en 4": a line of its own above what is asked or answered.
_NUMBER = r"\d{1,3}(?:\s*(?:,|en|t/m|tot\s+en\s+met|[-–])\s*\d{1,3})*"
_TURN = re.compile(
    rf"^[ \t]*((vraag|vragen|antwoord(?:en)?)(?:\s+op)?(?:\s+vra(?:ag|gen))?\s+{_NUMBER})[ \t]*:?[ \t]*$", re.I | re.M
)
# Lines that stand alone in print, though a PDF shows no space around them.
_ALONE = re.compile(
    r"^[ \t]*(?:aan de (?:voorzitter|leden)\b.*|(?:'s-gravenhage|’s-gravenhage|den haag),?[ \t]+\d{1,2} \w+ \d{4}\.?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ARTICLE = re.compile(r"^(?=[ \t]*(?:Artikel|ARTIKEL)[ \t]+(?:\d{1,3}[a-z]?|[IVXL]+)\b)", re.MULTILINE)
# The parts of a motion, which is one long sentence.
_CLAUSE = re.compile(
    r"(?<=[,;:.]) (?=(?:gehoord|constaterende|overwegende|van mening|verzoekt|roept|spreekt|nodigt|draagt|en gaat over tot)\b)",
    re.IGNORECASE,
)


def read_attachment(identifier: str, url: str, about: Answer, pdf: Answer) -> Reading:
    """A paper under another paper. A scan is still known by its title, one without a title by its id. Raises ReadingError."""
    metadata, surprises = read_metadata(about.url, about.body)
    text, remarks = _text(pdf)
    document = replace(described(identifier, url, metadata), kind=Kind.ATTACHMENT, passages=with_lead(_running(text)))
    if not document.title:
        document, remarks = replace(document, title=identifier), (*remarks, "an attachment without title")
    return Reading(document, (*surprises, *remarks))


def read_printed(identifier: str, url: str, about: Answer, pdf: Answer) -> Reading:
    """A paper without XML, with a remark. A scan is still known by its title. Raises ReadingError."""
    metadata, surprises = read_metadata(about.url, about.body)
    document = described(identifier, url, metadata)
    if not document.title:
        raise ReadingError(about.url, "a publication without title")
    printed, remarks = _text(pdf)
    text = _ARTICLE.sub("\n\n", _ALONE.sub(r"\n\n\g<0>\n\n", printed))
    kind, passages, addressees = _said(metadata, text)
    document = replace(
        document,
        kind=kind,
        raw_kind=raw_label(metadata),
        passages=passages,
        authors=_authors(kind, metadata),
        addressees=metadata.all("OVERHEIDop.ontvanger") or addressees,
    )
    if document.id != identifier:
        remarks = (*remarks, f"asked for {identifier}, got {document.id}")
    return Reading(document, (*surprises, NO_XML, *remarks, *unknown_label(metadata)))


def _text(pdf: Answer) -> tuple[str, tuple[str, ...]]:
    """The text of the PDF; "" with a remark for a scan."""
    try:
        return read_pdf(pdf.body, pdf.url), ()
    except NoTextLayerError as error:
        return "", (error.reason,)


def _said(metadata: Metadata, text: str) -> tuple[Kind, tuple[Passage, ...], tuple[str, ...]]:
    """Kind, passages and addressees."""
    if family(metadata.id) in ("ah", "kv"):
        passages = _less_title(_turns(text), metadata.title)
        return _kind_of_questions(metadata, passages), passages, ()
    kind = kind_of_label(family(metadata.id), metadata)
    found = _less_title(_running(text), metadata.title)
    if kind is Kind.MOTION:
        clauses = [replace(passage, text=clause) for passage in found for clause in _CLAUSE.split(passage.text)]
        return kind, with_lead(dictum(clauses)), ()
    if kind is Kind.LETTER:
        found, addressees = letterhead(found)
        return kind, with_lead(found), addressees
    return kind, with_lead(found), ()


def _running(text: str) -> tuple[Passage, ...]:
    into = Collector()
    for paragraph in paragraphs(text):
        into.add(paragraph)
    return into.all()


def _less_title(passages: tuple[Passage, ...], title: str) -> tuple[Passage, ...]:
    """The passages without the title that is printed above the first, as a paper's XML is read without it too."""
    if not passages or not passages[0].text.startswith(title):
        return passages
    rest = passages[0].text.removeprefix(title).lstrip(" .:")
    return (*((replace(passages[0], text=rest),) if rest else ()), *passages[1:])


def _turns(text: str) -> tuple[Passage, ...]:
    """Questions (Field.QUESTION) and answers (Field.BODY) under their numbers; what stands before them is running text."""
    into = Collector()
    pieces = _TURN.split(text)
    for paragraph in paragraphs(pieces[0]):
        into.add(paragraph)
    for heading, word, said in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        into.heading = " ".join(heading.split())
        for paragraph in paragraphs(said):
            into.add(paragraph, Field.QUESTION if word.lower().startswith("vra") else Field.BODY)
    return into.all()


def _kind_of_questions(metadata: Metadata, passages: tuple[Passage, ...]) -> Kind:
    if family(metadata.id) == "kv":
        return Kind.QUESTION
    label = metadata.one("DC.type", "OVERHEIDop.AanhangselTypen").lower()
    if "mededeling" in label or "uitstel" in label:
        return Kind.EXTENSION
    answered = any(passage.heading.lower().startswith("antwoord") for passage in passages)
    return Kind.EXTENSION if not answered and not label and says_late(passages) else Kind.ANSWER


def _authors(kind: Kind, metadata: Metadata) -> tuple[str, ...]:
    """Who speaks, as far as the metadata says: who answers a question is printed in the paper only."""
    if kind in (Kind.ANSWER, Kind.EXTENSION):
        return ()
    if kind is Kind.LETTER and (offices := koop_offices.from_title(metadata.title)):
        return offices
    named = metadata.all("OVERHEIDop.indiener")
    return named or (metadata.all("DC.creator") if kind is Kind.REGULATION else ())
