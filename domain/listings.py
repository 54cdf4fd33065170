"""What a source says exists: questions to it, its answers, and what an answer announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.documents import Kind


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, from `since` up to but not including `until`; both aware."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a window needs aware times")
        if self.since > self.until:
            raise ValueError(f"a window cannot end ({self.until}) before it begins ({self.since})")

    def halves(self) -> tuple[Window, Window]:
        """This window cut in two at its middle, whole seconds."""
        middle = (self.since + (self.until - self.since) / 2).replace(microsecond=0)
        return Window(self.since, middle), Window(middle, self.until)


@dataclass(frozen=True, slots=True)
class NoiseRule:
    """Text that is never news, and why; a sentence that begins with it is left out of every comparison (`domain.noise`)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a source is watched, as the owner configured it: everything an adapter may know of the configuration."""

    source: str
    kinds: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    noise: tuple[NoiseRule, ...] = ()
    use_sru: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source gave for an address. A 304 has status 304 and no body. Header names are lower case."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def not_modified(self) -> bool:
        """True when the publisher says that what we have still holds (RFC 9110, 15.4.5)."""
        return self.status == 304

    def header(self, name: str) -> str:
        """The value of a header, "" when absent."""
        return next((value for key, value in self.headers if key == name.lower()), "")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a route: an address, and the window it asks about (None when the route cannot be asked by window).

    A complete answer stands for `pause` before the question is asked again: for questions beside a quicker way to the same.
    """

    url: str
    window: Window | None = None
    pause: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a listing announces.

    `url` is the address under which the paper is followed, in one fixed shape. `mark` changes when the publisher says the paper
    changed (a lastmod, a modification date; in `modified` too where it is a moment); "" when the route gives none, and then
    only its first appearance says anything. `recent` is False for what was not touched within the window that was asked about:
    at the baseline it is written down as known and not read.
    """

    url: str
    title: str = ""
    mark: str = ""
    kind: Kind | None = None
    raw_kind: str = ""
    dated: date | None = None
    published: date | datetime | None = None
    modified: datetime | None = None
    recent: bool = True
    ids: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer of a route, read.

    `truncated`: the answer was as long as the interface ever gives, so there may be more and the window must be split, or the
    `further` questions asked in its place.
    `ignored` counts, per named reason, what was listed but lies outside the scope. `surprises` are one-line remarks about
    anything the reader did not expect; they become source warnings and never events. `further` are more addresses to ask for the
    same listing (the next page, the parts of a sitemap index).
    """

    entries: tuple[Entry, ...]
    truncated: bool = False
    ignored: tuple[tuple[str, int], ...] = ()
    surprises: tuple[str, ...] = ()
    further: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One address that has to be fetched to read a paper; `role` names it within the paper ("xml", "metadata", "page").

    A part with `instead_of` is fetched only when the part of that role does not exist. `absent_at` is what the address of the
    site's page for missing things holds, for sites that answer with it and status 200; "" when there is no such page.
    """

    role: str
    url: str
    required: bool = True
    instead_of: str = ""
    absent_at: str = ""
