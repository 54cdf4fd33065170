"""Parliamentary years (vergaderjaren): from the third Tuesday of September to the next, written in four ways."""

from __future__ import annotations

import re
from datetime import date, timedelta

# How proceedings are numbered in identifiers (from 2010-2011 on: by meeting and item), read off 57,580 real ones.
LAST_BY_MEETING_AND_PAGE = "19951996"
LAST_BY_PAGE = "20092010"
# Up to this year the Senate numbered its papers per year, and their ids hold the year.
LAST_SENATE_NUMBERS_PER_YEAR = "20022003"

_WRITTEN = re.compile(r"(?P<first>(?:19|20)\d{2})\s*[-/–—‑]?\s*(?P<second>(?:19|20)?\d{2})")


def eight_digits(text: str) -> str:
    """The year as identifiers hold it, "20212022", from "2021/22", "2021-2022", "2021–2022" or "20212022".

    "" when the text is anything else, also when its two halves are not successive years.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        return ""
    first = int(match["first"])
    return f"{first}{first + 1}" if f"{first + 1}".endswith(match["second"]) else ""


def slashed(text: str) -> str:
    """The year as citations hold it: "2021/22"; the text itself when it is no parliamentary year."""
    year = eight_digits(text)
    return f"{year[:4]}/{year[6:]}" if year else text


def year_of(day: date) -> str:
    """The parliamentary year in which a day falls, as eight digits: it begins on the third Tuesday of September."""
    first = date(day.year, 9, 1)
    third_tuesday = first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    begin = day.year if day >= third_tuesday else day.year - 1
    return f"{begin}{begin + 1}"
