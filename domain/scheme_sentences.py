"""Sentences on scheme pages and in gazettes: amounts, rates, openings and deadlines in running text.

A sentence is read only where the words around a value say what it is. Questions, conditions and rounded figures ("ruim € 1,6
miljard") give no fact: the first state nothing, the last are not the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from domain.calendar import MONTHS
from domain.dutch_numbers import DutchMoment, amounts, moments, percentages
from domain.scheme_findings import Finding, years_of
from domain.scheme_words import BRACKET, STARTERS, bracket_name, part_of
from domain.schemes import SchemeField, SchemeStatus, Unit

_APPLYING = re.compile(
    r"aanvra|indien|openstel|opengesteld|\bloket\b|\bopen\b|\bopent\b|\bsluit|looptijd|tijdvak|inschrijv|\bvraagt?\b.*\baan\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:als|wanneer|indien|zodra|mocht|totdat|stel)\b|\b(?:zodra|totdat|wanneer|indien|tenzij)\b|\bals\s+het\b|\b(?:nog\s+)?niet\b|\bbijna\b|\bkan\b",
    re.IGNORECASE,
)
_EXHAUSTED = re.compile(
    r"\b(?:subsidie)?plafond\b[^.;]{0,60}?\b(?:is|was|werd)\b[^.;]{0,40}?\bbereikt\b"
    r"|\bbudget\b[^.;]{0,60}?\b(?:is|was|raakte)\b[^.;]{0,40}?\b(?:uitgeput|vergeven|op|volledig\s+benut|bereikt)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:regeling|loket|subsidie|openstelling|module)\b[^.;,]{0,40}\bis\b[^.;,]{0,30}?\b(?P<label>(?:tijdelijk\s+)?gesloten)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:uur)?,?\s*(?:tot\s+en\s+met|t/m|tot|[-–—]|(?:en\s+)?(?:sluit|loopt)(?:\s+\w+)?\s+(?:op|tot(?:\s+en\s+met)?))\s*",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:vanaf|opent(?:\s+\w+){0,2}\s+op|opent|gaat\s+open\s+op|open\s+(?:op|per)|opengesteld\s+(?:op|per)|startdatum(?:\s+is)?)\s*:?\s*$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:sluit(?:\s+\w+){0,2}\s+op|sluit|tot\s+en\s+met|t/m|tot|einddatum(?:\s+is)?|gesloten\s+op)\s*:?\s*$", re.IGNORECASE
)
_LATEST = re.compile(r"\b(?:uiterlijk(?:\s+op)?|deadline(?:\s+\w+){0,3}|uiterste\s+\w+(?:\s+is)?)\s*:?\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"\bvóór\s*$", re.IGNORECASE)
_ROUNDED = re.compile(r"\b(?:ruim|circa|ca\.|ongeveer|bijna|zo'n|rond|meer\s+dan|minder\s+dan)\s*$", re.IGNORECASE)
_NOT_MORE = re.compile(r"\bniet\s+(?:meer|hoger)\s+dan\s*$", re.IGNORECASE)
_STEP = re.compile(r"\b(?:met|extra|plus|min)\s*$", re.IGNORECASE)
_BECOMES = re.compile(r"\s*(?:naar|tot|verhoogd\s+(?:naar|tot)|verlaagd\s+(?:naar|tot))\s*", re.IGNORECASE)
_PER_UNIT = re.compile(r"\s*(?:euro\s+)?per\s+(?!project|aanvraag|deelnem|onderneming|bedrijf|partner)\w", re.IGNORECASE)
_MOST = re.compile(r"\b(?:maxim\w+|ten\s+hoogste|hoogstens|niet\s+(?:hoger|meer)\s+dan)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:minim\w+|ten\s+minste|minstens)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:grens|tot|loopt|eerste\s*$)", re.IGNORECASE)
_RATE = re.compile(
    r"subsidiabele\s+kosten|percentage|steunintensiteit|\btarief|subsidie\s+bedraagt|\bvergoed|\bschijf\b", re.IGNORECASE
)
_SHARE = re.compile(r"\b(?:niet\s+meer\s+dan|ten\s+minste|minimaal|minstens|meer\s+dan|met)\s*$", re.IGNORECASE)
_ALLOCATION: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("volgorde van binnenkomst", re.compile(r"\bvolgorde\s+van\s+(?:binnenkomst|ontvangst)\b", re.IGNORECASE)),
    ("loting", re.compile(r"\b(?:loting|geloot|loten)\b", re.IGNORECASE)),
    ("rangschikking (tender)", re.compile(r"\b(?:rangschikking|gerangschikt|tender(?:procedure|systematiek)?)\b", re.IGNORECASE)),
)


def read_sentence(sentence: str, heading: str, question: str = "") -> Iterator[Finding]:
    """What one sentence says. `question` is the question right before it ("Bent u zelfstandige?"), which narrows it."""
    if sentence.rstrip().endswith("?"):
        return
    yield from _status(sentence)
    yield from _allocation(sentence)
    yield from _moments(sentence, heading, question)
    part = _narrowed(part_of(sentence), question)
    yield from _amounts(sentence, heading, part)
    yield from _rates(sentence, part)


def _status(sentence: str) -> Iterator[Finding]:
    if _CONDITION.search(sentence):
        return
    years = years_of(sentence)
    if _EXHAUSTED.search(sentence):
        part = part_of(sentence)
        if part is not None:
            yield Finding(SchemeField.STATUS, part, SchemeStatus.EXHAUSTED.value, Unit.LABEL, sentence, years)
    elif closed := _CLOSED.search(sentence):
        temporary = closed["label"].lower().startswith("tijdelijk")
        status = SchemeStatus.CLOSED_TEMPORARILY if temporary else SchemeStatus.CLOSED
        yield Finding(SchemeField.STATUS, part_of(sentence) or "", status.value, Unit.LABEL, sentence, years)


def _allocation(sentence: str) -> Iterator[Finding]:
    """The way of dividing money; what holds only under a condition ("bij overtekening wordt geloot") is not the method."""
    if re.match(r"(?:als|indien|wanneer|bij|zodra)\b", sentence, re.IGNORECASE):
        return
    main = re.split(r";|\b(?:tenzij|als|indien|wanneer|bij\s+overtekening)\b", sentence)[0]
    found = [name for name, words in _ALLOCATION if words.search(main)]
    if len(found) == 1:
        yield Finding(SchemeField.ALLOCATION, "", found[0], Unit.LABEL, sentence, years_of(sentence))


def _moments(sentence: str, heading: str, question: str) -> Iterator[Finding]:
    if not (_APPLYING.search(sentence) or _APPLYING.search(heading)):
        return
    part = _narrowed(part_of(sentence), question)
    if part is None:
        return
    found = moments(sentence)
    years = years_of(sentence)
    taken: set[int] = set()
    for place, (first, last) in enumerate(pairwise(found)):
        if _TO.fullmatch(sentence, first.end, last.start) and not _LATEST.search(sentence, 0, last.start):
            taken |= {place, place + 1}
            yield _moment(SchemeField.OPENS, part, first, sentence, years)
            yield _moment(SchemeField.CLOSES, part, last, sentence, years)
    for place, moment in enumerate(found):
        before = sentence[: moment.start]
        if place in taken:
            continue
        if _LATEST.search(before):
            yield _moment(SchemeField.DEADLINE, _before_start(part, question), moment, sentence, years)
        elif _BEFORE.search(before):
            yield _moment(SchemeField.DEADLINE, ", ".join(filter(None, (part, "vóór"))), moment, sentence, years)
        elif _OPENS.search(before):
            yield _moment(SchemeField.OPENS, part, moment, sentence, years)
        elif _CLOSES.search(before):
            yield _moment(SchemeField.CLOSES, part, moment, sentence, years)


def _moment(field: SchemeField, part: str, moment: DutchMoment, sentence: str, years: tuple[str, ...]) -> Finding:
    return Finding(field, part, moment.iso, Unit.MOMENT, sentence, years)


def _narrowed(part: str | None, question: str) -> str | None:
    asked = part_of(question)
    return None if part is None or asked is None else part or asked


def _before_start(part: str, question: str) -> str:
    """The start that the question before a deadline speaks of ("Wilt u beginnen op 1 januari 2022?"), without its year."""
    asked = moments(question)
    if part or len(asked) != 1:
        return part
    return f"start {asked[0].day.day} {MONTHS[asked[0].day.month - 1]}"


def _amounts(sentence: str, heading: str, part: str | None) -> Iterator[Finding]:
    """Amounts by the words between the amount before and this one; "van A naar B" says B."""
    found = amounts(sentence)
    inherited: SchemeField | None = None
    years = years_of(sentence)
    for place, amount in enumerate(found):
        since = found[place - 1].end if place else 0
        before = sentence[since : amount.start]
        becomes = place > 0 and _BECOMES.fullmatch(before) is not None
        field = inherited if becomes else _money(before, sentence, heading, alone=len(found) == 1)
        inherited = field
        following = found[place + 1].start if place + 1 < len(found) else None
        superseded = following is not None and _BECOMES.fullmatch(sentence, amount.end, following) is not None
        rounded = _ROUNDED.search(before) is not None and not _NOT_MORE.search(before)
        if field is None or superseded or rounded or _STEP.search(before) or _PER_UNIT.match(sentence, amount.end):
            continue
        own = _bracket_limit(before) if field is SchemeField.THRESHOLD else part
        if own is not None:
            yield Finding(field, own, str(amount.cents), Unit.CENTS, sentence, years)


def _money(before: str, sentence: str, heading: str, *, alone: bool) -> SchemeField | None:
    """What an amount is, from the words before it; a sentence with one amount may say it behind as well."""
    if (BRACKET.search(before) and _LIMIT.search(before)) or re.search(r"\beerste\s*$", before, re.IGNORECASE):
        return SchemeField.THRESHOLD
    if _MOST.search(before[-60:]):
        return SchemeField.MAXIMUM
    if _LEAST.search(before[-60:]):
        return SchemeField.MINIMUM
    said = sentence if alone else before
    if re.search(r"plafond", said, re.IGNORECASE):
        return SchemeField.CEILING
    if re.search(r"\bbudget\b|\bsubsidiebudget\b", said, re.IGNORECASE) or (alone and re.search(r"\bbeschikbaar\b", sentence)):
        return SchemeField.BUDGET
    return None


def _bracket_limit(before: str) -> str:
    brackets = [bracket_name(match[1]) for match in BRACKET.finditer(before)]
    return brackets[-1] if brackets else "eerste schijf"


def _rates(sentence: str, part: str | None) -> Iterator[Finding]:
    found = [rate for rate in percentages(sentence) if not _SHARE.search(sentence[: rate.start])]
    if not found or not _RATE.search(sentence):
        return
    years = years_of(sentence)
    spots = [(rate.start, rate.end) for rate in found]
    if BRACKET.search(sentence):
        names = _bracket_names(sentence, spots)
        current = [place for place in range(len(found)) if not _superseded(sentence, spots, place)]
        for place in current:
            if names[place]:
                yield Finding(SchemeField.RATE, names[place], str(found[place].hundredths), Unit.PERCENT, sentence, years)
        return
    current = [place for place in range(len(found)) if not _superseded(sentence, spots, place)]
    if len(current) == 1 and part is not None:
        yield Finding(SchemeField.RATE, part, str(found[current[0]].hundredths), Unit.PERCENT, sentence, years)


def _superseded(sentence: str, spots: Sequence[tuple[int, int]], place: int) -> bool:
    return place + 1 < len(spots) and _BECOMES.fullmatch(sentence, spots[place][1], spots[place + 1][0]) is not None


def _bracket_names(sentence: str, spots: Sequence[tuple[int, int]]) -> list[str]:
    """The bracket of every rate: each naming of a bracket or of starters goes to the nearest rate, and a rate that is only for
    starters is of the bracket before it. "" where none was named."""
    brackets: list[str] = [""] * len(spots)
    starters = [False] * len(spots)
    for match in BRACKET.finditer(sentence):
        brackets[_nearest(sentence, spots, match.span())] = bracket_name(match[1])
    for match in STARTERS.finditer(sentence):
        starters[_nearest(sentence, spots, match.span())] = True
    names = []
    for place, bracket in enumerate(brackets):
        becomes = place > 0 and _superseded(sentence, spots, place - 1)
        if not bracket and place and (starters[place] or becomes):
            bracket = brackets[place] = brackets[place - 1]
        starter = starters[place] or (becomes and starters[place - 1])
        names.append(f"{bracket}, starters" if bracket and starter else bracket)
    return names


def _nearest(sentence: str, spots: Sequence[tuple[int, int]], span: tuple[int, int]) -> int:
    """Which rate a naming belongs to: the nearest, where a bracket, comma, semicolon or "en" between counts as far."""

    def distance(place: int) -> int:
        start, end = spots[place]
        between = sentence[span[1] : start] if span[1] <= start else sentence[end : span[0]]
        return len(between) + 20 * len(re.findall(r"[(),;]|\ben\b", between))

    return min(range(len(spots)), key=distance)
