"""`metadata.xml` of officielebekendmakingen.nl: names with schemes, repeated and nested, as one lookup (sources, 2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import ReadingError
from domain.text import repair
from sources.dates import iso_day
from sources.decoding import local_name, parse_xml

_KINGDOM_MARK = re.compile(r"[\s-]*\(R\d+\)", re.IGNORECASE)
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[\s. ]+(?=\d{3}\b)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of one publication. Names are compared without case, because `aanhangselNummer` occurs in two spellings."""

    values: Mapping[str, tuple[tuple[str, str], ...]]

    def all(self, name: str, scheme: str = "") -> tuple[str, ...]:
        """Every value of a name (of one scheme), in order, each once."""
        found = (text for text, of in self.values.get(name.lower(), ()) if not scheme or of.lower() == scheme.lower())
        return tuple(dict.fromkeys(found))

    def one(self, name: str, scheme: str = "") -> str:
        """The first value of a name (of one scheme), "" when absent."""
        return next(iter(self.all(name, scheme)), "")

    def day(self, *names: str) -> date | None:
        """The first of these names that holds a date."""
        return next((day for name in names if (day := iso_day(self.one(name)))), None)

    @property
    def id(self) -> str:
        """The publication's own identifier."""
        return self.one("DC.identifier")

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The dossiers a paper stands in, and those a debate treats; without prefix, in the form of the identifiers."""
        treated = tuple(value.partition(";")[0] for value in self.all("OVERHEIDop.behandeldDossier"))
        return tuple(dict.fromkeys(dossier(value) for value in (*self.all("OVERHEIDop.dossiernummer"), *treated) if value))

    @property
    def title(self) -> str:
        """The paper's own title: `documenttitel`, else what `DC.title` says after the dossier's title; "" when neither helps."""
        if own := self.one("OVERHEIDop.documenttitel"):
            return own
        full, above = self.one("DC.title"), self.one("OVERHEIDop.dossiertitel")
        if above and full.startswith(above + ";"):
            return full.rpartition(";")[2].strip()
        return full

    @property
    def label(self) -> str:
        """The publisher's own name for the sort of paper, the most particular one."""
        for scheme in ("KamerstukTypen", "AanhangselTypen", "KamervraagTypen", "HandelingTypen", "Staatscourant", "Parlementair"):
            if said := self.one("DC.type", f"OVERHEIDop.{scheme}"):
                return said
        return self.one("OVERHEIDop.publicationName")


def dossier(text: str) -> str:
    """A dossier number in the form of the identifiers: "32 637" -> "32637", "36 600 XIII" -> "36600-XIII" (domain, K1 and K2)."""
    plain = _SPACED_THOUSANDS.sub("", _KINGDOM_MARK.sub("", text.strip()))
    return re.sub(r"[\s-]+", "-", plain).strip("-")


def read_metadata(url: str, body: bytes) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata and remarks. Raises ReadingError when the body is no `metadata_gegevens` or names no publication."""
    root, surprises = parse_xml(url, body)
    if local_name(root) != "metadata_gegevens":
        raise ReadingError(url, f"root element {local_name(root)} instead of metadata_gegevens")
    values: dict[str, list[tuple[str, str]]] = {}
    for element in root.iter():
        if local_name(element) == "metadata" and element.get("name"):
            content = repair(element.get("content") or "")
            if content:
                values.setdefault(element.get("name").lower(), []).append((content, element.get("scheme") or ""))
    metadata = Metadata({name: tuple(found) for name, found in values.items()})
    if not metadata.id:
        raise ReadingError(url, "metadata without DC.identifier")
    return metadata, surprises
