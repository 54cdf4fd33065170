"""From a publisher's address to the ids it stands for, and back: every shape in which one paper is found on the web.

Rules U1 (officielebekendmakingen.nl), V1 (tweedekamer.nl and its mirrors) and U2 (everything else).
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from domain import identifier_shapes
from domain.identifier_grammar import identity, is_known, kst, normalise

_GAZETTE_HOSTS = {"officielebekendmakingen.nl", "zoek.officielebekendmakingen.nl", "repository.overheid.nl"}
_GAZETTE_PREFIXES = {"kst", "ah", "kv", "h", "stcrt", "stb", "trb", "blg", "nds", "ag", "exb", "gmb", "prb", "wsb", "bgr"}
_FILE_ENDING = re.compile(r"\.(?:html?|xml|pdf|odt)$", re.IGNORECASE)
_CASE_OR_DOCUMENT = re.compile(r"(?<![\w])\d{4}([DZ])\d{4,6}(?![\w])", re.IGNORECASE)
_PARLIAMENT_HOSTS = {"tweedekamer.nl", "berthub.eu", "openkamer.org", "tweedemonitor.nl"}
_OPEN_OVERHEID_ID = re.compile(r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:ronl|oep)-[\w-]+?)(?=_\d+$|$)", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"^/(?:binaries/rijksoverheid/|(?:ministeries|onderwerpen|regering|themas)/(?:[^/]+/)+)(documenten/(?:[a-z-]+/)?\d{4}/\d\d/\d\d/[^/]+)(?:/.*)?$"
)
_SCHEMES = "subsidies-financiering/"


def ids_of_url(url: str) -> tuple[str, ...]:
    """Every id that the address names, most telling first: none for a bare host, one for most, document and case for some.

    An address of no known shape is `url:` and itself, without its fragment.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ()
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if host in _GAZETTE_HOSTS and (found := _gazette(segments)):
        return (found,)
    if host in _PARLIAMENT_HOSTS and (in_parliament := _parliament(segments, parts.query)):
        return in_parliament
    if host == "rijksoverheid.nl" and segments:
        return (f"ro:{_page_of(parts.path.strip('/'))}",)
    if host == "opendata.rijksoverheid.nl" and _DOCUMENT.search(parts.path):
        return (f"ro:{_page_of(parts.path.strip('/'))}",)
    if host == "rvo.nl" and (slug := _slug(parts.path.strip("/"))):
        return (f"rvo:{slug}",)
    if host == "open.overheid.nl" and (record := _open_overheid(segments)):
        return (f"oo:{record}",)
    if not segments and not parts.query:
        return ()
    if brought := identifier_shapes.id_at(url):
        return (brought,)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    return (f"url:{parts.scheme.lower()}://{parts.netloc.lower()}{rest if rest.startswith('/') else '/' + rest}",)


def from_url(url: str) -> str | None:
    """The id of the paper at this address, None when it names nothing (a bare host, no web address)."""
    return next(iter(ids_of_url(url)), None)


def url_of(identifier: str) -> str | None:
    """The publisher's address of an id, None when the id has none of its own (`exb-*`, `org:`, ids nobody can look up).

    Raises ValueError as `normalise` does. `from_url` gives the identity of the id back.
    """
    text = normalise(identifier)
    prefix, colon, rest = text.partition(":")
    if not colon:
        family = text.partition("-")[0]
        return f"https://zoek.officielebekendmakingen.nl/{text}.html" if family in _GAZETTE_PREFIXES - {"exb"} else None
    if brought := identifier_shapes.address_of(prefix, rest):
        return brought
    if prefix == "rvo":
        return f"https://www.rvo.nl/{rest if rest.startswith('nieuws/') else _SCHEMES + rest}"
    return {
        "tkdoc": f"https://www.tweedekamer.nl/kamerstukken/detail?id={rest}&did={rest}",
        "tkzaak": f"https://www.tweedekamer.nl/kamerstukken/detail?id={rest}",
        "dossier": f"https://zoek.officielebekendmakingen.nl/dossier/{rest}",
        "ro": f"https://www.rijksoverheid.nl/{rest}",
        "oo": f"https://open.overheid.nl/documenten/{rest}",
        "url": rest,
    }.get(prefix)


def link_key(identifier: str) -> str:
    """What two ids must share to be of the same paper: the identity, for `url:` ids the identity of what stands there.

    A citation of a page of rijksoverheid.nl or rvo.nl reads as `url:…`; the page itself is `ro:…` or `rvo:…`.
    """
    text = identity(identifier)
    return from_url(text.removeprefix("url:")) or text if text.startswith("url:") else text


def _gazette(segments: list[str]) -> str:
    """Rule U1: the last path segment that is an id counts, whatever stands before it; a dossier page names its dossier."""
    for segment in reversed(segments):
        name = _FILE_ENDING.sub("", segment)
        if name.partition("-")[0].lower() in _GAZETTE_PREFIXES and "-" in name:
            try:
                return identity(name)
            except ValueError:
                continue
    if len(segments) >= 2 and segments[-2].lower() in {"dossier", "behandelddossier"}:
        name = f"dossier:{_FILE_ENDING.sub('', segments[-1]).upper()}"
        return name if is_known(name) else ""
    return ""


def _parliament(segments: list[str], query: str) -> tuple[str, ...]:
    """Rule V1: `did=` before `id=`, a D is a document and a Z a case; openkamer's paper pages name dossier and number."""
    if len(segments) >= 3 and segments[-3].lower() == "kamerstuk":
        try:
            return (kst(segments[-2].upper(), segments[-1]),)
        except ValueError:
            return ()
    asked = {name.lower(): values for name, values in parse_qs(query).items()}
    named = [*asked.pop("did", []), *asked.pop("id", []), *(v for values in asked.values() for v in values), *reversed(segments)]
    found: list[str] = []
    for text in named:
        if match := _CASE_OR_DOCUMENT.search(text):
            name = f"{'tkdoc' if match[1].upper() == 'D' else 'tkzaak'}:{match[0].upper()}"
            if name not in found:
                found.append(name)
    return tuple(found)


def _page_of(path: str) -> str:
    """The page that a path of rijksoverheid.nl stands for: until June 2026 a document also stood under its ministry or subject,
    and its file under `/binaries/rijksoverheid/` and the path of the page."""
    under = _DOCUMENT.search(f"/{path}")
    return under[1] if under else path


def _slug(path: str) -> str:
    """The slug of a scheme page (with its subpage) or of a news item of rvo.nl; "" for any other page."""
    if path.startswith(_SCHEMES):
        return path.removeprefix(_SCHEMES)
    return path if path.startswith("nieuws/") else ""


def _open_overheid(segments: list[str]) -> str:
    """The record behind a page, file or attachment of open.overheid.nl; versions of one record (`_2`) share its id."""
    for segment in reversed(segments):
        if match := _OPEN_OVERHEID_ID.match(segment):
            return match[0].lower()
    return ""
