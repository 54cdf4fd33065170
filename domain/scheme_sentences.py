"""Sentences on scheme pages and in gazettes: amounts, rates, openings and deadlines in running text.

A sentence is read only where the words around a value say what it is. Questions, conditions, plans ("het kabinet wil") and
rounded figures ("ruim € 1,6 miljard") give no fact: they state nothing that holds. What was ("niet langer 40%"), a part of a
whole ("waarvan € 100 miljoen"), a step ("€ 102 miljoen minder") and a rest ("nog € 1,2 miljoen") are not the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.dutch_numbers import Amount, Percentage, amounts, percentages
from domain.scheme_findings import Finding, allocation_of, with_regions, years_of
from domain.scheme_moments import narrowed, read_moments
from domain.scheme_words import BRACKET, STARTERS, bracket_name, part_of
from domain.schemes import SchemeField, SchemeStatus, Unit

_CONDITION = re.compile(
    r"^(?:als|wanneer|indien|zodra|mocht|totdat|stel)\b|\b(?:zodra|totdat|wanneer|indien|tenzij)\b|\bals\s+het\b|\b(?:nog\s+)?niet\b|\bbijna\b|\bkan\b",
    re.IGNORECASE,
)
_EXHAUSTED = re.compile(
    # A full stop inside an amount ("€ 8.350.000") does not end a clause.
    r"\b(?:subsidie)?plafond\b(?:[^.;]|\.(?=\d)){0,60}?\b(?:is|was|werd)\b(?:[^.;]|\.(?=\d)){0,40}?\bbereikt\b"
    r"|\bbudget\b(?:[^.;]|\.(?=\d)){0,60}?\b(?:is|was|raakte)\b[^.;]{0,40}?\b(?:uitgeput|vergeven|op|volledig\s+benut|bereikt)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:regeling|loket|subsidie|openstelling|module)\b[^.;,]{0,40}\bis\b[^.;,]{0,30}?\b(?P<label>(?:tijdelijk\s+)?gesloten)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"\b(?:kabinet|regering|minister\w*|staatssecretaris\w*|kamer)\b[^.;]*\b(?:wil|willen|stelt|stellen|overweegt|onderzoekt|vraagt)\b"
    r"|\bvoorstel\w*|\bvoorgesteld\w*|\bvoornemens?\b|\bvan\s+plan\b|\bnaar\s+verwachting\b|\bverwacht\w*|\bzou(?:den)?\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\bwaarvan\b|\bwaaronder\b", re.IGNORECASE)
# Words before a value that is not the one that holds, when the sentence gives another as well.
_GONE = re.compile(
    r"\b(?:was|waren|bedroeg|niet|niet\s+(?:langer|meer)|in\s+plaats\s+van|voorheen|eerder|vroeger)\s*$"
    r"|\b(?:was|waren|bedroeg)\b[^.,;:%€\d]{0,30}$|\(\s*(?:in\s+|voor\s+)?(?:19|20)\d{2}\s*:?\s*$",
    re.IGNORECASE,
)
_LEFT = re.compile(r"\b(?:nog|resteert|resterende?)\b[^,;.]{0,30}$", re.IGNORECASE)
_CHANGE_BEHIND = re.compile(r"\s*(?:euro\s+)?(?:minder|meer|extra|lager|hoger|erbij|over|ongebruikt)\b", re.IGNORECASE)
_ROUNDED = re.compile(r"\b(?:ruim|circa|ca\.|ongeveer|bijna|zo'n|rond|meer\s+dan|minder\s+dan)\s*$", re.IGNORECASE)
_NOT_MORE = re.compile(r"\bniet\s+(?:meer|hoger)\s+dan\s*$", re.IGNORECASE)
_STEP = re.compile(r"\b(?:met|extra|plus|min)\s*$", re.IGNORECASE)
_BECOMES = re.compile(
    r",?\s*(?:(?:omhoog\s+|omlaag\s+)?naar|tot|(?:en\s+|maar\s+)?(?:in\s+\d{4}|voor\s+\d{4}|dit\s+jaar|nu)\s+(?:is|wordt|bedraagt)\s+(?:dat|dit|het)"
    r"|verhoogd\s+(?:naar|tot)|verlaagd\s+(?:naar|tot)|(?:en|maar)\s+(?:is|wordt|bedraagt)\s+(?:nu|voortaan|inmiddels))\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btussen\s*$", re.IGNORECASE)
_GRANT = re.compile(r"^(?!.*\bkosten\b).*\bsubsidie\b", re.IGNORECASE)
_PER_UNIT = re.compile(
    r"\s*(?:euro\s+)?per\s+(?!project|aanvraag|aanvrager|deelnem|onderneming|bedrijf|partner)\w", re.IGNORECASE
)
_MOST = re.compile(r"\b(?:maxim\w+|ten\s+hoogste|hoogstens|niet\s+(?:hoger|meer)\s+dan)\b", re.IGNORECASE)
_LEAST = re.compile(r"\b(?:minim\w+|ten\s+minste|minstens)\b", re.IGNORECASE)
_LIMIT = re.compile(r"\b(?:grens|tot|loopt|eerste\s*$)", re.IGNORECASE)
_RATE = re.compile(
    r"subsidiabele\s+kosten|projectkosten|\bvan\s+(?:de|uw)\s+kosten|percentage|steunintensiteit|\btarief|subsidie\s+bedraagt|\bvergoed|\bschijf\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(?:niet\s+meer\s+dan|ten\s+minste|minimaal|minstens|meer\s+dan|met)\s*$", re.IGNORECASE)


def read_sentence(sentence: str, heading: str, question: str = "") -> Iterator[Finding]:
    """What one sentence says. `question` is the question right before it ("Bent u zelfstandige?"), which narrows it."""
    if sentence.rstrip().endswith("?") or _PLAN.search(sentence):
        return
    yield from _status(sentence)
    yield from _allocation(sentence)
    part = narrowed(part_of(_SHARE_OF.split(with_regions(sentence))[0]), question)
    yield from read_moments(sentence, heading, part, question)
    yield from _amounts(sentence, heading, part)
    yield from _rates(sentence, part)


def _status(sentence: str) -> Iterator[Finding]:
    if _CONDITION.search(sentence):
        return
    years = years_of(sentence)
    if _EXHAUSTED.search(sentence):
        part = part_of(with_regions(sentence))
        if part is not None:
            yield Finding(SchemeField.STATUS, part, SchemeStatus.EXHAUSTED.value, Unit.LABEL, sentence, years)
    elif closed := _CLOSED.search(sentence):
        temporary = closed["label"].lower().startswith("tijdelijk")
        status = SchemeStatus.CLOSED_TEMPORARILY if temporary else SchemeStatus.CLOSED
        part = part_of(with_regions(sentence))
        if part is not None:
            yield Finding(SchemeField.STATUS, part, status.value, Unit.LABEL, sentence, years)


def _allocation(sentence: str) -> Iterator[Finding]:
    """The way of dividing money; what holds only under a condition ("bij overtekening wordt geloot") is not the method."""
    if re.match(r"(?:als|indien|wanneer|bij|zodra)\b", sentence, re.IGNORECASE):
        return
    main = re.split(r";|\b(?:tenzij|als|indien|wanneer|bij\s+overtekening)\b", sentence)[0]
    if method := allocation_of(main):
        yield Finding(SchemeField.ALLOCATION, "", method, Unit.LABEL, sentence, years_of(sentence))


def _amounts(sentence: str, heading: str, part: str | None) -> Iterator[Finding]:
    """Amounts by the words between the amount before and this one; "van A naar B" says B."""
    found = amounts(sentence)
    inherited: SchemeField | None = None
    years = years_of(sentence)
    for place, amount in enumerate(found):
        since = found[place - 1].end if place else 0
        before = sentence[since : amount.start]
        becomes = place > 0 and _BECOMES.fullmatch(before) is not None
        between = _between(sentence, found, place)
        field = between or (inherited if becomes else _money(before, sentence, heading, alone=len(found) == 1))
        inherited = field
        following = found[place + 1].start if place + 1 < len(found) else None
        superseded = following is not None and _BECOMES.fullmatch(sentence, amount.end, following) is not None
        gone = len(found) > 1 and _GONE.search(before) is not None
        if field is None or superseded or gone or _no_value(sentence, before, amount):
            continue
        own = _bracket_limit(before) if field is SchemeField.THRESHOLD else part
        if own is not None:
            yield Finding(field, own, str(amount.cents), Unit.CENTS, sentence, years)


def _between(sentence: str, found: Sequence[Amount], place: int) -> SchemeField | None:
    """The least and the most that a grant is ("tussen € 25.000 en € 200.000 subsidie"); costs between two amounts are none."""
    if len(found) != 2 or not _GRANT.search(sentence) or not _FROM.search(sentence[: found[0].start]):
        return None
    if not re.fullmatch(r"\s+en\s+", sentence[found[0].end : found[1].start]):
        return None
    return SchemeField.MAXIMUM if place else SchemeField.MINIMUM


def _no_value(sentence: str, before: str, amount: Amount) -> bool:
    """True for an amount that is rounded, a step, a rest, a part of another amount, or a price per unit."""
    rounded = _ROUNDED.search(before) is not None and not _NOT_MORE.search(before)
    step = _STEP.search(before) is not None or _CHANGE_BEHIND.match(sentence, amount.end) is not None
    apart = _LEFT.search(before) is not None or _SHARE_OF.search(sentence, 0, amount.start) is not None
    return rounded or step or apart or _PER_UNIT.match(sentence, amount.end) is not None


def _money(before: str, sentence: str, heading: str, *, alone: bool) -> SchemeField | None:
    """What an amount is, from the words before it; a sentence with one amount may say it behind as well."""
    if (BRACKET.search(before) and _LIMIT.search(before)) or re.search(r"\beerste\s*$", before, re.IGNORECASE):
        return SchemeField.THRESHOLD
    if re.search(r"\bschijfgrens\b", before, re.IGNORECASE):
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
    """Rates; in a sentence about brackets each needs a bracket of its own, or it is not plain which one has which."""
    found = _current_rates(sentence)
    if not found or not _RATE.search(sentence):
        return
    years = years_of(sentence)
    spots = [(rate.start, rate.end) for rate in found]
    current = [place for place in range(len(found)) if not _superseded(sentence, spots, place)]
    if BRACKET.search(sentence):
        names = _bracket_names(sentence, spots)
        if all(names[place] for place in current):
            for place in current:
                yield Finding(SchemeField.RATE, names[place], str(found[place].hundredths), Unit.PERCENT, sentence, years)
    elif len(current) == 1 and part is not None:
        yield Finding(SchemeField.RATE, part, str(found[current[0]].hundredths), Unit.PERCENT, sentence, years)


def _current_rates(sentence: str) -> list[Percentage]:
    """The percentages that are no share of something else, without those that were."""
    share_of = _SHARE_OF.search(sentence)
    end = share_of.start() if share_of else len(sentence)
    found = [rate for rate in percentages(sentence) if rate.start < end and not _SHARE.search(sentence[: rate.start])]
    return [rate for rate in found if len(found) == 1 or not _GONE.search(sentence[: rate.start])]


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
