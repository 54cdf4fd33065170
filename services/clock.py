"""The one clock that is passed in (design decision 14): the real one, one in a file, or one behind a loopback address.

Child processes see the same clock, because `BELEIDSRADAR_CLOCK` names it. A clock says what time it is and waits; on a turned
clock waiting takes no time but moves the clock on.
"""

from __future__ import annotations

import fcntl
import http.client
import math
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from domain.errors import ConfigurationError, Fault
from services.environment import CLOCK, is_loopback

_SHAPE = "%Y-%m-%dT%H:%M:%S.%f+00:00"
_ANSWER_BYTES = 200
_PATIENCE = 30.0


class Clock(Protocol):
    """What time it is, and waiting."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Return when `seconds` (0 or more) have passed on this clock. Raises ValueError for a negative number."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait in real time."""
        time.sleep(_not_negative(seconds))


class FileClock:
    """A clock that stands in a file as one ISO time; whoever sleeps moves it on, under a lock that other processes honour."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> datetime:
        """The time in the file. Raises ConfigurationError when the file is gone or holds no aware time."""
        try:
            with self._path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                return _read(file.read(_ANSWER_BYTES))
        except OSError:
            raise _broken("names a file that cannot be read") from None

    def sleep(self, seconds: float) -> None:
        """Move the clock on by `seconds` at once."""
        step = timedelta(seconds=_not_negative(seconds))
        try:
            with self._path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                later = _read(file.read(_ANSWER_BYTES)) + step
                # One write of a fixed length, cut off after it: a process killed here leaves a whole time, not half of one.
                os.pwrite(file.fileno(), later.strftime(_SHAPE).encode(), 0)
                os.ftruncate(file.fileno(), len(later.strftime(_SHAPE)))
        except OSError:
            raise _broken("names a file that cannot be written") from None


class UrlClock:
    """A clock behind a loopback address: GET gives the ISO time, POST `<url>/sleep?seconds=S` moves it on."""

    def __init__(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "http" or not is_loopback(parts.hostname or ""):
            raise _broken("must be an http address on 127.0.0.1")
        self._url = url.rstrip("/")
        # No proxy of the environment and no redirect may lead the question off this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def now(self) -> datetime:
        """The time that the address gives. Raises ConfigurationError when it gives none."""
        return _read(self._ask(urllib.request.Request(self._url)))

    def sleep(self, seconds: float) -> None:
        """Have the clock moved on by `seconds`."""
        address = f"{self._url}/sleep?seconds={_not_negative(seconds)!r}"
        self._ask(urllib.request.Request(address, data=b"", method="POST"))

    def _ask(self, request: urllib.request.Request) -> bytes:
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                return bytes(answer.read(_ANSWER_BYTES))
        except (OSError, http.client.HTTPException):
            raise _broken("names an address that does not answer as a clock") from None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses every redirect; the answer 3xx is then an error like any other."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def from_environment(environ: Mapping[str, str]) -> Clock:
    """The clock that BELEIDSRADAR_CLOCK names: nothing = the machine's, http://127.0.0.1:… = that address, else a file.

    Raises ConfigurationError when an address is not on this machine or a file is not there.
    """
    named = environ.get(CLOCK, "")
    if not named:
        return SystemClock()
    if "://" in named:
        return UrlClock(named)
    clock = FileClock(Path(named))
    clock.now()
    return clock


def _read(raw: bytes) -> datetime:
    try:
        moment = datetime.fromisoformat(raw.decode("ascii").strip())
    except (UnicodeDecodeError, ValueError):
        raise _broken("gives no ISO time") from None
    if moment.tzinfo is None:
        raise _broken("gives a time without a zone")
    return moment.astimezone(UTC)


def _not_negative(seconds: float) -> float:
    if not (seconds >= 0 and math.isfinite(seconds)):
        raise ValueError(f"cannot sleep {seconds} seconds")
    return seconds


def _broken(what: str) -> ConfigurationError:
    hint = "it holds a time such as 2021-12-09T06:30:00+00:00; unset it to use the real clock"
    return ConfigurationError((Fault(CLOCK, 0, what, hint),))
