"""The one error tree.

    RadarError
    ├── UsageError               the command line was used wrongly                       exit 2
    ├── ConfigurationError       sources.yaml, a topic pack or the environment is wrong  exit 2
    ├── FetchError               an address could not be had                             a visit's outcome
    ├── ReadingError             an answer is not what the adapter reads                 a visit's outcome
    ├── StorageError             the archive cannot be read or written                   exit 1
    │   └── DiskFullError        there is no room to write it                            exit 1
    ├── BusyError                another process holds the lease                         exit 1
    └── DeliveryError            a message cannot be built or handed over                a delivery's state

Every message is one line that says what is wrong, where, and what to do about it. No message holds a secret or a recipient.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RadarError(Exception):
    """Anything that Beleidsradar itself refuses or reports; its text is fit to show to a user as it stands."""


class UsageError(RadarError):
    """The command line was used wrongly (exit code 2)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one file: where it stands, what it is and how to mend it. `line` is 1-based; 0 means the whole file."""

    file: str
    line: int
    what: str
    hint: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what} ({self.hint})" if self.hint else f"{where}: {self.what}"


class ConfigurationError(RadarError):
    """The configuration cannot be used (exit code 2); holds every fault found, not just the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class FetchFailure(StrEnum):
    """Why an address could not be had. The names are shown to operators and stored with the visit."""

    MISSING = "missing"  # 404 or 410
    FORBIDDEN_BY_ROBOTS = "forbidden_by_robots"
    NOT_ALLOWED = "not_allowed"  # the host or scheme is not configured; nothing was asked
    REFUSED = "refused"  # 401, 403, 451 or another 4xx
    BUSY = "busy"  # 429 or 503 with every retry used
    SERVER_ERROR = "server_error"  # 5xx
    UNREACHABLE = "unreachable"  # name, connection or TLS
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"  # body cap, also after decompression
    FOREIGN_REDIRECT = "foreign_redirect"  # a redirect to a host that is not configured
    GARBLED = "garbled"  # broken encoding or truncated transfer


class FetchError(RadarError):
    """An address could not be had; never evidence of anything about the paper itself, except MISSING after confirmation."""

    def __init__(self, failure: FetchFailure, url: str, detail: str) -> None:
        self.failure = failure
        self.url = url
        self.detail = detail
        super().__init__(f"{failure.value}: {url}: {detail}")


class ReadingError(RadarError):
    """An answer came, but it is not what the adapter reads (soft 404, login wall, changed markup, truncated file)."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"cannot read {url}: {reason}")


class StorageError(RadarError):
    """The archive cannot be read or written."""


class DiskFullError(StorageError):
    """The disk under the archive is full: what was being written was taken back whole."""


class BusyError(RadarError):
    """Another process holds the lease on this work; trying again later is safe."""


class DeliveryError(RadarError):
    """A message cannot be built for, or handed to, a channel."""
