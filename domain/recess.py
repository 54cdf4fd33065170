"""When the House of Representatives is in recess.

The legal day for an answer stays what it is; a reader should know that nobody sits then. The periods are those that the House
publishes on its page of recesses; the summer follows a fixed pattern (nine weeks, up to the first Monday of September), the
others are known as far as they are listed here. Outside these nothing is said.
"""

from __future__ import annotations

from datetime import date, timedelta

_LISTED = (
    (date(2021, 12, 17), date(2022, 1, 10)),
    (date(2023, 4, 21), date(2023, 5, 8)),
    (date(2023, 10, 13), date(2023, 10, 23)),
    (date(2023, 12, 22), date(2024, 1, 15)),
    (date(2024, 2, 16), date(2024, 2, 26)),
    (date(2024, 4, 26), date(2024, 5, 13)),
)
_SUMMER = timedelta(days=59)


def in_recess(day: date) -> bool:
    """True on a day of a recess that is known, first and last day included."""
    return any(first <= day <= last for first, last in (*_LISTED, summer(day.year)))


def summer(year: int) -> tuple[date, date]:
    """The first and last day of the summer recess: from a Friday in July to the first Monday of September."""
    september = date(year, 9, 1)
    last = september + timedelta(days=-september.weekday() % 7)
    return last - _SUMMER, last
