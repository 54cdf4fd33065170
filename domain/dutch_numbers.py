"""Amounts, percentages and dates as Dutch government texts write them, to exact values and back.

What cannot be read exactly gives nothing: a date that does not exist, an amount that is finer than a cent, a year of two digits,
a date without a year. No value is ever rounded or completed from what is not there, with two named exceptions that the text
itself justifies: in a range the first part takes the year ("15 april t/m 4 juli 2019") or the scale ("€ 5 tot 10 miljoen")
of the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from domain.calendar import DAYS, MONTHS

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_SCALES = {"duizend": 3, "miljoen": 6, "mln": 6, "miljard": 9, "mld": 9, "mrd": 9}
_SCALE = rf"(?:{'|'.join(_SCALES)})\b\.?"
_FIGURES = rf"\d+\.\d{{1,2}}(?={_SPACE}*-?{_SCALE})|\d{{1,3}}(?:[.\u00a0\u2009\u202f ]\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?(?!\d)"
_CURRENCY = r"(?:€|\bEUR\b)"
_RANGE = rf"{_SPACE}*(?:tot(?:{_SPACE}+en{_SPACE}+met)?|t/m|naar|en|à|of|[-–]){_SPACE}*"
# A percentage is no money; a fraction or "ton" (a hundred thousand) behind the figures is a scale that is not read.
_NO_MONEY = rf"{_SPACE}*(?:%|procent|percent|pct|ton\b|[¼½¾])"

# Scanning begins at the figures and looks back for the sign: a sign that may be absent in front would be tried at every place.
_SIGN_BEFORE = re.compile(rf"{_CURRENCY}{_SPACE}*$", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"(?<![\d.,/])(?P<figures>{_FIGURES})(?:,-{{1,2}}|,[–=])?"
    rf"(?:{_SPACE}*-?(?P<scale>{_SCALE}))?(?P<after>{_SPACE}*(?:€|euro\b|EUR\b))?(?!{_NO_MONEY})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")  # amounts and dates begin with one, signs and names of days apart: nothing before the first is read
_SIGN = re.compile(rf"{_CURRENCY}{_SPACE}*", re.IGNORECASE)
_SCALE_OF_RANGE = re.compile(rf"{_RANGE}(?:{_CURRENCY}{_SPACE}*)?(?:{_FIGURES}){_SPACE}*(?P<scale>{_SCALE})", re.IGNORECASE)
_PERCENTAGE = re.compile(
    rf"(?<![\d.,])(\d{{1,3}}(?:[.,]\d+)?){_SPACE}*(?:%|(?:procent|percent)\b|pct\b\.?)(?![-\w])", re.IGNORECASE
)

_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in list(_MONTH_NUMBERS.items())} | {"mrt": 3, "sept": 9}
_MONTH = rf"(?:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
_DAY_NAMES = rf"\b(?:{'|'.join(DAYS)}|{'|'.join(day[:2] for day in DAYS)})\b\.?{_SPACE}+"
_DAY_NAME_BEFORE = re.compile(rf"{_DAY_NAMES}$", re.IGNORECASE)
_CLOCK = (
    rf"(?:,?{_SPACE}*(?:om|vanaf|tot|voor|vóór)?{_SPACE}*\(?(?<!\d)(?P<hour>[01]?\d|2[0-4])"
    rf"(?::(?P<minute>[0-5]\d)(?::00)?(?:{_SPACE}*uur\b)?|\.(?P<dotted>[0-5]\d){_SPACE}*uur\b|{_SPACE}*uur\b)(?!\d))?"
)
_WRITTEN = re.compile(
    rf"(?<![\d.,/-])(?P<day>[0-3]?\d){_SPACE}+(?P<month>{_MONTH})(?:{_SPACE}+(?P<year>\d{{4}})(?!\d))?{_CLOCK}",
    re.IGNORECASE,
)
_FIGURED = re.compile(
    rf"(?<![\d.,/-])(?:(?P<day>[0-3]?\d)[-/](?P<month>[01]?\d)[-/](?P<year>\d{{4}})"
    rf"|(?P<iso_year>\d{{4}})-(?P<iso_month>[01]\d)-(?P<iso_day>[0-3]\d))(?![\d/-]){_CLOCK}",
    re.IGNORECASE,
)
_YEAR_OF_RANGE = re.compile(
    rf"{_SPACE}*(?:uur)?{_SPACE}*(?:tot(?:{_SPACE}+en{_SPACE}+met)?|t/m|en|of|,|[-–]){_SPACE}*(?:{_DAY_NAMES})?"
    rf"(?P<day>[0-3]?\d){_SPACE}+(?P<month>{_MONTH}){_SPACE}+(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in whole euro cents, and where it stands in the text."""

    cents: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage in hundredths of a per cent (3250 is 32,5 %), and where it stands in the text."""

    hundredths: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutchMoment:
    """A date, with the time of day in Amsterdam when the text gives one, and where it stands in the text."""

    day: date
    clock: time | None
    start: int
    end: int

    @property
    def iso(self) -> str:
        """The value of a fact of unit MOMENT: "2021-12-20" or "2021-12-20T17:00"."""
        return self.day.isoformat() if self.clock is None else f"{self.day.isoformat()}T{self.clock:%H:%M}"


def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of money, in order. Bare figures are amounts only with a currency ("€", "EUR", "euro") or a scale of
    millions or more ("8,35 miljoen", "1438 mln")."""
    found: list[Amount] = []
    if (first := _DIGIT.search(text)) is None:
        return ()
    for match in _AMOUNT.finditer(text, first.start()):
        scale = match["scale"]
        sign = _SIGN_BEFORE.search(text, max(0, match.start() - 8), match.start())
        if not (sign or match["after"] or (scale and not scale.lower().startswith("duizend"))):
            continue
        if scale is None and len(match["figures"]) <= 5 and (of_range := _SCALE_OF_RANGE.match(text, match.end())):
            scale = of_range["scale"]
        cents = _cents(match["figures"], scale)
        if cents is not None:
            found.append(Amount(cents, sign.start() if sign else match.start(), match.end()))
    return tuple(found)


def parse_amount(text: str) -> int | None:
    """The whole text as one amount, in cents; None when it is anything else. Bare figures count here ("3.115.000")."""
    stripped = text.strip()
    sign = _SIGN.match(stripped)
    match = _AMOUNT.fullmatch(stripped, sign.end() if sign else 0)
    return _cents(match["figures"], match["scale"]) if match else None


def percentages(text: str) -> tuple[Percentage, ...]:
    """Every percentage, in order; a step of percentage points ("8 procentpunt") is no percentage."""
    found = []
    for match in _PERCENTAGE.finditer(text):
        value = Decimal(match[1].replace(",", ".")) * 100
        if value == value.to_integral_value():
            found.append(Percentage(int(value), match.start(), match.end()))
    return tuple(found)


def parse_percentage(text: str) -> int | None:
    """The whole text as one percentage, in hundredths of a per cent; None when it is anything else."""
    found = percentages(text.strip())
    return found[0].hundredths if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text.strip())) else None


def moments(text: str) -> tuple[DutchMoment, ...]:
    """Every date that exists, in order, with its time when that follows. "24.00 uur" is the beginning of the next day."""
    found: list[DutchMoment] = []
    if (first := _DIGIT.search(text)) is None:
        return ()
    for pattern in (_WRITTEN, _FIGURED):
        for match in pattern.finditer(text, first.start()):
            moment = _moment(match, text)
            if moment is not None:
                found.append(moment)
    return tuple(sorted(found, key=lambda moment: moment.start))


def parse_moment(text: str) -> DutchMoment | None:
    """The whole text as one date or date and time; None when it is anything else, an impossible date included."""
    stripped = text.strip()
    found = moments(stripped)
    if len(found) != 1 or found[0].start:
        return None
    bracket = ")" if "(" in stripped else ""
    return found[0] if stripped[found[0].end :] in ("", bracket) else None


def format_amount(cents: int) -> str:
    """Cents as a Dutch reader writes them: "€ 8.350.000", "€ 1.234,50", "-€ 5"."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}€ {whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")


def format_percentage(hundredths: int) -> str:
    """Hundredths of a per cent as a reader writes them: "40%", "16,5%"."""
    return f"{_figures(Decimal(hundredths) / 100)}%"


def format_moment(iso: str) -> str:
    """A MOMENT value as a reader writes it: "ma 20 december 2021" or "ma 20 december 2021, 09.00 uur".

    Raises ValueError for anything that is not ISO 8601.
    """
    day = date.fromisoformat(iso[:10])
    said = f"{DAYS[day.weekday()][:2]} {day.day} {MONTHS[day.month - 1]} {day.year}"
    if len(iso) == 10:
        return said
    return f"{said}, {datetime.fromisoformat(iso):%H.%M} uur"


def percentage_points(before: int, after: int) -> str:
    """The step between two rates in hundredths of a per cent: "-8 procentpunt", "+0,5 procentpunt"; "" when there is none."""
    return f"{_signed(Decimal(after - before) / 100)} procentpunt" if after != before else ""


def relative_step(before: int, after: int) -> str:
    """The step between two amounts as a share of the first: "+16,8 %"; "" when there is none or the first is zero.

    One decimal, half up; more decimals only when one would show no step at all.
    """
    if before == after or before == 0:
        return ""
    share = Decimal(after - before) * 100 / abs(Decimal(before))
    for places in range(1, 9):
        rounded = share.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")
        if rounded:
            return f"{_signed(rounded)} %"
    return ""


def _cents(figures: str, scale: str | None) -> int | None:
    whole = re.sub(r"[.\u00a0\u2009\u202f ](?=\d{3}(?:\D|$))", "", figures)
    value = Decimal(whole.replace(",", "."))
    if scale:
        value = value.scaleb(_SCALES[scale.lower().rstrip(".")])
    cents = value * 100
    return int(cents) if cents == cents.to_integral_value() else None


def _moment(match: re.Match[str], text: str) -> DutchMoment | None:
    groups = match.groupdict()
    written_year = groups.get("year") or groups.get("iso_year")
    if written_year is None:
        of_range = _YEAR_OF_RANGE.match(text, match.end())
        if of_range is None or _falls_later(match, of_range):
            return None
        written_year = of_range["year"]
    month = _month(groups.get("month") or groups["iso_month"])
    hour, minute = groups["hour"], groups["minute"] or groups["dotted"] or "00"
    try:
        day = date(int(written_year), month, int(groups.get("day") or groups["iso_day"]))
        if hour == "24":
            if minute != "00":
                return None
            day, hour = day + timedelta(days=1), "0"
        clock = time(int(hour), int(minute)) if hour is not None else None
    except (ValueError, OverflowError):
        return None
    named = _DAY_NAME_BEFORE.search(text, max(0, match.start() - 12), match.start())
    return DutchMoment(day, clock, named.start() if named else match.start(), match.end())


def _falls_later(first: re.Match[str], last: re.Match[str]) -> bool:
    """A range that runs into a new year does not say the year of its first day; reading it would be guessing."""
    return (_month(first["month"]), int(first["day"])) > (_month(last["month"]), int(last["day"]))


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH_NUMBERS[text.lower().rstrip(".")]


def _figures(value: Decimal) -> str:
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + _figures(value)
