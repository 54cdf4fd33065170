"""The digest as a value: what every rendering shows, in the same order.

A `Digest` holds facts, quotes and enums, no markup. Renderings (`notifications.rendering`) turn it into mail, text, Slack blocks,
Markdown and JSON; they add labels in the language of the digest and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.assessments import Level
from domain.changes import Change
from domain.documents import Kind
from domain.events import EventKind


class DigestForm(StrEnum):
    """What sort of issue this is; the heading says so."""

    REGULAR = "regular"
    URGENT = "urgent"
    START = "start"  # Startdossier: what stood there when watching began; not new
    OVERVIEW = "overview"  # a catch-up over a period asked for by hand


class Length(StrEnum):
    """How much of each item is shown."""

    HEADINGS = "headings"
    SHORT = "short"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Link:
    """A readable text and the publisher's address behind it ("" when there is none to link to)."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """How an item hangs together with other papers: `label` is one of answers, answer, question, cites, cited_by, replaces,
    part_of, extension_of, extension; `note` adds what the reader should know ("u volgt dit stuk")."""

    label: str
    target: Link
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """The own organisation's name in a paper: the sentence, and who says it ("" when not known)."""

    sentence: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One publication in a digest, with everything that happened to it in the window (design decision 7).

    `id` is the stable item id a reader can quote. `states` are the event kinds, oldest first. `reference` is the Dutch citation
    form, `who` the office that speaks. `line` is one exact quote. `why` are short reasons, strongest first. The three dates
    are the paper's own, the publisher's and ours; `told_before` says where and when the same news went out earlier, and such an
    item is shown as one line when `seen_in_full` is True. `also` are the copies elsewhere.
    """

    id: str
    level: Level
    kind: Kind
    states: tuple[EventKind, ...]
    heading: str
    url: str
    who: str = ""
    reference: str = ""
    dossier: str = ""
    line: str = ""
    mention: Mention | None = None
    changes: tuple[Change, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    why: tuple[str, ...] = ()
    why_quote: str = ""
    dated: date | None = None
    published: date | datetime | None = None
    seen: datetime | None = None
    late: bool = False
    due: date | None = None
    told_before: tuple[str, ...] = ()
    seen_in_full: bool = False
    also: tuple[Link, ...] = ()
    snapshot: str = ""
    provisional: bool = False
    event_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeState:
    """The state of one watched scheme for the lines under Was/Wordt: when it was checked, and facts worth repeating."""

    name: str
    url: str
    checked: datetime | None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A dated thing ahead: the day (with time when known), what it is, and where it says so."""

    when: date | datetime
    what: str
    url: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What one source was asked and when. `complete_until` is None when never complete; `stale` says why it lags ("" if it does
    not); `unread` counts papers known but not yet read; `gaps` are named stretches that could not be recovered; `notes` are
    remarks a reader would want ("lijst stond stil; 1 wijziging buiten de lijst om gevonden")."""

    source: str
    name: str
    complete_until: datetime | None
    checked: datetime | None
    stale: str = ""
    unread: int = 0
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Papers ranked lower, counted with the reason they share: nothing is dropped in silence."""

    reason: str
    count: int
    titles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """One numbered issue of a configured digest over a window, for one rendering in any form.

    `items` are in reading order: must_read, relevant, mention; within a level by kind, then dossier, then date. `first` are at
    most three lines for "Eerst dit". `late` says why an issue went out after its time ("" when on time).
    """

    name: str
    form: DigestForm
    title: str
    number: int
    made: datetime
    since: datetime | None
    language: str
    subject: str
    first: tuple[str, ...]
    items: tuple[Item, ...]
    schemes: tuple[SchemeState, ...]
    held: tuple[HeldGroup, ...]
    coming: tuple[ComingDate, ...]
    coverage: tuple[SourceCoverage, ...]
    corrections: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    not_watched: tuple[str, ...] = ()
    owner: str = ""
    site_url: str = ""
    length: Length = Length.CONTEXT
    late: str = ""

    def at(self, level: Level) -> tuple[Item, ...]:
        """The items of one level, in reading order."""
        return tuple(item for item in self.items if item.level is level)

    def counts(self) -> Mapping[str, int]:
        """How many items stand at each level, and how many were held: the sum is everything that was judged."""
        totals = {level.value: len(self.at(level)) for level in Level if level is not Level.HELD}
        totals[Level.HELD.value] = sum(group.count for group in self.held)
        return totals

    @property
    def empty(self) -> bool:
        """True when there is no item to show (held ones may still be counted)."""
        return not self.items
