"""Offices as KOOP prints them, in the spelling a reader expects: "DE MINISTER VAN ..." -> "De Minister van ..."."""

from __future__ import annotations

import re

from domain.text import repair
from sources.decoding import Element, local_name
from sources.koop_text import inline

_SMALL = frozenset({"van", "en", "de", "het", "voor", "der", "op", "te", "in", "aan", "bij", "tot", "met", "den", "ter"})
_SHORT = frozenset({"ICT", "EU"})
_LETTER = re.compile(r"^brief\s+van\s+(de\s+(?:minister|staatssecretaris|minister-president).*)$", re.IGNORECASE)
_SPLIT = re.compile(r"\s+en\s+(?:(?:van|aan)\s+)?(?=de\s+(?:minister|staatssecretaris))", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"\baan\s+(de\s+(?:minister|staatssecretaris|minister-president)\b.*?)\s+over\b", re.IGNORECASE | re.DOTALL
)
_ROLE = re.compile(r"minister-president|minister|staatssecretaris", re.IGNORECASE)


def sentence_case(text: str) -> str:
    """A name in capitals as it is written in running text; one that holds small letters already is left as it is."""
    words = repair(text).rstrip(" ,;.:").split(" ")
    if any(word != word.upper() for word in words):
        return " ".join(words)
    spelled = (word if word in _SHORT else word.lower() if word.lower() in _SMALL else _capital(word) for word in words)
    joined = " ".join(spelled)
    return joined[:1].upper() + joined[1:]


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def from_title(title: str) -> tuple[str, ...]:
    """The offices that a letter's heading names ("BRIEF VAN DE MINISTERS VAN ..."); () when it is no such heading."""
    found = _LETTER.match(repair(title))
    return tuple(sentence_case(office) for office in _SPLIT.split(found[1])) if found else ()


def from_signatures(root: Element) -> tuple[str, ...]:
    """The offices under a paper, first signature first, each once; those who only published a Staatsblad are left out."""
    offices = []
    for element in root.iter():
        if local_name(element) == "functie" and not any(local_name(above) == "uitgifte" for above in element.iterancestors()):
            offices.append(sentence_case(inline(element)))
    return tuple(dict.fromkeys(office for office in offices if office))


def addressed(text: str) -> tuple[str, ...]:
    """The offices that a question is put to ("... aan de Minister van X en de Staatssecretaris van Y over ...")."""
    found = _ADDRESSED.search(repair(text))
    return tuple(_upper_first(office) for office in _SPLIT.split(found[1])) if found else ()


def answering(element: Element) -> tuple[str, ...]:
    """The offices in "Antwoord van Minister <name> (<organisation>)": the role before each organisation, with its ministry."""
    offices = []
    before = element.text or ""
    for child in element.iter():
        if child is element:
            continue
        if local_name(child) == "organisatie":
            roles = _ROLE.findall(before)
            role = roles[-1] if roles else "Minister"
            offices.append(f"De {_upper_first(role)} van {repair(inline(child))}")
        before += (child.text or "" if local_name(child) else "") + (child.tail or "")
    return tuple(dict.fromkeys(offices))


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
