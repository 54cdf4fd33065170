"""One scheme under all its names: titles of regulations follow the ministries, and pages move, but the scheme stays one.

The names are data with reasons. Which ministry is meant by "EZ" depends on the year; which regulation is meant does not, because
each of these names was used by one regulation only (BWBR0035474, and the yearly regulation that opens its parts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.schemes import SchemeField

_OFFICES = r"(?:EL&I|EZK|EZ|LNV|LVVN|KGG)"
NATIONAL = "nationale-subsidies"
"""The id of the regulation that holds most subsidy schemes of these ministries, each in a title of its own."""


@dataclass(frozen=True, slots=True)
class SchemeName:
    """A name of a scheme and the days between which papers were issued under it (None: not known, or still)."""

    text: str
    reason: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """What an article of a regulation states: the fact that changes when a value in it is replaced."""

    article: str
    member: str
    field: SchemeField
    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class KnownScheme:
    """A scheme: its id, its names, newest last, the title of the national regulation that holds it, and its pages at rvo.nl."""

    id: str
    names: tuple[SchemeName, ...]
    title: str = ""
    slugs: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()


KNOWN: tuple[KnownScheme, ...] = (
    KnownScheme(
        "mit",
        (
            SchemeName("MKB innovatiestimulering topsectoren", "heading of title 3.4 in 2017", until=date(2018, 3, 1)),
            SchemeName("Mkb-innovatiestimulering Regio en Topsectoren", "name since region and top sectors share it"),
            SchemeName("MIT-regeling", "what applicants call it"),
            SchemeName("MIT R&D AI", "a round of the scheme for one subject"),
            SchemeName("MIT", "its letters, in papers of the ministries of Economic Affairs only"),
        ),
        title="3.4",
        slugs=("mit", "mit-regeling", "mit-zuid", "mit-rd-ai"),
        provisions=(
            Provision("3.4.5", "tweede", SchemeField.MAXIMUM, "haalbaarheidsproject", "text of the regulation in 2017"),
            Provision("3.4.5", "derde", SchemeField.RATE, "haalbaarheidsproject", "text of the regulation in 2017"),
        ),
    ),
    KnownScheme(
        "wbso",
        (
            SchemeName("Wet bevordering speur- en ontwikkelingswerk", "name of the act of 1994", until=date(1996, 1, 1)),
            SchemeName("afdrachtvermindering speur- en ontwikkelingswerk", "heading of chapter VIII of BWBR0007746"),
            SchemeName("S&O-afdrachtvermindering", "short for the same"),
            SchemeName("WBSO", "what everybody calls it"),
        ),
        slugs=("wbso",),
    ),
    KnownScheme(
        "smart-industry-fieldlabs",
        (SchemeName("Smart Industry fieldlabs", "name of the page at rvo.nl"),),
        slugs=("smart-industry-fieldlabs", "smart-industry"),
    ),
    KnownScheme(
        "innovatiekrediet", (SchemeName("Innovatiekrediet", "name of the scheme since 2008"),), slugs=("innovatiekrediet",)
    ),
    KnownScheme(
        NATIONAL,
        (
            SchemeName("Regeling nationale EZ-subsidies", "title of 2014", date(2014, 7, 11), date(2019, 1, 1)),
            SchemeName(
                "Regeling nationale EZK- en LNV-subsidies",
                "two ministries since October 2017",
                date(2019, 1, 1),
                date(2025, 12, 31),
            ),
            SchemeName("Regeling nationale EZ-, LVVN- en KGG-subsidies", "three ministries since July 2024", date(2025, 1, 1)),
        ),
    ),
)  # fmt: skip
_BY_ID = {scheme.id: scheme for scheme in KNOWN}
_BY_SLUG = {slug: scheme.id for scheme in KNOWN for slug in scheme.slugs}
# The regulation itself and the one that opens its parts for a year, under whatever ministries there are.
_NATIONAL = re.compile(
    rf"\bRegeling\s+(?:nationale|openstelling(?:\s+nationale)?)\s+{_OFFICES}-?(?:(?:,|,?\s+en)?\s+{_OFFICES}-?)*\s*subsidies\b"
)
_TITLE = re.compile(r"\btitel\s+(?P<number>\d+\.\d+)(?![\d.]*\d)", re.IGNORECASE)


def scheme_of_slug(slug: str) -> str:
    """The id of the scheme that a page at rvo.nl is about; the slug itself when it is not known by another name."""
    return _BY_SLUG.get(slug, slug)


def scheme_of_title(number: str) -> str:
    """The id of the scheme in a title of the national regulation ("3.4" or an article of it, "3.4.5"); "" when not known."""
    return next((s.id for s in KNOWN if s.title and (number == s.title or number.startswith(f"{s.title}."))), "")


def schemes_named(text: str) -> tuple[str, ...]:
    """The ids of the schemes that a text names, the most specific first; names in capitals count in capitals only."""
    found = [scheme.id for scheme in KNOWN if scheme.id != NATIONAL and any(_names(name.text, text) for name in scheme.names)]
    found += [of for match in _TITLE.finditer(text) if (of := scheme_of_title(match["number"]))]
    if _NATIONAL.search(text):
        found.append(NATIONAL)
    return tuple(dict.fromkeys(found))


def is_national(text: str) -> bool:
    """True when a text names the national regulation, under any of its names."""
    return _NATIONAL.search(text) is not None


def provisions(scheme: str) -> tuple[Provision, ...]:
    """Which articles state which facts of a scheme; empty when that is not known."""
    return _BY_ID[scheme].provisions if scheme in _BY_ID else ()


def names_at(scheme: str, day: date) -> Iterator[str]:
    """The names under which papers of this day speak of a scheme."""
    for name in _BY_ID[scheme].names if scheme in _BY_ID else ():
        if (name.since is None or name.since <= day) and (name.until is None or day < name.until):
            yield name.text


def _names(name: str, text: str) -> bool:
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    return re.search(rf"(?<![\w-]){re.escape(name)}(?!\w)", text, flags) is not None
