"""Titles as evidence: what two sites call one paper, less what each site adds, and when an equal title proves nothing."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from domain.documents import Kind
from domain.text import canonical

CLOSE = 80  # rapidfuzz ratio from which two words are one, spelt differently
SHORTEST = 3  # words; a shorter title names a subject, not a paper

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:{words})\s*[:;–-]\s*", re.IGNORECASE))
    for kind, words in (
        (Kind.ANSWER, r"antwoord(?:en)?\s+(?:op\s+)?schriftelijke\s+vragen|beantwoording(?:\s+kamervragen)?|antwoord"),
        (Kind.EXTENSION, r"mededeling(?:\s+uitstel\w*)?|uitstelbericht|uitstel\s+beantwoording"),
        (Kind.QUESTION, r"schriftelijke\s+vragen|kamervra(?:ag|gen)(?:\s+zonder\s+antwoord)?(?:\s+\d{4}Z\d+)?"),
        (Kind.LETTER, r"brief\s+(?:van\s+de\s+)?regering|brief\s+regering|kamerbrief|brief"),
        (Kind.MOTION, r"motie"),
        (Kind.REPORT, r"rapport|eindrapport"),
        (Kind.ATTACHMENT, r"bijlage"),
    )
)
_OPENINGS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        (Kind.ANSWER, r"antwoord(?:en)?\s+op\s+(?:de\s+)?(?:kamer)?vragen|beantwoording"),
        (Kind.EXTENSION, r"uitstel\b|mededeling\s+.*uitstel"),
        (Kind.MOTION, r"(?:gewijzigde\s+|nader\s+gewijzigde\s+)?motie"),
        (Kind.LETTER, r"kamerbrief"),
    )
)
_PAPER_LINE = re.compile(
    r"^\d{2}\s?\d{3}\b|\bNr\.\s*\d+\b|^kamerstuk\b|^(?:brief|motie|verslag|nota)\s+van\s+(?:de|het|een)(?:\s+\S+){1,5}$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^\(.*\)$|^(?:tweede|eerste)\s+kamer\b.*staten-generaal$|^[a-z]+-[\w.-]+$|^(?:document|pagina|home)$", re.IGNORECASE
)
_DOSSIER_BEHIND = re.compile(r"\s+[-–|]\s+[A-ZÀ-Þ][^-–|:;?!.]{2,80}$")
_SITE_BEHIND = re.compile(r"\s*\|\s*[\w. ]+$")
_SERIES = re.compile(
    r"\b(?:geannoteerde\s+agenda|agenda|verslag|voortgangs\w*|jaar(?:verslag|rapport\w*|bericht)|monitor|nieuwsbrief|besluitenlijst"
    r"|kwartaal\w*|maand\w*|wekelijkse?|stand\s+van\s+zaken)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")


def kind_of_title(title: str) -> Kind | None:
    """The kind that a title announces ("Brief regering : …", "Antwoord op vragen …"); None when it announces none."""
    for kinds in (_KINDS, _OPENINGS):
        for kind, words in kinds:
            if words.search(title.strip()):
                return kind
    return None


@cache
def readings(title: str) -> frozenset[str]:
    """The canonical titles that a title may stand for: without the kind in front, with and without the dossier's name behind.

    Empty when it is no title of one paper: the heading of a printed paper ("32 637 … Nr. 472 BRIEF VAN …"), an id, a placeholder,
    or a name of fewer than three words.
    """
    text = _SITE_BEHIND.sub("", title.strip())
    for _, words in _KINDS:
        stripped = words.sub("", text, count=1)
        if stripped != text:
            text = stripped
            break
    if _PAPER_LINE.search(text) or _NO_TITLE.search(text):
        return frozenset()
    forms = {text, _DOSSIER_BEHIND.sub("", text)}
    plain = (re.sub(r"[^\w\s]", " ", canonical(form)) for form in forms)
    return frozenset(" ".join(form.split()) for form in plain if len(form.split()) >= SHORTEST)


def same_title(first: str, second: str) -> bool:
    """True when two titles can only be those of one paper: equal in some reading, or the same but for the spelling of one word.

    A year, a date or a number that differs tells two papers of a series apart, and so does any other word ("eerste", "tweede").
    """
    ones, others = readings(first), readings(second)
    return bool(ones & others) or any(_spelt_alike(one, other) for one in ones for other in others)


def _spelt_alike(one: str, other: str) -> bool:
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    different = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return len(different) == 1 and not any(map(_FIGURE.search, different[0])) and fuzz.ratio(*different[0]) >= CLOSE


def is_of_series(title: str) -> bool:
    """True for papers that come again and again under one title (agendas, progress reports): the title alone proves nothing."""
    return _SERIES.search(title) is not None
