"""When asking again is worth it, and after how long: the only retries in the system (design decision 13)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ATTEMPTS = 3
FIRST_PAUSE = 1.0  # seconds; doubles with every attempt
LONGEST_PAUSE = 60.0  # seconds; a publisher that wants more is left alone until the next visit
STATUSES = frozenset({429, 502, 503, 504})


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for (RFC 9110, 10.2.3: seconds or an HTTP date); None when absent or unreadable."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def pause(attempt: int, jitter: float) -> float:
    """The seconds to wait after the given failed attempt (1-based); `jitter` in [0, 1) spreads callers over the last half."""
    return FIRST_PAUSE * float(2 ** (attempt - 1)) * (0.5 + jitter / 2)
