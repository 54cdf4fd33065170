"""What a paper is called when its publisher only says what sort of paper it is ("BRIEF VAN DE MINISTER VAN ...").

Rule, published in `docs/digests.md`: the title from the metadata; else that of a copy (rijksoverheid.nl gives letters a title of
their own); else "<kind> <office> over <best noun phrase>". The phrase stands in the paper: its subject line, else the first title
it quotes, else what follows the first "over", "inzake" or "betreffende".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.documents import Document, Field, Kind

_FORMAL = re.compile(
    r"(?:nader\s+)?(?:brief|verslag|antwoord|mededeling|nota|lijst van vragen(?: en antwoorden)?|besluit|regeling)"
    r"(?:\s+(?:regering|houdende|naar aanleiding van het verslag))?"
    r"(?:\s+(?:van|op|der)\b.*)?\.?",
    re.IGNORECASE | re.DOTALL,
)
_TELLING = re.compile(
    r"\b(?:over|inzake|betreffende|met betrekking tot|tot wijziging|tot vaststelling|in verband met|aan)\b", re.I
)
_NAMES = {
    Kind.LETTER: "Kamerbrief",
    Kind.QUESTION: "Kamervraag",
    Kind.ANSWER: "Antwoord",
    Kind.EXTENSION: "Uitstel",
    Kind.REPORT: "Rapport",
    Kind.MOTION: "Motie",
    Kind.DEBATE: "Debat",
    Kind.REGULATION: "Regeling",
    Kind.SCHEME: "Subsidieregeling",
    Kind.NEWS: "Nieuwsbericht",
    Kind.ATTACHMENT: "Bijlage",
    Kind.OTHER: "Stuk",
}
_LABEL = re.compile(r"^(?:betreft|onderwerp|inzake)\s*:?\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"]{8,120})[»”\"]")
_ABOUT = re.compile(
    r"\b(?:over|inzake|betreffende)\s+((?:\S+\s+){0,11}?\S+?)(?=[,.;:()]|\s+(?:die|dat|waar\w*|zoals|en ik|is|zijn)\b|$)"
)
_ARTICLE = re.compile(r"^(?:de|het|een)\s+", re.IGNORECASE)
_TOLD = (Field.SUBJECT, Field.SUMMARY, Field.LEAD, Field.BODY)
_FAR = 12  # passages in which a letter has said what it is about
_LONGEST = 100


def is_formal(title: str) -> bool:
    """True for a title that says what sort of paper it is and by whom, and not what it is about."""
    return bool(_FORMAL.fullmatch(title.strip())) and not _TELLING.search(title)


def title(document: Document, others: Iterable[str] = ()) -> str:
    """What to call a paper, by the rule above; `others` are the titles of its copies, best first. Its id if nothing is known."""
    known = [one for one in (document.title, *others) if one.strip()]
    telling = next((one for one in known if not is_formal(one)), "")
    return telling or made(document) or (known[0] if known else document.id)


def made(document: Document) -> str:
    """ "<kind> <office> over <noun phrase>" from the paper's own words; "" when it does not say what it is about."""
    phrase = _phrase(document)
    if not phrase:
        return ""
    office = _ARTICLE.sub("", document.authors[0]) if document.authors else ""
    return " ".join(part for part in (_NAMES[document.kind], office, "over", phrase) if part)


def _phrase(document: Document) -> str:
    told = [passage for passage in document.passages if passage.field in _TOLD][:_FAR]
    for passage in told:
        if passage.field is Field.SUBJECT and not is_formal(said := _LABEL.sub("", passage.text).strip(" .")):
            return _cut(said)
    for pattern in (_QUOTED, _ABOUT):
        for passage in told:
            if found := pattern.search(passage.text):
                said = f"«{found[1].strip()}»" if pattern is _QUOTED else found[1].strip()
                return _cut(said)
    return ""


def _cut(said: str) -> str:
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + "…"
