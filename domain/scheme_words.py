"""The words of scheme sheets: what a label is about, which part of a scheme it names, and how a fact is told in Dutch."""

from __future__ import annotations

import re

from domain.dutch_numbers import format_amount, format_moment, format_percentage
from domain.schemes import SchemeFact, SchemeField, SchemeStatus, Unit

NOT_READ = "niet gelezen"
NOT_STATED = "niet meer vermeld"

_STATUS_TEXT = {
    SchemeStatus.OPEN: "open voor aanvragen",
    SchemeStatus.OPENING_SOON: "bijna open voor aanvragen",
    SchemeStatus.CLOSED_TEMPORARILY: "tijdelijk gesloten voor aanvragen",
    SchemeStatus.CLOSED: "gesloten voor aanvragen",
    SchemeStatus.EXHAUSTED: "budget uitgeput",
    SchemeStatus.UNKNOWN: "onbekend",
}
_FIELD_TEXT = {
    SchemeField.STATUS: "status",
    SchemeField.OPENS: "opent",
    SchemeField.CLOSES: "sluit",
    SchemeField.CEILING: "plafond",
    SchemeField.BUDGET: "budget",
    SchemeField.RATE: "subsidiepercentage",
    SchemeField.MINIMUM: "minimum",
    SchemeField.MAXIMUM: "maximum",
    SchemeField.THRESHOLD: "grens",
    SchemeField.TARGET_GROUP: "doelgroep",
    SchemeField.ALLOCATION: "verdeling",
    SchemeField.DEADLINE: "uiterste datum",
}
# What a column head, a row head or a definition is about. Order is meaning: "maximaal percentage" is a rate.
_LABELS: tuple[tuple[SchemeField, re.Pattern[str]], ...] = tuple(
    (field, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for field, words in (
        (SchemeField.STATUS, r"status"),
        (SchemeField.DEADLINE, r"deadline|uiterste\s+(?:datum|indiendatum|aanvraagdatum)|uiterlijk\s+(?:indienen|aanvragen)"),
        (SchemeField.RATE, r"tarief|subsidiepercentages?|percentages?|steunintensiteit"),
        (SchemeField.CEILING, r"(?:subsidie|deel)?plafonds?"),
        (SchemeField.BUDGET, r"(?:subsidie)?budget|beschikbaar(?:\s+bedrag)?"),
        (SchemeField.THRESHOLD, r"grens|schijfgrens|drempel"),
        (SchemeField.MINIMUM, r"minim(?:um|aal|ale)(?:bedrag|subsidie)?"),
        (SchemeField.MAXIMUM, r"maxim(?:um|aal|ale)(?:bedrag|subsidie)?"),
        (SchemeField.OPENS, r"opening(?:sdatum)?|opent|open\s+(?:vanaf|op)|start(?:datum)?|begin(?:datum)?|aanvragen\s+vanaf"),
        (SchemeField.CLOSES, r"sluiting(?:sdatum)?|sluit|eind(?:e|datum)?|aanvragen\s+tot(?:\s+en\s+met)?|tot\s+en\s+met|t/m"),
        (SchemeField.TARGET_GROUP, r"doelgroep"),
        (SchemeField.ALLOCATION, r"verdeling|verdeelmethode|verdeelsystematiek"),
    )
)
_PERIOD = re.compile(r"\b(?:openstelling|aanvraagperiode|looptijd|aanvraagtermijn|tijdvak|indieningsperiode)\b", re.IGNORECASE)

BRACKET = re.compile(r"\b(eerste|1e|1ste|tweede|2e|2de)\s+(?:tarief)?schijf\b", re.IGNORECASE)
STARTERS = re.compile(r"\b(?:starters?|startende\s+\w+|starterstarief)\b", re.IGNORECASE)
_PARTS: tuple[tuple[tuple[str, re.Pattern[str]], ...], ...] = tuple(
    tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in group)
    for group in (
        (
            ("haalbaarheidsproject", r"haalbaarheids(?:project|studie)(?:en|s)?"),
            ("R&D-samenwerkingsproject", r"r&d-samenwerkings?project(?:en)?|samenwerkingsproject(?:en)?"),
            ("innovatie-adviesproject", r"(?:innovatie-?\s?)?adviesproject(?:en)?"),
            ("kennisvoucher", r"kennisvouchers?"),
            ("klein project", r"kleine?\s+(?:\S+\s)?project(?:en)?"),
            ("groot project", r"(?:groot|grote)\s+(?:\S+\s)?project(?:en)?"),
        ),
        (
            ("experimentele ontwikkeling", r"experimentele\s+ontwikkeling"),
            ("industrieel onderzoek", r"industrieel\s+onderzoek"),
            ("fundamenteel onderzoek", r"fundamenteel\s+onderzoek"),
        ),
        (
            ("zelfstandigen", r"zelfstandigen?|zzp'?(?:ers?|er)?|zelfstandige\s+ondernemers?"),
            ("kleine ondernemingen", r"kleine?\s+(?:onderneming(?:en)?|bedrij(?:f|ven))"),
            ("middelgrote ondernemingen", r"middelgrote?\s+(?:onderneming(?:en)?|bedrij(?:f|ven))"),
            ("grote ondernemingen", r"(?<!middel)grote?\s+(?:onderneming(?:en)?|bedrij(?:f|ven))"),
        ),
        (
            ("per aanvrager", r"per\s+aanvrager"),
            ("per deelnemer", r"per\s+(?:deelnemer|deelnemende\s+\w+|onderneming|bedrijf|partner)"),
        ),
    )
)
_REGION = re.compile(r"\b(?:regio|landsdeel|provincie)\s+((?:[A-Z][\w-]*)(?:[ -][A-Z][\w-]*)*)")
YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d{2}(?![\d.,]\d|[/-]\d|\d)")
_LEFT_OVER = re.compile(
    r"\b(?:de|het|een|van|voor|in|per|en|is|bedrag|subsidie|aanvragen|euro|eur|subsidiebedrag|beschikbaa?re?|totale?|maximale?|minimale?|geldt|bedraagt)\b|\([^()]*\)|[()€:,.x×]|\b1\.?000\b",
    re.IGNORECASE,
)


def field_of(label: str) -> SchemeField | None:
    """Which fact a label announces ("Subsidieplafond 2022" a ceiling); None for any other label."""
    return next((field for field, words in _LABELS if words.search(label)), None)


def is_period(label: str) -> bool:
    """True when a label announces an opening and a closing together ("Looptijd")."""
    return _PERIOD.search(label) is not None


def part_of(text: str) -> str | None:
    """Which part of a scheme a text names: bracket, kind of project, kind of work, group, region, in that order, with commas.

    "" when it names none; None when it names two of one sort, because then it does not say which is meant.
    """
    named: list[str] = []
    brackets = {bracket_name(match[1]) for match in BRACKET.finditer(text)}
    if len(brackets) > 1:
        return None
    named += brackets
    if STARTERS.search(text):
        named.append("starters")
    for group in _PARTS:
        found = [name for name, words in group if words.search(text)]
        if len(found) > 1:
            return None
        named += found
    regions = {match[1] for match in _REGION.finditer(text)}
    if len(regions) > 1:
        return None
    return ", ".join([*named, *regions])


def part_of_label(label: str) -> str | None:
    """Which part the head of a row or column names: as `part_of`, else what is left of it without the word for the field."""
    known = part_of(label)
    if known or known is None:
        return known
    rest = label
    for _, words in _LABELS:
        rest = words.sub(" ", rest)
    rest = " ".join(_LEFT_OVER.sub(" ", YEAR.sub(" ", _PERIOD.sub(" ", rest))).split())
    return rest.strip(" -–")


def bracket_name(word: str) -> str:
    """ "eerste schijf" for "eerste", "1e", "1ste"; "tweede schijf" for the others."""
    return "eerste schijf" if word[0] in "eE1" else "tweede schijf"


def fact_label(fact: SchemeFact) -> str:
    """What the fact is about, in Dutch: "tarief eerste schijf, starters", "plafond (Zuid)"."""
    if "schijf" in fact.part:
        return f"{'tarief' if fact.field is SchemeField.RATE else _FIELD_TEXT[fact.field]} {fact.part}"
    return f"{_FIELD_TEXT[fact.field]} ({fact.part})" if fact.part else _FIELD_TEXT[fact.field]


def fact_value(fact: SchemeFact) -> str:
    """The value as a Dutch reader writes it: "32%", "€ 8.350.000", "ma 20 december 2021, 09.00 uur", "open voor aanvragen".

    Raises ValueError when the value does not fit its unit.
    """
    if fact.unit is Unit.CENTS:
        return format_amount(int(fact.value))
    if fact.unit is Unit.PERCENT:
        return format_percentage(int(fact.value))
    if fact.unit is Unit.MOMENT:
        return format_moment(fact.value)
    return _STATUS_TEXT[SchemeStatus(fact.value)] if fact.field is SchemeField.STATUS else fact.value
