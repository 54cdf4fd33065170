"""The words of amending instructions: what stands between quotation marks, and which verb does what to it.

Quoted text is set aside first: it may hold full stops, commas and even the words of an instruction. What remains is the fixed
Dutch of the drafting rules for regulations (Aanwijzingen voor de regelgeving, chapter 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    r"(?:“(?P<a>[^“”]*)”|«(?P<b>[^«»]*)»|„(?P<c>[^„”“]*)[”“]"
    r"|(?<![\w’])‘(?P<d>.+?)’(?!\w)|(?<!\w)\"(?P<e>[^\"]*)\"(?!\w)|(?<!\w)'(?P<f>.+?)'(?!\w))"
)
_HOLD = re.compile(r"⟦(\d+)⟧")
_Q = (
    r"(?:(?:het\s+(?:woord|bedrag|percentage|getal|jaartal|tijdstip)|de\s+(?:woorden|zinsnede|datum|zin|term|passage))"
    r"\s+(?:van\s+)?)?"
)
_WAS = rf"{_Q}⟦(?P<was>\d+)⟧"
_MADE = rf"{_Q}⟦(?P<made>\d+)⟧"
_BY = r"(?:telkens\s+)?(?:vervangen\s+door|gewijzigd\s+in|verhoogd\s+(?:naar|tot)|verlaagd\s+(?:naar|tot)|gelezen\s+als)\s*:?"

REPLACED = re.compile(rf"(?:{_WAS},?\s+(?:wordt\s+|worden\s+)?{_BY}\s+{_MADE})", re.IGNORECASE)
REPLACED_EACH = re.compile(
    rf"⟦(?P<was1>\d+)⟧\s+en\s+(?:{_Q})⟦(?P<was2>\d+)⟧\s+(?:telkens\s+)?vervangen\s+door\s+(?:onderscheidenlijk|respectievelijk)\s*:?\s+"
    r"⟦(?P<made1>\d+)⟧\s+en\s+⟦(?P<made2>\d+)⟧",
    re.IGNORECASE,
)
GONE = re.compile(rf"\bverval(?:t|len)\s+(?:telkens\s+)?{_WAS}", re.IGNORECASE)
GONE_BEHIND = re.compile(rf"{_WAS}\s+verval(?:t|len)\b", re.IGNORECASE)
INSERTED = re.compile(
    rf"\b(?:wordt|worden)\b[^.⟦]*?(?:(?P<side>na|voor|vóór)\s+{_WAS}\s+)?(?:aan\s+het\s+slot\s+)?(?:telkens\s+)?"
    rf"(?:in|toe)gevoegd\s*:?\s+{_MADE}",
    re.IGNORECASE,
)
REPEALED = re.compile(r"\bverval(?:t|len)\b", re.IGNORECASE)
REWRITTEN = re.compile(r"\bkom(?:t|en)\s+(?:als\s+volgt\s+)?te\s+luiden\b|\bwordt\s+gelezen\s+als\s+volgt\b", re.IGNORECASE)
ADDED = re.compile(r"\b(?:in|toe)gevoegd\b[^.]*\bluidende\b|\b(?:in|toe)gevoegd\s*:\s*$|\bluidende\s*:?\s*$", re.IGNORECASE)
TABLE_REPLACED = re.compile(r"\btabel\b[^.]*\bvervangen\s+door\b", re.IGNORECASE)
OPENS_LIST = re.compile(r"\bals\s+volgt\s+gewijzigd\s*[:.]?\s*$", re.IGNORECASE)
RENUMBERED = re.compile(r"\b(?:vernummerd|verletterd|geplaatst\s+na|vernummering|verlettering)\b", re.IGNORECASE)
INSTRUCTION = re.compile(
    r"^(?:(?:[A-Z]{1,2}|\d{1,2}|[a-z])[.)]?\s+)?(?:In\b|Aan\b|Na\b|Voor\b|Artikel(?:en)?\b|De\s+(?:artikelen|zinsnede|tabel|bijlage|aanhef|Regeling)\b"
    r"|Het\s+(?:opschrift|(?:\w+\s+)?lid)\b|Het\s+\w+(?:\s+en\s+\w+)?\s+lid\b|Onderde(?:el|len)\b|Paragraaf\b|§|Titel\b|Hoofdstuk\b|Bijlage\b|Onder\b"
    r"|⟦\d+⟧|Er\s+wordt\b|Een\b|Tabel\b|Vervalt\b|Wordt\b)",
)
VERB = re.compile(r"\b(?:wordt|worden|vervalt|vervallen|komt|komen)\b", re.IGNORECASE)
ENTRY_INTO_FORCE = re.compile(
    r"^(?:Deze\s+regeling|Dit\s+besluit)\b.*\b(?:treedt|vervalt|aangehaald|geplaatst|werkt\s+terug)\b"
    r"|^(?:In\s+afwijking\s+van\b.*\b)?(?:De\s+)?Artikel(?:en)?\s+\S+.*\b(?:in\s+werking|werk(?:t|en)\s+terug)\b",
    re.IGNORECASE,
)

ALL = (
    REPLACED,
    REPLACED_EACH,
    GONE,
    GONE_BEHIND,
    INSERTED,
    REPEALED,
    REWRITTEN,
    ADDED,
    OPENS_LIST,
    RENUMBERED,
    TABLE_REPLACED,
    re.compile(r"\bvervangen\s+door\b", re.IGNORECASE),
)
"""What an instruction is known by, whether or not it can be read."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A line with what stood between quotation marks set aside; `⟦0⟧` holds the place of the first."""

    text: str
    quoted: tuple[str, ...]
    printed: tuple[str, ...]

    def said(self, number: str) -> str:
        """The quoted text with this number."""
        return self.quoted[int(number)]

    def restored(self, text: str) -> str:
        """A piece of the line as it was printed."""
        return _HOLD.sub(lambda match: self.printed[int(match[1])], text)

    def inner(self, text: str) -> str:
        """A piece of the line as it was printed; without its quotation marks when it is nothing but a quoted text."""
        whole = _HOLD.fullmatch(text.rstrip("."))
        return self.said(whole[1]) if whole else self.restored(text)


def masked(line: str) -> Masked:
    """The line with its quoted texts set aside."""
    quoted: list[str] = []
    printed: list[str] = []

    def hold(match: re.Match[str]) -> str:
        quoted.append(next(group for group in match.groups() if group is not None).strip())
        printed.append(match[0])
        return f"⟦{len(quoted) - 1}⟧"

    text = _QUOTED.sub(hold, line.replace("⟦", "[").replace("⟧", "]"))
    return Masked(text, tuple(quoted), tuple(printed))
