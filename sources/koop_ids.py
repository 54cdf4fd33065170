"""Addresses of officielebekendmakingen.nl and the identifiers in them, old and stacked shapes included (domain, U1)."""

from __future__ import annotations

import re

from domain.documents import Kind
from domain.identifiers import from_url, normalise
from sources.koop_xml import SITE
from sources.urls import split

_HOSTS = frozenset(
    {"zoek.officielebekendmakingen.nl", "www.officielebekendmakingen.nl", "officielebekendmakingen.nl", "repository.overheid.nl"}
)
_FAMILIES = frozenset({"kst", "ah", "kv", "h", "stcrt", "stb", "trb", "blg", "nds", "ag"})
# Real ids exist outside the measured patterns (sources, 2.5 and 6): they are carried as they are.
_OPAQUE = re.compile(r"[a-z]+-[\w.-]+")
_ENDINGS = re.compile(r"\.(?:html|xml|pdf|odt)$|/metadata\.xml$")
_KINDS = {"kv": Kind.QUESTION, "h": Kind.DEBATE, "stb": Kind.REGULATION, "blg": Kind.ATTACHMENT}


def family(identifier: str) -> str:
    """The first part of an id ("kst", "ah", ...), "" when it is no family of this site."""
    name = identifier.partition("-")[0]
    return name if name in _FAMILIES else ""


def id_of(text: str) -> str | None:
    """The identifier of an address of this site, or of a bare id; None for anything else."""
    if "://" not in text:
        return _plain(text)
    parts = split(text)
    if (parts.hostname or "").lower() not in _HOSTS:
        return None
    found = from_url(text)
    if found is not None and family(found):
        return found
    return _plain(_ENDINGS.sub("", parts.path.rstrip("/")).rpartition("/")[2])


def _plain(text: str) -> str | None:
    try:
        found = normalise(text)
    except ValueError:
        found = text.strip()
    return found if family(found) and _OPAQUE.fullmatch(found) else None


def address_of(identifier: str) -> str:
    """The address under which a paper is followed and shown."""
    return f"{SITE}/{identifier}.html"


def kind_of_id(identifier: str) -> Kind | None:
    """The kind where the family alone decides it; None where the paper has to be read."""
    return _KINDS.get(family(identifier))
