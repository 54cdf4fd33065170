"""What one version of a page says: the values that every reader produces and every rule reads."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.noise import strip
from domain.schemes import SchemeSheet


class Kind(StrEnum):
    """What a paper is, in the words of the glossary (`docs/architecture.md`); OTHER keeps the publisher's own label."""

    LETTER = "letter"
    QUESTION = "question"
    ANSWER = "answer"
    EXTENSION = "extension"
    REPORT = "report"
    MOTION = "motion"
    DEBATE = "debate"
    REGULATION = "regulation"
    SCHEME = "scheme"
    NEWS = "news"
    ATTACHMENT = "attachment"
    OTHER = "other"


class Field(StrEnum):
    """Where in a paper a passage stands. The weight of a field is a matter of the topic pack, not of the reader."""

    TITLE = "title"
    SUBJECT = "subject"
    QUESTION = "question"
    SUMMARY = "summary"
    LEAD = "lead"
    BODY = "body"
    DICTUM = "dictum"
    ATTACHMENT = "attachment"
    AGENDA = "agenda"
    FOOTNOTE = "footnote"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list item or table row, as plain repaired text; `heading` is the nearest heading above it ("" if none).

    `anchor` is the sentence that a footnote belongs to, where the markup tells; it stands in a passage of its own.
    """

    field: Field
    text: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file or paper that hangs under this one, as named by the publisher. `url` is "" when it is only named (`exb-*`)."""

    id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """What one version of one address says.

    `id` is the canonical id where the publisher gives one (`kst-32637-480`), else an address id (`ro:`, `rvo:`, `oo:`, `url:`).
    `aliases` are further ids of the same real-world paper (case and document numbers excepted: those stand in `cases`).
    `dated` is the date of the paper, `published` when the publisher says it went public; neither decides what is new.
    `replaces` are ids of papers whose place it takes, `replaced_by` of those that took its own, as far as the publisher says so
    by name.
    `authors` are offices or names with office, as published. `dossiers` hold ids without prefix ("32637", "36600-XIII").
    """

    id: str
    url: str
    kind: Kind
    title: str
    passages: tuple[Passage, ...]
    raw_kind: str = ""
    aliases: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    dated: date | None = None
    published: date | datetime | None = None
    authors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    dossier_title: str = ""
    number: str = ""
    parliamentary_year: str = ""
    received: date | None = None
    submitted: date | None = None
    answered_by: str = ""
    main_paper: str = ""
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    attachments: tuple[AttachmentRef, ...] = ()
    scheme: SchemeSheet | None = None

    def text(self, *fields: Field) -> str:
        """The passages of these fields (all fields without arguments), a line each, in the order of the paper."""
        return "\n".join(p.text for p in self.passages if not fields or p.field in fields)

    def without(self, noise: Sequence[str]) -> Document:
        """This document less boilerplate and every sentence that begins with one of the noise rules (`domain.noise`)."""
        kept = []
        for passage in self.passages:
            if passage.field is Field.BOILERPLATE:
                continue
            text, hidden = strip(passage.text, noise)
            if not hidden:
                kept.append(passage)
            elif text:
                kept.append(replace(passage, text=text))
        return self if len(kept) == len(self.passages) and kept == list(self.passages) else replace(self, passages=tuple(kept))

    def hidden(self, noise: Sequence[str]) -> Counter[str]:
        """How many sentences each noise rule takes out of this document."""
        counted: Counter[str] = Counter()
        for passage in self.passages:
            if passage.field is not Field.BOILERPLATE:
                counted.update(strip(passage.text, noise)[1])
        return counted

    def content_hash(self) -> str:
        """SHA-256 (hex) over what the paper says: title, kind, passages, scheme facts and attachments.

        Addresses, dates of publication and identifiers are left out: a moved or re-dated paper with the same words is the same
        content. Apply `without` first, so that noise never counts (design decision 4).
        """
        said = {
            "kind": self.kind.value,
            "title": self.title,
            "passages": [[p.field.value, p.heading, p.text] for p in self.passages],
            "scheme": self.scheme.to_json() if self.scheme else None,
            "attachments": [[a.id, a.title] for a in self.attachments],
        }
        return hashlib.sha256(canonical_json(said)).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready form from which `from_json` rebuilds an equal document; empty values are left out."""
        out: dict[str, Any] = {
            "id": self.id,
            "url": self.url,
            "kind": self.kind.value,
            "title": self.title,
            "passages": [[p.field.value, p.text, p.heading, *([p.anchor] if p.anchor else [])] for p in self.passages],
            "raw_kind": self.raw_kind,
            "aliases": list(self.aliases),
            "cases": list(self.cases),
            "dated": _iso(self.dated),
            "published": _iso(self.published),
            "authors": list(self.authors),
            "addressees": list(self.addressees),
            "dossiers": list(self.dossiers),
            "dossier_title": self.dossier_title,
            "number": self.number,
            "parliamentary_year": self.parliamentary_year,
            "received": _iso(self.received),
            "submitted": _iso(self.submitted),
            "answered_by": self.answered_by,
            "main_paper": self.main_paper,
            "replaces": list(self.replaces),
            "replaced_by": list(self.replaced_by),
            "attachments": [[a.id, a.title, a.url] for a in self.attachments],
            "scheme": self.scheme.to_json() if self.scheme else None,
        }
        return {key: value for key, value in out.items() if value not in (None, "", [])}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Document:
        """The document that `to_json` wrote down. Raises KeyError or ValueError on anything else."""
        scheme = data.get("scheme")
        return Document(
            id=data["id"],
            url=data["url"],
            kind=Kind(data["kind"]),
            title=data.get("title", ""),
            passages=tuple(Passage(Field(f), *said) for f, *said in data.get("passages", ())),
            raw_kind=data.get("raw_kind", ""),
            aliases=tuple(data.get("aliases", ())),
            cases=tuple(data.get("cases", ())),
            dated=_date(data.get("dated")),
            published=_moment(data.get("published")),
            authors=tuple(data.get("authors", ())),
            addressees=tuple(data.get("addressees", ())),
            dossiers=tuple(data.get("dossiers", ())),
            dossier_title=data.get("dossier_title", ""),
            number=data.get("number", ""),
            parliamentary_year=data.get("parliamentary_year", ""),
            received=_date(data.get("received")),
            submitted=_date(data.get("submitted")),
            answered_by=data.get("answered_by", ""),
            main_paper=data.get("main_paper", ""),
            replaces=tuple(data.get("replaces", ())),
            replaced_by=tuple(data.get("replaced_by", ())),
            attachments=tuple(AttachmentRef(*a) for a in data.get("attachments", ())),
            scheme=SchemeSheet.from_json(scheme) if scheme else None,
        )


def canonical_json(value: object) -> bytes:
    """JSON as UTF-8 bytes in one fixed form (sorted keys, no spaces), fit for hashing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: str | None) -> date | datetime | None:
    if not value:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
