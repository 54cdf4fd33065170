"""When asking again is worth it, why, and after how long: the only retries in the system (design decision 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ATTEMPTS = 3
FIRST_PAUSE = 1.0  # seconds; doubles with every attempt
LONGEST_PAUSE = 60.0  # seconds; a publisher that wants more is left alone until the next visit
LONGEST_REST = 24 * 3600.0  # seconds; what a publisher may ask for in one Retry-After and be given

STATUSES: Mapping[int, str] = {429: "asked too fast", 502: "bad gateway", 503: "unavailable", 504: "gateway timed out"}
"""The statuses that may be another one a moment later, and what they say. Any other is an answer."""

NO_ANSWER = "no answer in time"
BROKEN = "connection broken"
RESET = "connection reset"
"""Failures of the connection that may pass: the search service resets connections when it is asked too fast (sources, 2.3)."""


def retry_after(header: str, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for (RFC 9110, 10.2.3: seconds or an HTTP date), a day at most; None when absent or
    unreadable."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_REST)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - now).total_seconds()), LONGEST_REST)


def pause(attempt: int, jitter: float) -> float:
    """The seconds to wait after the given failed attempt (1-based); `jitter` in [0, 1) spreads callers over the last half."""
    return FIRST_PAUSE * float(2 ** (attempt - 1)) * (0.5 + jitter / 2)


def was_reset(error: BaseException) -> bool:
    """True when the other side reset the connection, however many errors that was wrapped in."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ConnectionResetError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
