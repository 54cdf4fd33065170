"""Times of the story: written in Dutch local time, kept as aware UTC moments, shown as each site shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from domain.calendar import AMSTERDAM as AMSTERDAM
from domain.calendar import MONTHS


def local(text: str) -> datetime:
    """The UTC moment of a Dutch clock time such as "2021-12-09 16:45"."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day in the Netherlands at this moment."""
    return moment.astimezone(AMSTERDAM).date()


def midnight(day: date) -> datetime:
    """The moment at which this day begins in the Netherlands."""
    return datetime.combine(day, time(), AMSTERDAM)


def dutch_date(day: date) -> str:
    """A day as ministries write it: "9 december 2021"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def numeric_date(day: date) -> str:
    """A day as web pages write it: "09-12-2021"."""
    return day.strftime("%d-%m-%Y")


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: "2021-12-09T15:50:00.000Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def offset_time(moment: datetime) -> str:
    """ISO 8601 in Dutch time with its offset: "2021-12-09T16:50:00+01:00"."""
    return moment.astimezone(AMSTERDAM).isoformat(timespec="seconds")


def http_date(moment: datetime) -> str:
    """The date form of HTTP headers and of GMT feeds (RFC 9110, 5.6.7)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def feed_date(moment: datetime) -> str:
    """The date form of RSS with the Dutch offset (RFC 822): "Thu, 09 Dec 2021 00:00:00 +0100"."""
    return format_datetime(moment.astimezone(AMSTERDAM))


def parliamentary_year(day: date) -> str:
    """The year of sessions, from the third Tuesday of September: "2021-2022"."""
    first = date(day.year, 9, 1)
    opening = date(day.year, 9, 15 + (1 - first.weekday()) % 7)
    return f"{day.year}-{day.year + 1}" if day >= opening else f"{day.year - 1}-{day.year}"
