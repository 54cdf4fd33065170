"""Words that announce a citation and were not read as one: shapes that nobody has taught us, for the log and never guessed at.

Papers that are named by a day only ("mijn brief van 10 november jl.") are kept as they are written: which paper is meant stands
nowhere, and the day is relative to the paper's own.
"""

from __future__ import annotations

import re

from domain.citations import citation_spans

MOST = 20
_ANNOUNCED = re.compile(
    r"(?<!\w)(?:Kamerstuk(?:ken)?|Aanhangsel\s+(?:van\s+de\s+)?Handelingen|Handelingen|Staatscourant|Stcrt\.?|Staatsblad|Stb\.?"
    r"|Tractatenblad|Trb\.?)[\s,:(]+(?:\S+\s+){0,3}?\d[^\n;)]{0,40}",
    re.IGNORECASE,
)
_BY_DAY = re.compile(
    r"\b(?:brief|brieven|antwoord(?:en)?|beantwoording|motie|vragen|rapport(?:age)?|toezegging|verslag|debat|overleg)\b"
    r"[^.\n;]{0,60}?\b(?:van|op|d\.d\.)\s+\d{1,2}\s+(?:jan|feb|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
    r"(?:\s+\d{4})?(?:\s+(?:jl|jongstleden|ll|aanstaande|a\.s)\b\.?)?",
    re.IGNORECASE,
)


def unread(text: str) -> tuple[str, ...]:
    """Stretches of a text that begin as a citation does and were not read, each once, at most twenty."""
    if not _ANNOUNCED.search(text):
        return ()
    read = citation_spans(text)
    found = (
        " ".join(match[0].split())
        for match in _ANNOUNCED.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in read)
    )
    return tuple(dict.fromkeys(found))[:MOST]


def named_by_day(text: str) -> tuple[str, ...]:
    """Papers named by their day only, in the words of the text, each once, at most twenty."""
    read = citation_spans(text)
    found = (
        " ".join(match[0].split())
        for match in _BY_DAY.finditer(text)
        if not any(start < match.end() + 30 and match.start() < end for start, end in read)
    )
    return tuple(dict.fromkeys(found))[:MOST]
