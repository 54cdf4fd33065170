"""`metadata.xml` of officielebekendmakingen.nl: names with schemes, repeated and nested, as one lookup (sources, 2.4).

The same facts exist in a second form, `metadata_owms.xml`; both give the same lookup, under the names of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import ReadingError
from domain.text import repair
from sources.dates import iso_day
from sources.decoding import Element, local_name, namespace, parse_xml, text_of

_KINGDOM_MARK = re.compile(r"[\s-]*\(R\d+\)", re.IGNORECASE)
_OWMS = {
    "http://purl.org/dc/terms/": "DCTERMS",
    "http://standaarden.overheid.nl/owms/terms/": "OVERHEID",
    "http://standaarden.overheid.nl/oep/meta/": "OVERHEIDop",
}
_CORE = frozenset({"identifier", "title", "type", "creator"})  # the first form calls these DC.*
_ENDING = re.compile(r"\.(?:html|xml|pdf)$")
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

    def papers(self, name: str) -> tuple[str, ...]:
        """The papers that a name holds, by id; an address of one counts as its id."""
        return tuple(dict.fromkeys(_ENDING.sub("", text.rstrip("/").rpartition("/")[2]) for text in self.all(name)))

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
    """The metadata and remarks, from either form. Raises ReadingError for anything else, and when no publication is named."""
    root, surprises = parse_xml(url, body)
    forms = {"metadata_gegevens": _named, "owms-metadata": _owms}
    if local_name(root) not in forms:
        raise ReadingError(url, f"root element {local_name(root)} instead of metadata_gegevens")
    values: dict[str, list[tuple[str, str]]] = {}
    for name, text, scheme in forms[local_name(root)](root):
        if content := repair(text):
            values.setdefault(name.lower(), []).append((content, scheme))
    metadata = Metadata({name: tuple(found) for name, found in values.items()})
    if not metadata.id:
        raise ReadingError(url, "metadata without DC.identifier")
    return metadata, surprises


def _named(root: Element) -> Iterator[tuple[str, str, str]]:
    """Name, content and scheme of every `metadata` element, the nested ones of a marked area included."""
    for element in root.iter():
        if local_name(element) == "metadata" and element.get("name"):
            yield element.get("name"), element.get("content") or "", element.get("scheme") or ""


def _owms(root: Element) -> Iterator[tuple[str, str, str]]:
    """The same from elements: `dcterms:issued` is DCTERMS.issued, `overheidop:dossiernummer` OVERHEIDop.dossiernummer.

    One element is called `dcterms.modified`, with a dot and without namespace, by the publisher.
    """
    for element in root.iter():
        name = local_name(element).rpartition(".")[2]
        if name and not any(local_name(child) for child in element):
            group = _OWMS.get(namespace(element), "DCTERMS")
            kept = name if group != "DCTERMS" or name not in _CORE else f"DC.{name}"
            yield kept if kept.startswith("DC.") else f"{group}.{name}", text_of(element), element.get("scheme") or ""
