"""The grammar of identifiers: what is one, its one written form, and under which id papers are linked.

Publishers' ids keep the publisher's form (`kst-32637-480`); ours carry a prefix with a colon (`tkdoc:`, `tkzaak:`, `dossier:`,
`ro:`, `rvo:`, `oo:`, `url:`, `org:`). The patterns of the families were measured on 5.5 million real ids; what they leave out
(typos and forms of before 2009) is carried as it stands and never taken apart.
"""

from __future__ import annotations

import re

from domain import identifier_shapes

KST = re.compile(
    r"kst-(?P<year>\d{8}-)?(?P<dossier>21501-\d\d|\d{5}(?:-(?:[IVXLC]+[A-Z]{0,2}|[A-Z]{1,3}|\d{1,3}(?=-\d)))?)"
    r"-(?P<number>\d{1,4}[a-zA-Z]?|[A-Z]{1,3}\d?)(?P<suffix>-[bnhv]\d+)?"
)
AH = re.compile(r"ah-(?P<house>tk|ek)-(?P<year>\d{8})-(?P<number>\d{1,5}[a-z]?)(?P<suffix>-[nh]\d+)?")
H = re.compile(r"h-(?P<house>tk|ek|vv)-(?P<year>\d{8})-(?P<numbers>\d+(?:-\d+){0,3})(?P<suffix>-n\d+)?")
GAZETTE = re.compile(r"(?P<gazette>stcrt|stb|trb)-(?P<year>\d{4})-(?P<number>\d+)(?P<suffix>-[nvbh]\d+)?")
_OTHERS = re.compile(
    r"kv-tk-\d{4}Z\d{4,6}[a-z]?(?:-n\d+)?|blg-\d{4,7}|nds-tk-\d{4}D\d{5}(?:-n\d+)?|ag-(?:tk|ek|vv)-\d{4}-\d\d-\d\d(?:-n\d+)?"
    r"|(?:ah|kst)-\d{5,7}|(?:h|ag)-\d+"
    # Not made up yet, of the Senate, and non-dossier papers under a number of the ministry: all of them real.
    r"|kv-(?:\d{4}[Zz]\d{4,6}[a-z]?|(?:ek-)?\d+)(?:-[nh]\d+)?|nds-(?:\d{4}D\d{5}|\d+|[a-z]{2,6}\d{5,8})(?:-[bn]\d+)?"
)
_FAMILIES = (KST, AH, H, GAZETTE, _OTHERS)
_OPAQUE = re.compile(r"[a-z]+-[\w.-]+")
_PREFIXED: dict[str, re.Pattern[str]] = {
    "tkdoc": re.compile(r"\d{4}D\d{4,6}"),
    "tkzaak": re.compile(r"\d{4}Z\d{4,6}"),
    "dossier": re.compile(r"\d{5}(?:-(?:[IVXLC]+[A-Z]{0,2}|[A-Z]{1,3}|\d{1,3}))?|[IVXLC]+"),
    "ro": re.compile(r"[^\s/?#][^\s?#]*"),
    "rvo": re.compile(r"[^\s/?#][^\s?#]*"),
    "oo": re.compile(r"[\w.-]+"),
    "url": re.compile(r"https?://[^\s/]+/\S*"),
    "org": re.compile(r"[^\W_][\w .,&'’()/-]{1,99}"),  # an organisation by its name: it can be followed, it is no paper
}
_UPPER_CASE = {"tkdoc", "tkzaak", "dossier"}


def is_known(identifier: str) -> bool:
    """True when the id matches the grammar of its family as it stands; opaque ids do not."""
    prefix, colon, rest = identifier.partition(":")
    if colon:
        return identifier_shapes.matches(prefix, rest) or (prefix in _PREFIXED and _PREFIXED[prefix].fullmatch(rest) is not None)
    return any(family.fullmatch(identifier) for family in _FAMILIES)


def normalise(identifier: str) -> str:
    """The one written form: prefix lower case, the rest upper case except suffixes and letters behind a number (as published).

    An id that no family knows is kept as it stands when it looks like one (`stcrt-1995-1-p0-SC1699`). Raises ValueError for
    anything else.
    """
    text = identifier.strip()
    prefix, colon, rest = text.partition(":")
    if colon:
        prefix = prefix.lower()
        rest = rest.upper() if prefix in _UPPER_CASE else rest
        if is_known(f"{prefix}:{rest}"):
            return f"{prefix}:{rest}"
        raise ValueError(f"not an identifier: {identifier!r}")
    if is_known(text):
        return text
    written = _written(text)
    if is_known(written):
        return written
    head, dash, tail = text.partition("-")
    if _OPAQUE.fullmatch(head.lower() + dash + tail):
        return head.lower() + dash + tail
    raise ValueError(f"not an identifier: {identifier!r}")


def identity(identifier: str) -> str:
    """The id under which papers are linked: the normalised id, less the parliamentary year of older Senate papers (rule K6).

    House papers keep it: `kst-19951996-22358-46` and `kst-22358-46` are two papers. Raises ValueError as `normalise` does.
    """
    text = normalise(identifier)
    match = KST.fullmatch(text)
    if match and match["year"] and match["number"][0].isalpha():
        return f"kst-{match['dossier']}-{match['number']}{match['suffix'] or ''}"
    return text


def kst(dossier: str, number: str) -> str:
    """The id of a parliamentary paper from its dossier ("32637", "36200-XIII") and number; raises ValueError if that is none."""
    found = normalise(f"kst-{dossier}-{number}")
    if not is_known(found):
        raise ValueError(f"not a parliamentary paper: {dossier!r}, {number!r}")
    return found


def _written(text: str) -> str:
    """The text in the case rules of the families: Roman numbers and Senate letters upper, prefix, house and suffixes lower."""
    lower = text.lower()
    head, _, tail = lower.partition("-")
    body, suffix = tail, ""
    # Behind upper-case letters a lower-case suffix is certainly one; where all is lower case, what stands before it decides.
    if (match := re.search(r"-[bnhv]\d+$", text)) and any(sign.isupper() for sign in text[: match.start()]):
        body, suffix = tail[: -len(match[0])], match[0]
    elif match := re.search(r"(?<=\d)-[bnhv]\d+$|(?<=-[a-z])-[bnhv]\d+$|(?<=-[a-z]{2})-[bnhv]\d+$", tail):
        body, suffix = tail[: match.start()], match[0]
    if head in {"stcrt", "stb", "trb", "blg", "h", "ah", "ag"}:
        return lower
    if head in {"kv", "nds"}:
        body = re.sub(r"(?<=\d)[zd](?=\d)", lambda match: match[0].upper(), body)
    elif head == "kst":
        body = "-".join(part if part[:1].isdigit() else part.upper() for part in body.split("-"))
    return f"{head}-{body}{suffix}"
