"""The digest as a value: what every rendering shows, in the same order.

A `Digest` holds facts, quotes and enums, no markup and no phrases of ours. Renderings (`notifications.rendering`) turn it into
mail, text, Slack blocks, Markdown and JSON; they add words in the language of the digest and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.assessments import Level
from domain.changes import Change
from domain.documents import Kind
from domain.events import EventKind
from domain.schemes import SchemeFact
from domain.source_coverage import SourceCoverage

AHEAD = timedelta(days=30)
"""How far the coming dates look ahead, whatever they are dates of; the heading says so."""

SOON = timedelta(hours=48)
"""What comes this soon cannot wait for the next issue's list; of an issue without items it is all that is shown of them."""


class DigestForm(StrEnum):
    """What sort of issue this is; the heading says so."""

    REGULAR = "regular"
    URGENT = "urgent"
    START = "start"  # Startdossier: what stood there when watching began; not new
    OVERVIEW = "overview"  # a catch-up over a period asked for by hand
    LATE = "late"  # papers of the past that new search terms bring in after all


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
    replaced_by, part_of, extension_of, extension; `followed` is True for a paper that this digest follows by name."""

    label: str
    target: Link
    followed: bool = False


class Quoted(StrEnum):
    """What a quote is, where a reader might take it for a sentence of the paper's own."""

    SENTENCE = "sentence"
    QUESTION = "question"  # a question that the paper repeats
    ROW = "row"  # a row of a table or list


@dataclass(frozen=True, slots=True)
class Mention:
    """The own organisation's name in a paper: the sentence, who says it ("" when not known), and how often it is named in all (0
    when nobody counted)."""

    sentence: str
    speaker: str = ""
    count: int = 0


class Ground(StrEnum):
    """What a reason for a level rests on."""

    TERM = "term"  # `said` stands in the paper, `count` times
    FOLLOWED = "followed"  # `said` is the citation of what the digest follows
    OTHER_SUBJECT = "other_subject"  # `said` is what the words are about here instead
    OWN_NAME = "own_name"
    OWN_NAME_IN_TITLE = "own_name_in_title"
    SCHEME_CHANGED = "scheme_changed"
    SCHEME_NAMED = "scheme_named"
    DOSSIER = "dossier"
    MUTED = "muted"  # `said` is what the team muted
    TOO_FEW = "too_few"  # nothing, or not enough, of the topic stands in it


@dataclass(frozen=True, slots=True)
class Why:
    """One short reason. `said` is in the words of the paper or pack, `count` is 0 where nothing was counted. `inside` says
    that it stands in an attachment and not in the paper itself."""

    ground: Ground
    said: str = ""
    count: int = 0
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """That the same news went out before: through which channel (its name in the configuration) and when."""

    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """That an urgent item comes after an earlier one on the same paper or scheme: the number of that issue, and when it was
    made."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One publication in a digest, with everything that happened to it in the window (design decision 7).

    `id` is the stable item id a reader can quote. `states` are the event kinds, oldest first. `reference` is the Dutch citation
    form, `who` the office that speaks and `to` whom it asks (questions only, else ""). `line` and `action` are exact quotes: what
    it decides, and who will do what; `line_is` and `why_quote_is` say what a quote is when it is no sentence of its own.
    `changes` are shown one by one; `text_changes` counts those that are not, because the facts beside them say it. `why` are
    short reasons, strongest first; `citing` every sentence in which it cites what is followed.

    The three dates are the paper's own, the publisher's and ours. `told_before` says where and when the same news went out
    earlier, first one first; such an item is one line when `seen_in_full` is True. `also` are the copies elsewhere, `snapshot`
    the SHA-256 of the stored bytes ("" when there are none). `scheme` is the name by which readers know the scheme it is about.
    `dossier_id` ("36700-XIII", "" when it has none) and `score` (hundredths) decide what stands together and what is best of it.
    """

    id: str
    level: Level
    kind: Kind
    states: tuple[EventKind, ...]
    heading: str
    url: str
    who: str = ""
    to: str = ""
    reference: str = ""
    dossier: str = ""
    line: str = ""
    action: str = ""
    mention: Mention | None = None
    changes: tuple[Change, ...] = ()
    text_changes: int = 0
    chain: tuple[ChainLink, ...] = ()
    why: tuple[Why, ...] = ()
    why_quote: str = ""
    citing: tuple[str, ...] = ()
    dated: date | None = None
    published: date | datetime | None = None
    seen: datetime | None = None
    late: bool = False
    due: date | None = None
    told_before: tuple[Told, ...] = ()
    seen_in_full: bool = False
    also: tuple[Link, ...] = ()
    snapshot: str = ""
    provisional: bool = False
    scheme: str = ""
    dossier_id: str = ""
    score: int = 0
    event_keys: tuple[str, ...] = ()
    line_is: Quoted = Quoted.SENTENCE
    why_quote_is: Quoted = Quoted.SENTENCE
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class SchemeState:
    """The state of one watched scheme for the lines under Was/Wordt: when it was checked, and facts worth repeating."""

    name: str
    url: str
    checked: datetime | None
    facts: tuple[SchemeFact, ...] = ()


class Ahead(StrEnum):
    """What sort of thing lies ahead."""

    SCHEME = "scheme"  # a date of a scheme: `what` is its name, `fact` the date as its page states it
    ANSWER = "answer"  # the answer to questions is due: `what` is their title


@dataclass(frozen=True, slots=True)
class ComingDate:
    """A dated thing ahead: the day (with time when known), what it is, and where it says so. `fact` is None unless a scheme."""

    when: date | datetime
    sort: Ahead
    what: str
    url: str = ""
    urgent: bool = False
    fact: SchemeFact | None = None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Questions past their term without an answer: their title, where they stand, and the last day, extension included."""

    title: str
    url: str
    due: date


class CorrectionSort(StrEnum):
    """What became of something that an earlier issue told."""

    WITHDRAWN = "withdrawn"  # the paper is no longer where it stood
    CORRECTED = "corrected"  # the publisher replaced it by a corrected one
    RETRACTED = "retracted"  # it should not have been told: a mistake of ours, `reason` says which


@dataclass(frozen=True, slots=True)
class Correction:
    """That something told in an earlier issue of this digest no longer holds: which issue, what stood there, what now."""

    sort: CorrectionSort
    number: int
    made: datetime
    heading: str
    url: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldGroup:
    """Papers ranked lower, counted with the reason they share: nothing is dropped in silence."""

    reason: Why
    count: int
    titles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """One numbered issue of a configured digest over a window, for one rendering in any form.

    `items` are in reading order: must_read, relevant, mention; within a level by kind, then dossier, then date. `first` are at
    most three lines for "Eerst dit"; they and `subject` are worded in `language` (`notifications.headlines`). `planned` is the
    moment at which the issue should have been made, None when it was made on time. `until` ends the period of an overview, None
    when it runs until `made`. `collected` is since when urgent news had to wait for this message, because there were too
    many in an hour (`services.throttle`); None when it did not.
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
    corrections: tuple[Correction, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    not_watched: tuple[str, ...] = ()
    owner: str = ""
    site_url: str = ""
    length: Length = Length.CONTEXT
    planned: datetime | None = None
    until: datetime | None = None
    collected: datetime | None = None

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
