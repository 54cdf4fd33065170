"""A publication as the search indexes see it."""

from __future__ import annotations

from dataclasses import dataclass

from demo.koop.document_text import paragraphs
from demo.moments import local_day
from demo.paper import Official
from demo.shelf import Shown

SUBJECT_SCHEMES = (
    "OVERHEIDop.KamerstukTypen",
    "OVERHEIDop.AanhangselTypen",
    "OVERHEIDop.KamervraagTypen",
    "OVERHEIDop.HandelingTypen",
)
TYPE_SCHEMES = ("OVERHEIDop.Parlementair", "OVERHEIDop.Staatscourant", "OVERHEIDop.Staatsblad")

# the w-field of the SRU record and index, and the name of the same thing in metadata.xml
FIELDS = (
    ("documentstatus", "OVERHEIDop.documentStatus"),
    ("documenttitel", "OVERHEIDop.documenttitel"),
    ("dossiertitel", "OVERHEIDop.dossiertitel"),
    ("indiener", "OVERHEIDop.indiener"),
    ("ontvanger", "OVERHEIDop.ontvanger"),
    ("ondernummer", "OVERHEIDop.ondernummer"),
    ("organisatietype", "OVERHEID.organisationType"),
    ("publicatienaam", "OVERHEIDop.publicationName"),
    ("publicatienummer", "OVERHEIDop.publicationIssue"),
    ("vergaderjaar", "OVERHEIDop.vergaderjaar"),
    ("jaargang", "OVERHEIDop.jaargang"),
    ("dossiernummer", "OVERHEIDop.dossiernummer"),
    ("vraagnummer", "OVERHEIDop.vraagnummer"),
    ("aanhangselnummer", "OVERHEIDop.aanhangselNummer"),
    ("aanhangsel", "OVERHEIDop.aanhangsel"),
    ("hoofddocument", "OVERHEIDop.hoofddocument"),
    ("bijlage", "OVERHEIDop.bijlage"),
    ("behandeldDossier", "OVERHEIDop.behandeldDossier"),
    ("datumBrief", "OVERHEIDop.datumBrief"),
    ("datumIndiening", "OVERHEIDop.datumIndiening"),
    ("datumOntvangst", "OVERHEIDop.datumOntvangst"),
    ("datumVergadering", "OVERHEIDop.datumVergadering"),
    ("datumOndertekening", "OVERHEIDop.datumOndertekening"),
)
_PLAIN = (
    ("dt.title", "DC.title"),
    ("dt.creator", "DC.creator"),
    ("dt.available", "DCTERMS.available"),
    ("dt.issued", "DCTERMS.issued"),
    ("dt.date", "DCTERMS.issued"),
    ("dt.alternative", "DCTERMS.alternative"),
    ("dt.subject", "OVERHEID.category"),
)
INDEXES = frozenset(
    {f"w.{field}" for field, _ in FIELDS}
    | {index for index, _ in _PLAIN}
    | {"dt.identifier", "dt.type", "dt.modified", "w.subrubriek", "c.product-area", "c.content-area"}
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A publication with its index values."""

    shown: Shown[Official]
    values: dict[str, tuple[str, ...]]

    def first(self, index: str) -> str:
        """The first value of an index, "" when it has none."""
        return next(iter(self.values.get(index, ())), "")


def content_area(identifier: str, official: Official) -> str:
    """The folder of a publication in the file tree: by dossier, by year of sessions, or by year."""
    family = identifier.split("-")[0]
    if family == "kst":
        folder = official.values("OVERHEIDop.dossiernummer")[0]
    elif family == "ah":
        return f"officielepublicaties/ah-tk/{official.values('OVERHEIDop.vergaderjaar')[0].replace('-', '')}"
    elif family == "kv":
        return f"officielepublicaties/kv-tk/{official.values('OVERHEIDop.vergaderjaar')[0].replace('-', '')}"
    elif family == "blg":
        folder = "onopgemaakt"
    else:
        folder = official.values("OVERHEIDop.jaargang")[0]
    return f"officielepublicaties/{family}/{folder}"


def index(shown: Shown[Official]) -> Indexed:
    """The index values of a publication as it shows."""
    official = shown.content
    values: dict[str, tuple[str, ...]] = {f"w.{field}": official.values(name) for field, name in FIELDS}
    values |= {field: official.values(name) for field, name in _PLAIN}
    values["dt.identifier"] = (shown.id,)
    values["dt.type"] = official.values("DC.type", *TYPE_SCHEMES)
    values["dt.modified"] = (local_day(shown.changed).isoformat(),)
    values["w.subrubriek"] = official.values("DC.type", *SUBJECT_SCHEMES)
    values["c.product-area"] = ("officielepublicaties",)
    values["c.content-area"] = (content_area(shown.id, official),)
    everything = [value for found in values.values() for value in found]
    values["text"] = ("\n".join([*everything, *paragraphs(official)]),)
    return Indexed(shown, values)
