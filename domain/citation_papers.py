"""Citations of parliamentary papers: "Kamerstuk 32 637, nr. 473" in all its shapes (rules K1 to K6, P1 and D1).

Every number that looks like a dossier is tried; what stands before it (the word Kamerstuk, a house, a parliamentary year) and
behind it (further dossiers, a number) decides whether it is one. Without the word, a number must follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.citation_grammar import CLOSES, HOUSE, YEAR, Hit, house_of, number, number_word, numbers
from domain.identifier_grammar import is_known, kst
from domain.parliamentary_years import LAST_SENATE_NUMBERS_PER_YEAR, eight_digits

# Most budgets have a round number; those of 2010, 2014, 2017, 2018, 2021, 2022 and 2024 have not.
_UNROUND_BUDGETS = frozenset(("32123", "33750", "34550", "34775", "35570", "35925", "36410"))
WITH_PARTS = "21501"  # the one dossier with numbered parts; everywhere else "32637-10" is paper 10

_FIVE = r"\d{2}(?:\s{1,3}|\.)?\d{3}(?!\w)"
_DOSSIER = re.compile(rf"(?<![\w./-]){_FIVE}")
_NEXT_DOSSIER = re.compile(rf"\s*(?:[,;/&+]|(?i:en|alsmede)\b)\s*(?={_FIVE})")
_FIVE_DIGITS = re.compile(_FIVE)
_LETTER_BEHIND = re.compile(rf"({_FIVE})(?:\s?-\s?|\s)([A-Z]{{1,2}}\d?)(?!\w)")
_CHAPTER = re.compile(
    r"(?:\s{1,3}|\s?[-–‑]\s?|\.|,?\s(?i:hoofdstuk|begrotingshoofdstuk)\s|,\s?(?=[IVX]+[A-Z]?,?\s(?i:nrs?)\b))?(?P<chapter>[IVXLC]+[A-Z]{0,2}|[A-Z]{1,3})(?!\w)"
)
_PART = re.compile(r"(?:\s{1,3}|\s?[-–‑]\s?)(?P<part>\d{2})(?!\d)")
_KINGDOM_MARK = re.compile(r"\s?-?\s?\(\s?R\s?\d{3,4}\s?\)")
_HYPHEN = re.compile(r"\s{0,2}[-–‑]\s{0,2}(?=[\dA-Z])")
_COMMA = re.compile(r"\s*,\s*(?:(?i:letter)\s+(?=[A-Z]))?(?=[\dA-Z])")
_ROMAN = re.compile(r"[IVX]{2,}[A-Z]?")
_BRACKETED = re.compile(rf"\(\s*{_FIVE}$")
# What stands before a number that is no dossier: an amount, a telephone or account number.
_OTHER_NUMBER = re.compile(
    r"(?:€|\b(?:EUR|tot|ruim|circa|ca\.|bijna|ongeveer|meer dan|minder dan|rekening|tel\.?|telefoon|fax|postbus|KvK))\s*:?\s*$",
    re.IGNORECASE,
)
_FRONT = re.compile(
    rf"(?:(?P<word>(?i:kamerstuk(?:ken|nummer|nr)?|kamerstuk(?:ken)?dossiers?|dossier(?:nummer|nr)?s?))\b\s*[.:,]?\s*)?"
    rf"(?:(?P<house>{HOUSE})\s*,?\s*)?(?:(?i:vergaderjaar|zitting)\s*)?(?:(?P<year>{YEAR})\s*,?\s*)?"
    r"(?:(?i:nrs?|nummers?)\s*\.?\s*)?\(?$"
)
_MONITOR = re.compile(r"(?<!\w)KST(?P<dossier>\d{5})(?P<chapter>[IVXLC]+(?=\d))?(?P<rest>[1-9]\d{0,6}|0\d{3,6}|[A-Z]{1,2})(?!\w)")
_OPAQUE_SERIAL = "1173"
_REFERENCE = re.compile(r"(?i:kenmerk|reference)\s*:?\s*(?=\d{2}\s?\d{3})")
_SENATE_INTERNAL = re.compile(
    rf"(?i:kamerstukken)\s+I\s*,?\s*(?:{YEAR}\s*,?\s*)?(?P<dossier>[IVXLC]{{2,}})\s*,\s*(?i:nr\.?\s*)?(?P<number>[A-Z]{{1,2}})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Front:
    """What stands before a dossier: where that begins, whether it says that this is one, and whether it names the Senate."""

    start: int
    word: bool
    senate: bool
    year: str


def papers(text: str) -> Iterator[Hit]:
    """The papers and dossiers that the text cites, in order of shape; hits may not overlap."""
    for match in _SENATE_INTERNAL.finditer(text):
        yield Hit(match.start(), match.end(), (f"kst-{match['dossier']}-{match['number']}",))
    place = 0
    while candidate := _DOSSIER.search(text, place):
        hit = _paper(text, candidate.start())
        if hit:
            yield hit
        place = hit.end if hit else candidate.end()


def monitor_numbers(text: str) -> Iterator[Hit]:
    """Rule P1: "KST" numbers of parlementairemonitor, unless a reference line says the same more plainly."""
    if _REFERENCE.search(text):
        return
    for match in _MONITOR.finditer(text):
        dossier, rest = match["dossier"], match["rest"]
        if dossier.startswith(_OPAQUE_SERIAL):
            continue
        if dossier == WITH_PARTS and len(rest) > 2:
            dossier, rest = f"{dossier}-{rest[:2]}", rest[2:].lstrip("0")
        if match["chapter"]:
            dossier = f"{dossier}-{match['chapter']}"
        if rest and (found := _kst(dossier, rest)):
            yield Hit(match.start(), match.end(), (found,))


def _paper(text: str, start: int) -> Hit | None:
    front = _front(text, start)
    dossier, end = _dossier(text, start)
    dossiers = [dossier]
    while following := _NEXT_DOSSIER.match(text, end):
        further, end = _dossier(text, following.end())
        dossiers.append(further)
    plausible = front.word or (text[start] in "123" and not _OTHER_NUMBER.search(text[max(0, start - 14) : start]))
    found, stop = _numbers(text, end, front) if plausible else ((), end)
    # The number belongs to the dossier named first (K3); the others only list the paper as well.
    ids = tuple(one for one in (_kst(dossiers[0], value, front) for value in found) if one)
    if ids:
        return Hit(front.start, stop, ids)
    if len(dossiers) == 1 and "-" not in dossier and (letter := _letter_behind(text, start, front)):
        return letter
    if front.word:
        return Hit(front.start, end, tuple(f"dossier:{one}" for one in dict.fromkeys(dossiers) if is_known(f"dossier:{one}")))
    return None


def _front(text: str, start: int) -> _Front:
    begin = max(0, start - 90)
    match = _FRONT.search(text[begin:start])
    assert match is not None  # the pattern matches the empty front as well
    house = match["house"]
    word = bool(match["word"] or (house and match["year"]))
    senate = house is not None and house_of(house) == "ek"
    return _Front(begin + match.start() if word else start, word, senate, eight_digits(match["year"] or ""))


def _dossier(text: str, start: int) -> tuple[str, int]:
    """The dossier here as ids hold it, and where it ends: chapter and part belong to it (K2), a kingdom mark does not."""
    match = _FIVE_DIGITS.match(text, start)
    assert match is not None
    dossier, end = re.sub(r"\D", "", match[0]), match.end()
    if mark := _KINGDOM_MARK.match(text, end):
        return dossier, mark.end()
    if dossier == WITH_PARTS and (part := _PART.match(text, end)):
        return f"{dossier}-{part['part']}", part.end()
    chapter = _CHAPTER.match(text, end)
    if chapter and (_is_budget(dossier) or _ROMAN.fullmatch(chapter["chapter"]) or _number_follows(text, chapter.end())):
        dossier, end = f"{dossier}-{chapter['chapter']}", chapter.end()
        mark = _KINGDOM_MARK.match(text, end)
        end = mark.end() if mark else end
    return dossier, end


def _is_budget(dossier: str) -> bool:
    """Whether a dossier is a budget: only those have chapters of one letter (funds) that stand alone."""
    return dossier.endswith("00") or dossier in _UNROUND_BUDGETS


def _number_follows(text: str, at: int) -> bool:
    """Whether a paper number stands behind what may be a chapter: else a single letter is itself the number (K6)."""
    for pattern in (_HYPHEN, _COMMA):
        if (separator := pattern.match(text, at)) and number(text, separator.end()):
            return True
    return number_word(text, at) is not None or _NEXT_DOSSIER.match(text, at) is not None


def _numbers(text: str, at: int, front: _Front) -> tuple[tuple[str, ...], int]:
    """The numbers behind the dossiers, in the ways they are written (K5), and where they end."""
    if word := number_word(text, at):
        found, end = numbers(text, *word)
        if found:
            return found, end
    if (hyphen := _HYPHEN.match(text, at)) and (one := number(text, hyphen.end())) and (front.word or hyphen[0] in "-–‑"):
        return (one[0],), one[1]
    if (comma := _COMMA.match(text, at)) and front.senate and text[comma.end()].isupper():
        found, end = numbers(text, comma.end(), plural=True)
        if found:
            return found, end
    if (comma := _COMMA.match(text, at)) and (one := number(text, comma.end())) and CLOSES.match(text, one[1]):
        letter = one[0][0].isupper()
        if (letter and _of_senate(text, at, one[1], front)) or (not letter and front.word):
            return (one[0],), one[1]
    return (), at


def _of_senate(text: str, at: int, end: int, front: _Front) -> bool:
    """Whether a letter behind a comma is the number of a Senate paper: what stands in front says so, or the two stand alone in
    brackets. Behind the round number of a budget it may be the letter of a fund as well: that is not guessed."""
    if front.senate:
        return True
    before = text[max(0, at - 12) : at]
    alone = text[end : end + 1] == ")" and _BRACKETED.search(before) is not None
    return not _is_budget(re.sub(r"\D", "", before)[-5:]) and (front.word or alone)


def _letter_behind(text: str, start: int, front: _Front) -> Hit | None:
    """A letter behind a dossier with nothing after it is the number of a Senate paper: "36349-E", "Kamerstuk 36 349 E"."""
    match = _LETTER_BEHIND.match(text, start)
    if not match or not (front.word or "-" in match[0]) or _ROMAN.fullmatch(match[2]):
        return None
    found = _kst(re.sub(r"\D", "", match[1]), match[2], front)
    return Hit(front.start, match.end(), (found,)) if found else None


def _kst(dossier: str, value: str, front: _Front | None = None) -> str:
    """The id, or "" when dossier and number together are none. Older numbered papers of the Senate are told apart by year."""
    by_year = front and front.senate and value[0].isdigit() and "" < front.year <= LAST_SENATE_NUMBERS_PER_YEAR
    try:
        return kst(f"{front.year}-{dossier}" if front and by_year else dossier, value)
    except ValueError:
        return ""
