"""Which earlier paper a paper takes the place of: corrections, reprints, amended motions ("t.v.v.").

Three signs, as publishers give no single one: the suffix of the id (`-n1` erratum, `-h1` reprint), words in the title with a
number, and, from the metadata, what is replaced by name (`Document.replaces`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from domain.citations import extract_ids
from domain.documents import Document
from domain.identifier_grammar import identity, kst

_SUFFIX = re.compile(r"-([nhv])(\d{1,2})$")
_IN_PLACE = re.compile(
    r"\b(?:t\.?\s?v\.?\s?v\.?|ter\s+vervanging\s+van|vervangt)\s+(?:(?:de|het|die|dat|eerder\s+gedrukte|gedrukte?|stuk|motie|brief"
    r"|onder|kamerstuk)\s+)*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:nr\.?\s*)?(\d{1,4}[a-z]?)(?![\w-]|\s?\d{3})", re.IGNORECASE)
_CORRECTION = re.compile(r"\b(?:rectificatie|erratum|herdruk|hersteld|verbeterde?)\b", re.IGNORECASE)
_REACH = 60  # characters behind "t.v.v." in which the number stands


class Replacement(StrEnum):
    """How a paper takes the place of another."""

    ERRATUM = "erratum"
    REPRINT = "reprint"
    VERSION = "version"
    INSTEAD = "instead"  # an amended paper, "t.v.v."


_SORTS = {"n": Replacement.ERRATUM, "h": Replacement.REPRINT, "v": Replacement.VERSION}


def replaced(document: Document) -> tuple[str, ...]:
    """The ids of the papers that this one takes the place of, each once, never its own. Numbers without a dossier are those of
    the paper's own first dossier; a number that cannot be placed names nothing."""
    return _others(document, (*document.replaces, *_by_suffix(document.id), *_by_title(document)))


def replaced_by(document: Document) -> tuple[str, ...]:
    """The ids of the papers that took the place of this one, each once, never its own: the publisher adds them to the earlier
    paper's metadata."""
    return _others(document, document.replaced_by)


def _others(document: Document, found: Sequence[str]) -> tuple[str, ...]:
    own = {_same(document.id), *map(_same, document.aliases)}
    return tuple(dict.fromkeys(one for one in map(_same, found) if one not in own))


def sort_of(identifier: str) -> Replacement:
    """How the paper with this id takes the place of another, from the suffix of its id."""
    match = _SUFFIX.search(identifier)
    return _SORTS[match[1]] if match else Replacement.INSTEAD


def _by_suffix(identifier: str) -> tuple[str, ...]:
    match = _SUFFIX.search(identifier)
    return (identifier[: match.start()],) if match and ":" not in identifier else ()


def _by_title(document: Document) -> tuple[str, ...]:
    match = _IN_PLACE.search(document.title)
    if match:
        behind = document.title[match.end() : match.end() + _REACH]
        if cited := extract_ids(behind):
            return tuple(one for one in cited if one.startswith(("kst-", "stcrt-", "stb-", "ah-")))[:1]
        number = _NUMBER.match(behind)
        if number and document.dossiers:
            try:
                return (kst(document.dossiers[0], number[1]),)
            except ValueError:
                return ()
        return ()
    correction = _CORRECTION.search(document.title)
    if correction:
        cited = extract_ids(document.title[correction.end() :])
        return tuple(one for one in cited if one.split("-")[0] == document.id.split("-")[0])[:1]
    return ()


def _same(identifier: str) -> str:
    try:
        return identity(identifier)
    except ValueError:
        return identifier
