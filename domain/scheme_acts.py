"""What a regulation in the Staatscourant says about a subsidy scheme: a sheet that is final.

A new regulation is read like a page. An amending act states only what it changes: the openings of its tables, and the articles of
which `domain.scheme_names` knows what they state. Everything else that it does is told as an instruction (`amending_changes`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from domain.amending import Action, Amendment, amended, is_amending, read_amendments
from domain.documents import Field, Passage
from domain.dutch_numbers import parse_amount, parse_percentage
from domain.scheme_findings import Finding, settle
from domain.scheme_names import NATIONAL, Provision, is_national, provisions, scheme_of_title, schemes_named
from domain.scheme_openings import openings
from domain.scheme_reader import read_sheet
from domain.scheme_sentences import read_sentence
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from domain.text import sentences

_SUBSIDY = re.compile(r"\bsubsidie\w*|\b\w*subsidies?\b", re.IGNORECASE)
_EXPLAINED = re.compile(r"^(?:nota\s+van\s+)?toelichting\b.{0,20}$", re.IGNORECASE)
_FIRST = 40  # passages among which an act names what it changes
_LETTERS = re.compile(r"[^a-z0-9]+")
_SLUG = 80


def read_act(title: str, passages: Sequence[Passage]) -> SchemeSheet | None:
    """The sheet of a regulation; None for a regulation about anything but subsidies."""
    opening = " ".join(passage.text for passage in passages[:_FIRST] if "gewijzigd" in passage.text)
    if not (_SUBSIDY.search(title) or schemes_named(title) or is_national(opening)):
        return None
    lines = tuple(stated(passages))
    texts = [passage.text for passage in lines]
    amendments = read_amendments(lines) if is_amending(title, lines) else ()
    scheme = _scheme(title, opening, texts, amendments)
    found = [fact for row in openings(texts) if row.scheme in (scheme, "") and not _elsewhere(row.title) for fact in row.facts]
    if amendments or is_amending(title, lines):
        found += [fact for one in amendments if (fact := provided(scheme, one))]
    elif scheme != NATIONAL:  # the national regulation holds dozens of schemes: a sentence of it is about one of them
        rows = {fact.sentence for fact in found}
        found += read_sheet(scheme, title, [passage for passage in lines if passage.text not in rows]).facts
    return SchemeSheet(scheme, _name(title), _settled(found), provisional=False)


def stated(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages of the act itself: its explanation decides nothing."""
    for passage in passages:
        if passage.text == passage.heading and _EXPLAINED.match(passage.text):
            return
        if passage.field not in (Field.FOOTNOTE, Field.BOILERPLATE):
            yield passage


def provided(scheme: str, one: Amendment) -> SchemeFact | None:
    """The fact that an instruction changes, where it is known what its place states; None elsewhere."""
    provision = provision_of(scheme, one)
    if provision is None or one.action not in (Action.REPLACED, Action.REWRITTEN):
        return None
    if one.action is Action.REPLACED:
        value, unit = _value(provision.field, one.after)
        return SchemeFact(provision.field, value, unit, one.sentence, provision.part) if value else None
    read = [
        finding
        for sentence in sentences(one.after)
        for finding in read_sentence(sentence, "")
        if finding.field is provision.field
    ]
    if len({finding.value for finding in read}) != 1:
        return None
    return SchemeFact(provision.field, read[0].value, read[0].unit, read[0].sentence, provision.part)


def provision_of(scheme: str, one: Amendment) -> Provision | None:
    """What the place of an instruction states, where that is known."""
    place = one.place
    return next(
        (p for p in provisions(scheme) if (p.article, p.member) == (place.article, place.member) and not place.part), None
    )


def _value(field: SchemeField, text: str) -> tuple[str, Unit]:
    if field is SchemeField.RATE:
        rate = parse_percentage(text)
        return (str(rate), Unit.PERCENT) if rate is not None else ("", Unit.PERCENT)
    cents = parse_amount(text)
    return (str(cents), Unit.CENTS) if cents is not None else ("", Unit.CENTS)


def _scheme(title: str, opening: str, texts: Sequence[str], amendments: Sequence[Amendment]) -> str:
    """The scheme that the act is about: the one that its title names, else the one that most of its places belong to."""
    named = schemes_named(title) or schemes_named(opening)
    if named and named[0] != NATIONAL:
        return named[0]
    if NATIONAL in named:
        places = [scheme_of_title(one.place.article or one.place.division.partition(" ")[2]) for one in amendments]
        rows = [row.scheme for row in openings(texts)]
        counted = Counter(scheme for scheme in (*places, *rows) if scheme)
        return min(counted, key=lambda scheme: (-counted[scheme], scheme)) if counted else NATIONAL
    name = amended(title) or _name(title)
    return _LETTERS.sub("-", name.lower()).strip("-")[:_SLUG] or NATIONAL


def _elsewhere(title: str) -> bool:
    """True for a row about a title of which we do not know whose it is: it is no fact of this scheme."""
    return bool(title) and not scheme_of_title(title)


def _name(title: str) -> str:
    short = re.search(r"\(((?:Regeling|Subsidieregeling|Kaderbesluit|Besluit)[^()]{3,120})\)\s*$", title)
    return short[1] if short else title


def _settled(facts: Sequence[SchemeFact]) -> tuple[SchemeFact, ...]:
    return settle(Finding(fact.field, fact.part, fact.value, fact.unit, fact.sentence) for fact in facts)
