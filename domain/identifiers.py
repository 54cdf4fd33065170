"""Identifiers: the door to their grammar and addresses, and their Dutch citation.

Other rooms import from here; the grammar stands in `domain.identifier_grammar`, the addresses in `domain.addresses`.
"""

from __future__ import annotations

import re

from domain.addresses import from_url, ids_of_url, link_key, url_of
from domain.identifier_grammar import AH, GAZETTE, KST, H, identity, is_known, kst, normalise
from domain.parliamentary_years import LAST_BY_MEETING_AND_PAGE, LAST_BY_PAGE, eight_digits, slashed

__all__ = ["cite", "from_url", "identity", "ids_of_url", "is_known", "kst", "link_key", "normalise", "url_of"]

_HOUSES = {"tk": "II", "ek": "I", "vv": "VV"}
_GAZETTES = {"stcrt": "Staatscourant", "stb": "Staatsblad", "trb": "Tractatenblad"}
_SPOKEN = {"tkdoc": "document", "tkzaak": "zaak", "dossier": "dossier"}


def cite(identifier: str, parliamentary_year: str = "") -> str:
    """The Dutch citation, e.g. "Kamerstukken II 2021/22, 32 637, nr. 480"; the id itself where there is no Dutch form.

    `parliamentary_year` may be "2021-2022", "2021/22" or "20212022". `domain.citations` reads the citation of every paper back to
    the same id, corrections included (`-n1`, `-h1`). Raises ValueError as `normalise` does.
    """
    text = normalise(identifier)
    if match := KST.fullmatch(text):
        return _cite_paper(match, parliamentary_year)
    if match := AH.fullmatch(text):
        house, year = _HOUSES[match["house"]], slashed(match["year"])
        return f"Aanhangsel Handelingen {house} {year}, nr. {match['number']}{match['suffix'] or ''}"
    if match := H.fullmatch(text):
        return _cite_proceedings(match)
    if match := GAZETTE.fullmatch(text):
        return f"{_GAZETTES[match['gazette']]} {match['year']}, {match['number']}{match['suffix'] or ''}"
    prefix, colon, rest = text.partition(":")
    if colon and prefix in _SPOKEN:
        return f"{_SPOKEN[prefix]} {_spaced(rest)}"
    return rest if colon and prefix in {"url", "org"} else text


def _cite_paper(match: re.Match[str], parliamentary_year: str) -> str:
    number = f"{match['number']}{match['suffix'] or ''}"
    letter = number[0].isalpha()
    own_year = (match["year"] or "").rstrip("-")  # only papers of the Senate hold one
    year = own_year or eight_digits(parliamentary_year)
    front = f"Kamerstukken {'I' if letter or own_year else 'II'} {slashed(year)}, " if year else "Kamerstuk "
    return f"{front}{_spaced(match['dossier'])}, {'' if letter and year else 'nr. '}{number}"


def _cite_proceedings(match: re.Match[str]) -> str:
    front = f"Handelingen {_HOUSES[match['house']]} {slashed(match['year'])}"
    numbers, suffix = match["numbers"].split("-"), match["suffix"] or ""
    if len(numbers) == 1:
        return f"{front}, nr. {numbers[0]}{suffix}"
    if match["year"] <= LAST_BY_MEETING_AND_PAGE and len(numbers) > 2:
        return f"{front}, nr. {numbers[0]}, p. {'-'.join(numbers[1:])}{suffix}"
    if match["year"] <= LAST_BY_PAGE:
        return f"{front}, p. {'-'.join(numbers)}{suffix}"
    return f"{front}, nr. {numbers[0]}, item {'-'.join(numbers[1:])}{suffix}"


def _spaced(dossier: str) -> str:
    """A dossier as papers print it: "32 637", "36 200 XIII", "21 501-30"."""
    number, dash, rest = dossier.partition("-")
    if len(number) != 5 or not number.isdigit():
        return dossier
    return f"{number[:2]} {number[2:]}{dash if rest.isdigit() else ' ' if dash else ''}{rest}"
