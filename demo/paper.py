"""Papers: what the miniature sites show, as plain values.

A `Paper` has versions; each says from when it shows and what it says. Text blocks may hold two inline marks:
`[[target|label]]` is a link (to an id such as `kst-32637-473` or to a URL) and `{{1}}` stands for footnote 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list with dashes."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of headings; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = str | Heading | Items | Table


class Meta(NamedTuple):
    """One line of metadata.xml."""

    name: str
    scheme: str
    content: str


@dataclass(frozen=True, slots=True)
class Kamerstuk:
    """The body of a parliamentary paper: letters, motions and reports of debates.

    `date_lead` ("Voorgesteld", "Vastgesteld") brings a date line; letters have none and date themselves in their text.
    """

    dossiers: tuple[tuple[str, str], ...]  # number as id ("35925-XIII") and title
    number: str
    heading: str
    dated: date
    blocks: tuple[Block, ...]
    date_lead: str = ""
    notes: tuple[str, ...] = ()
    signed: str = ""


@dataclass(frozen=True, slots=True)
class Kamervragen:
    """Written questions, with the answers or the notice where there are any. `pairs` are (question, answer or "")."""

    number: str
    subject: str
    asked_to: str
    submitted: date
    pairs: tuple[tuple[str, str], ...]
    answered_by: str = ""
    ministry: tuple[str, str] = ("", "")  # abbreviation, name
    received: date | None = None
    notice: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regulation:
    """A notice or regulation of the Staatscourant, or a decree of the Staatsblad; `articles` are (number, text)."""

    gazette: str  # "Staatscourant" or "Staatsblad"
    heading: str
    recitals: tuple[str, ...]
    articles: tuple[tuple[str, str], ...]
    signed: str
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scan:
    """A paper that exists as PDF only, such as an attachment."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """A paper of officielebekendmakingen.nl; the paper's id is its publication id."""

    title: str
    organisation: str
    meta: tuple[Meta, ...]
    body: Kamerstuk | Kamervragen | Regulation | Scan

    def values(self, name: str, *schemes: str) -> tuple[str, ...]:
        """The contents of this metadata name, of these schemes only when any are given."""
        return tuple(m.content for m in self.meta if m.name == name and (not schemes or m.scheme in schemes))


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of www.rijksoverheid.nl; the paper's id is its path. `sort` orders lists (midnight of the date for documents)."""

    title: str
    intro: str
    blocks: tuple[Block, ...]
    label: str  # "Nieuwsbericht", "Kamerstuk: Kamerbrief", "Rapport", …; "" for pages that are neither
    sort: datetime
    ministry: str
    topics: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()  # label, absolute URL

    @property
    def is_news(self) -> bool:
        """True for news messages."""
        return self.label == "Nieuwsbericht"


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document of open.overheid.nl; the paper's id is its UUID. The file is a PDF of the blocks."""

    title: str
    description: str
    kind: str
    disclosed: date
    ministry: str
    file_name: str
    blocks: tuple[Block, ...]
    topics: tuple[str, ...] = ()
    web_page: str = ""
    category: str = "overige"


@dataclass(frozen=True, slots=True)
class RvoPage:
    """A page of www.rvo.nl; the paper's id is its path. `api` names the open-data list it stands in ("" for none)."""

    title: str
    intro: str
    blocks: tuple[Block, ...]
    created: date
    status: str = ""
    checked: date | None = None
    principal: str = ""
    api: str = ""
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RvoFile:
    """A PDF on www.rvo.nl; the paper's id is its path."""

    title: str
    blocks: tuple[Block, ...]


Content = Official | WebPage | OpenDocument | RvoPage | RvoFile


@dataclass(frozen=True, slots=True)
class Version:
    """What a paper says from `visible_from` on; `content` None means that it was taken away."""

    visible_from: datetime
    content: Content | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper at one site, with its versions in order of time."""

    id: str
    versions: tuple[Version, ...]

    def __post_init__(self) -> None:
        times = [version.visible_from for version in self.versions]
        if not times or times != sorted(times) or any(t.tzinfo is None for t in times):
            raise ValueError(f"{self.id}: versions need aware times in order")

    @property
    def first_seen(self) -> datetime:
        """When the first version began to show."""
        return self.versions[0].visible_from

    def at(self, moment: datetime) -> Version | None:
        """The version that shows at this moment, or None before the first and after a removal."""
        shown = [version for version in self.versions if version.visible_from <= moment]
        return shown[-1] if shown and shown[-1].content is not None else None
