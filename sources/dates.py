"""Dates as publishers write them: ISO 8601, RFC 822, day-month-year."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from domain.calendar import AMSTERDAM, MONTHS, local

_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_FRACTION = re.compile(r"(\.\d{6})\d+")
_WRITTEN = re.compile(rf"(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})", re.IGNORECASE)


def iso_day(text: str) -> date | None:
    """The day of an ISO 8601 date or moment as it is written ("2021-12-09", "2021-12-09T08:00:00+01:00"); None if it is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def iso_moment(text: str) -> datetime | None:
    """An ISO 8601 moment in UTC, to the microsecond; one without offset is Dutch local time. None if it is no moment."""
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text.strip()))
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or AMSTERDAM).astimezone(UTC)


def mail_moment(text: str) -> datetime | None:
    """An RFC 822 moment (`pubDate`) in UTC; None if it is none."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def local_day(moment: datetime) -> date:
    """The Dutch day on which a moment falls."""
    return local(moment).date()


def written_day(text: str) -> date | None:
    """The first day written as "16-01-2025" or "16 januari 2025" in a line; None without one."""
    try:
        if found := _DAY_FIRST.search(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _WRITTEN.search(text):
            return date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return None


def local_moment(day: date, hour: int, minute: int) -> datetime:
    """A Dutch clock time on a day, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)
