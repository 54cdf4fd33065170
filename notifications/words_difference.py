"""The words around a comparison of two versions, in Dutch and in English. What changed is worded by `domain`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PHRASES: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "title": "Wat er veranderde: {title}",
        "version": "versie {seq}",
        "was": "Was",
        "becomes": "Wordt",
        "part": "Onderdeel",
        "seen": "gezien op {moment}",
        "snapshot": "bewaarde kopie {hash}",
        "facts": "Gegevens van de regeling",
        "frame": "Over het stuk",
        "text": "Tekst",
        "no_heading": "Zonder kop",
        "nothing": "Er is geen verschil tussen deze versies.",
        "alone": "Er is één versie ({version}, {seen}): er is niets om mee te vergelijken.",
        "count_one": "1 wijziging",
        "count_many": "{n} wijzigingen",
        "unchanged_one": "… 1 alinea ongewijzigd …",
        "unchanged_many": "… {n} alinea's ongewijzigd …",
        "ignored": "Niet vergeleken: «{text}» ({reason}): {before} keer in de oude versie, {after} keer in de nieuwe",
        "readers": "Deze versies zijn door twee uitgaven van de lezer gelezen: een deel van het verschil kan daaraan liggen.",
        "insert": "toegevoegd",
        "delete": "vervallen",
        "replace": "gewijzigd",
        "move": "verplaatst (was alinea {was})",
        "moved_and_changed": "verplaatst (was alinea {was}) en gewijzigd",
        "sentence_moved": "zin verplaatst",
        "heading": "kop gewijzigd",
        "empty": "(lege alinea)",
        "next": "volgende wijziging",
        "first": "naar de eerste wijziging",
        "more": "… en nog {n} wijzigingen",
        "more_one": "… en nog 1 wijziging",
        "legend": "Doorgestreept is vervallen, onderstreept is nieuw, gestippeld is verplaatst.",
        "source": "De bron is leidend",
    },
    "en": {
        "title": "What changed: {title}",
        "version": "version {seq}",
        "was": "Was",
        "becomes": "Becomes",
        "part": "Item",
        "seen": "seen on {moment}",
        "snapshot": "stored copy {hash}",
        "facts": "Facts of the scheme",
        "frame": "About the paper",
        "text": "Text",
        "no_heading": "Without a heading",
        "nothing": "There is no difference between these versions.",
        "alone": "There is one version ({version}, {seen}): there is nothing to compare it with.",
        "count_one": "1 change",
        "count_many": "{n} changes",
        "unchanged_one": "… 1 paragraph unchanged …",
        "unchanged_many": "… {n} paragraphs unchanged …",
        "ignored": "Not compared: «{text}» ({reason}): {before} times in the old version, {after} times in the new one",
        "readers": "These versions were read by different releases of the reader; part of the difference may come from that.",
        "insert": "added",
        "delete": "removed",
        "replace": "changed",
        "move": "moved (was paragraph {was})",
        "moved_and_changed": "moved (was paragraph {was}) and changed",
        "sentence_moved": "sentence moved",
        "heading": "heading changed",
        "empty": "(empty paragraph)",
        "next": "next change",
        "first": "to the first change",
        "more": "… and {n} more changes",
        "more_one": "… and 1 more change",
        "legend": "Struck out is gone, underlined is new, dotted has moved.",
        "source": "The source is authoritative",
    },
}


def phrase(language: str, key: str, **values: object) -> str:
    """The phrase with its fields filled in; every language but "en" is Dutch. Raises KeyError for an unknown phrase."""
    return PHRASES["en" if language == "en" else "nl"][key].format(**values)


def counted(language: str, n: int, noun: str) -> str:
    """A number with its noun: "1 wijziging", "12 alinea's ongewijzigd"."""
    return phrase(language, f"{noun}_{'one' if n == 1 else 'many'}", n=n)
