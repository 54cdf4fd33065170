"""Written questions and what came of them: `kamervragen` XML (sources, 2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.documents import Field, Kind, Passage
from domain.text import repair
from sources import koop_offices
from sources.dates import iso_day
from sources.decoding import Element, local_name
from sources.koop_metadata import Metadata
from sources.koop_text import inline, walk
from sources.passages import Collector

# The wording by which a notice of delay is known when its label says nothing.
_LATE = re.compile(
    r"niet\s+(?:binnen|op)\s+(?:de\s+)?(?:gestelde\s+|gebruikelijke\s+)?termijn|uitstel|later dan de gestelde", re.IGNORECASE
)
_HEAD = frozenset({"kamervraagkop", "kamervraagnummer", "kamervraagomschrijving"})


@dataclass(frozen=True, slots=True)
class Questions:
    """What the body of a question paper says."""

    kind: Kind
    passages: tuple[Passage, ...]
    submitted: date | None
    received: date | None
    authors: tuple[str, ...]
    addressees: tuple[str, ...]
    surprises: tuple[str, ...]


def read_questions(body: Element, metadata: Metadata) -> Questions:
    """The questions (Field.QUESTION), answers and remarks (Field.BODY) in order, and the kind of paper."""
    into = Collector()
    described = {e.get("type") or "": e for e in body.iter() if local_name(e) == "kamervraagomschrijving"}
    for description in described.values():
        for part in description.iter():
            if local_name(part) == "kamervraagonderwerp" and not into.passages:
                into.add(inline(part), Field.SUBJECT)
    for child in body:
        if local_name(child) and local_name(child) not in _HEAD:
            _part(child, into)
    asked = described.pop("vraag", None)
    answered = next(iter(described.values()), None)
    passages = into.all()
    kind, surprises = _kind(body, metadata, passages)
    said = "" if asked is None else inline(asked)
    return Questions(
        kind=kind,
        passages=passages,
        submitted=metadata.day("OVERHEIDop.datumIndiening") or _day(asked),
        received=metadata.day("OVERHEIDop.datumOntvangst") or (None if kind is Kind.QUESTION else _day(answered)),
        authors=_authors(kind, answered, metadata),
        addressees=metadata.all("OVERHEIDop.ontvanger") or koop_offices.addressed(said),
        surprises=surprises,
    )


def says_late(passages: Iterable[Passage]) -> bool:
    """True when what is answered says that the answer comes later."""
    return any(_LATE.search(passage.text) for passage in passages if passage.field is Field.BODY)


def _authors(kind: Kind, answered: Element | None, metadata: Metadata) -> tuple[str, ...]:
    """Who asks, or who answers; a notice that names no office has no author."""
    if kind is Kind.QUESTION:
        return metadata.all("OVERHEIDop.indiener")
    return () if answered is None else koop_offices.answering(answered)


def _part(element: Element, into: Collector) -> None:
    """One question, answer or remark; its number is the heading of what it says."""
    name = local_name(element)
    inner = Collector(heading=_number(element))
    for number in [child for child in element if local_name(child) == "nr"]:
        # The number is known; what stands after it belongs to the text.
        number.text = None
        del number[:]
    walk(element, inner)
    kind = Field.QUESTION if name == "vraag" else Field.BODY
    into.passages += [Passage(kind, passage.text, passage.heading) for passage in inner.passages]
    into.footnotes += inner.footnotes


def _number(element: Element) -> str:
    return next((repair(inline(child)) for child in element if local_name(child) == "nr"), "")


def _day(element: Element | None) -> date | None:
    if element is None:
        return None
    found = (part.get("isodatum") for part in element.iter() if local_name(part) == "datum")
    return next((day for text in found if text and (day := iso_day(text))), None)


def _kind(body: Element, metadata: Metadata, passages: tuple[Passage, ...]) -> tuple[Kind, tuple[str, ...]]:
    """Question, answer or extension: the structure decides, the label is checked against it."""
    label = metadata.one("DC.type", "OVERHEIDop.AanhangselTypen")
    if metadata.id.startswith("kv-") or (not label and "zonder" in metadata.one("OVERHEIDop.publicationName").lower()):
        return Kind.QUESTION, ()
    answers = any(local_name(element) == "antwoord" for element in body)
    late = says_late(passages)
    known = label.lower()
    if "mededeling" in known or "uitstel" in known:
        return Kind.EXTENSION, ("labelled as a notice but holds answers",) if answers else ()
    if answers:
        return Kind.ANSWER, () if known in ("", "antwoord") else (f"unknown AanhangselTypen: {label}",)
    if late:
        return Kind.EXTENSION, (f"labelled {label or 'nothing'} but announces delay",)
    return Kind.ANSWER, ("an Aanhangsel without an answer element",)
