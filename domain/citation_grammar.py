"""What all shapes of citations share: where one stands, parliamentary years, houses, and lists of numbers (rules K4 and K5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_RANGE = 50  # "nrs. 4-12" names nine papers; a longer stretch is no list of papers


@dataclass(frozen=True, slots=True)
class Hit:
    """One citation in a text: where it stands and the ids it names, in order."""

    start: int
    end: int
    ids: tuple[str, ...]


YEAR = r"(?:19|20)\d{2}\s*[-/–—‑]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d)"
HOUSE = r"(?i:I{1,2}|VV|TK|EK|(?:Tweede\s+Kamer|Eerste\s+Kamer)(?:\s+der\s+Staten-Generaal)?)(?!\w)"
NUMBER_WORD = r"(?i:nrs?|nos?|nummers?)(?![^\W\d_])\s*\.?\s*"

_NUMBER = re.compile(r"(?:\d{1,5}(?:[a-zA-Z](?!\w))?|[A-Z]{1,3}\d?)(?:-[bnhv]\d+)?(?!\w)(?!/\d)")
_REST_OF_DOSSIER = re.compile(r"(?:\s{1,3}|\.)\d{3}(?!\d)")
_NUMBER_WORD = re.compile(rf"\s*[,–‑-]?\s*(?P<word>{NUMBER_WORD})")
_AND = re.compile(rf"\s*(?:,|;|&|\+|(?i:en|alsmede|respectievelijk|of)\b|(?i:resp)\b\.?)\s*(?P<word>{NUMBER_WORD})?")
_UP_TO = re.compile(r"\s*(?:(?P<dash>[-–—])|(?i:t/m|tot\s+en\s+met)\b)\s*(?=[\dA-Z])")
CLOSES = re.compile(r"\s*(?:[);,.\]]|$)")


def house_of(text: str | None) -> str:
    """The house as ids name it: "tk", "ek" or "vv"; the House of Representatives when the text names none."""
    said = " ".join((text or "").split()).lower()
    return "ek" if said == "i" or said.startswith(("ek", "eerste")) else "vv" if said == "vv" else "tk"


def number_word(text: str, at: int) -> tuple[int, bool] | None:
    """The word "nr." or "nrs." at this place: where it ends and whether it is plural; None when it does not stand there."""
    match = _NUMBER_WORD.match(text, at)
    return (match.end(), _plural(match["word"])) if match else None


def number(text: str, at: int) -> tuple[str, int] | None:
    """One paper number at this place ("480", "41f", "F", "318-h1") and where it ends; never the front of a dossier or a date."""
    match = _NUMBER.match(text, at)
    if match is None or (len(match[0]) == 2 and match[0].isdigit() and _REST_OF_DOSSIER.match(text, match.end())):
        return None
    return match[0], match.end()


def numbers(text: str, at: int, plural: bool) -> tuple[tuple[str, ...], int]:
    """A list of numbers at this place, and where it ends; empty when there is none.

    After "nrs." everything listed counts and ranges are written out; after "nr." only what repeats the word, or a last number
    that the citation closes with ("nr. 4 en 5)").
    """
    first = number(text, at)
    if first is None:
        return (), at
    found, end = [first[0]], first[1]
    while True:
        up_to = _UP_TO.match(text, end)
        if up_to and (plural or not up_to["dash"]) and (last := number(text, up_to.end())):
            stretch = _stretch(found[-1], last[0])
            if not stretch:
                break
            found += stretch
            end = last[1]
            continue
        following = _AND.match(text, end)
        further = number(text, following.end()) if following else None
        if following is None or further is None:
            break
        listed = (
            plural or following["word"] or (not following[0].strip().startswith((",", ";")) and CLOSES.match(text, further[1]))
        )
        if not listed or not _alike(found[0], further[0]):
            break
        found.append(further[0])
        end = further[1]
    return tuple(dict.fromkeys(found)), end


def _plural(word: str) -> bool:
    return word.strip().rstrip(".").strip().lower() in {"nrs", "nos", "nummers"}


def _alike(first: str, further: str) -> bool:
    return first[0].isdigit() == further[0].isdigit()


def _stretch(first: str, last: str) -> list[str]:
    if len(first) == len(last) == 1 and "A" <= first < last <= "Z":
        return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
    if not (first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= LONGEST_RANGE):
        return []
    return [str(value) for value in range(int(first) + 1, int(last) + 1)]
