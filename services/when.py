"""The one way in which the command line writes a moment: Dutch local time, with the year when it is not this year."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import clock_time, local, short_day


def when(moment: datetime | str | None, now: datetime, never: str = "never") -> str:
    """ "do 9 dec 16.50", or "do 9 dec 2021 16.50" in another year. Takes ISO 8601 too; `never` for None and ""."""
    if not moment:
        return never
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    year = "" if local(at).year == local(now).year else f" {local(at).year}"
    return f"{short_day(at)}{year} {clock_time(at)}"
