"""Where in a regulation an instruction works: title, paragraph, article, member (lid), part (onderdeel), table.

Dutch drafting rules name places from large to small ("In artikel 3.4.5, tweede lid, onderdeel a, ..."), and leave out what the
line above said already ("In het tweede lid ..."). So a place is read on top of the place that holds so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_ORDINALS = (
    "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|veertiende|vijftiende"
    "|zestiende|zeventiende|achttiende|negentiende|twintigste"
)
_NUMBER = r"\d+(?:[.:]\d+)*[a-z]{0,2}"
_AND = r"(?:\s*,\s*|\s+en\s+|\s+of\s+|\s+tot\s+en\s+met\s+|\s+t/m\s+)"
_DIVISION = re.compile(rf"\b(?:hoofdstuk|titel|afdeling|paragraaf)\s+{_NUMBER}|§\s*{_NUMBER}", re.IGNORECASE)
_ARTICLE = re.compile(rf"\bartikel(?:en)?\s+(?P<number>{_NUMBER}(?:{_AND}{_NUMBER})*)", re.IGNORECASE)
_MEMBER = re.compile(
    rf"\b(?P<number>(?:{_ORDINALS})(?:{_AND}(?:{_ORDINALS}))*)\s+(?:lid|leden)\b|\blid\s+(?P<figure>\d+)", re.IGNORECASE
)
_PART = re.compile(
    rf"\b(?P<name>onderde(?:el|len)|onder|subonderdeel)\s+(?P<number>[a-z]{{1,2}}(?:{_AND}[a-z]{{1,2}})*|\d+[°º])(?![\w.])",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\b(?:de\s+)?(?P<name>(?:openstellings)?tabel|bijlage(?:\s+[\dIVX]+)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a regulation; "" for what is not said. `member` is as written ("tweede", "tweede en derde")."""

    division: str = ""
    article: str = ""
    member: str = ""
    part: str = ""
    table: str = ""

    @property
    def label(self) -> str:
        """As a reader writes it: "artikel 3.4.5, tweede lid, onderdeel a"; "" when no place was named."""
        several = re.search(_AND, self.member) is not None
        pieces = (
            self.division if not self.article else "",
            f"{'artikelen' if re.search(_AND, self.article) else 'artikel'} {self.article}" if self.article else "",
            f"{self.member} {'leden' if several else 'lid'}" if self.member else "",
            self.part,
            self.table,
        )
        return ", ".join(piece for piece in pieces if piece)


NOWHERE = Place()
"""The regulation as a whole."""


def place_in(text: str, above: Place) -> Place:
    """The place that a text names, on top of the one that holds so far; a larger unit named anew forgets the smaller ones."""
    place = above
    if division := _DIVISION.search(text):
        place = Place(division=" ".join(division[0].split()).replace("§ ", "paragraaf ").replace("§", "paragraaf ").lower())
    if article := _ARTICLE.search(text):
        place = Place(division=place.division if division else above.division, article=article["number"])
    if member := _MEMBER.search(text):
        place = replace(place, member=(member["number"] or member["figure"]).lower(), part="", table="")
    if part := _PART.search(text):
        place = replace(place, part=f"{part['name'].lower()} {part['number']}", table="")
    if table := _TABLE.search(text):
        place = replace(place, table=table["name"].lower())
    return place
