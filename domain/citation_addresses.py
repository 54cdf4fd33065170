"""Web addresses in running text, also where a line end broke them (rules U1 and U2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.addresses import ids_of_url
from domain.citation_grammar import Hit

# The publishers of our papers are also named without "www."; of other hosts such words are no address.
_BARE = r"(?:zoek\.)?officielebekendmakingen\.nl/|(?:open|wetten)\.overheid\.nl/|(?:rijksoverheid|rvo|tweedekamer)\.nl/"
_START = re.compile(rf"(?<![\w@.-])(?:https?://|www\.|{_BARE})[^\s<>«»\"“”|]+", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t]*\r?\n\s*(?P<next>[^\s<>«»\"“”|]+)")
_GOES_ON = "-_=&?%+\u00ad"  # an address never ends in one of these: what stands on the next line belongs to it
_SLUG = re.compile(r"(?!www\.|https?:)[\w%-]+(?:[-./_?=][\w%-]+)+")
_AROUND = ".,;:!?'’”»*]}>"
_OWN_PREFIXES = ("ro:", "rvo:", "oo:")


def addresses(text: str) -> Iterator[Hit]:
    """Every address that names something. Papers get their id, pages `url:` and the address, joined over line ends; a bare host
    gives nothing but is marked as read, so that no part of it is taken for something else."""
    for match in _START.finditer(text):
        raw, end = _joined(text, match)
        address = _trimmed(raw)
        end -= len(raw) - len(address)
        full = address if "://" in address else f"https://{address}"
        ids = ids_of_url(full)
        if ids and ids[0].startswith(_OWN_PREFIXES):
            ids = (f"url:{full.partition('#')[0]}",)
        yield Hit(match.start(), end, ids)


def _joined(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The address with what follows over line ends, and where that ends. The hyphen at the line end is part of the address."""
    raw, end = match[0], match.end()
    while following := _LINE_END.match(text, end):
        token = following["next"]
        slug = _SLUG.match(token)
        if not (raw[-1] in _GOES_ON or (raw[-1] == "/" and slug and following[0].count("\n") == 1)):
            break
        raw = raw.rstrip("\u00ad") + token
        end = following.end()
    return raw, end


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it; a bracket stays where it was opened inside."""
    while address:
        if address[-1] in _AROUND or (address[-1] == ")" and address.count("(") < address.count(")")):
            address = address[:-1]
        else:
            break
    return address
