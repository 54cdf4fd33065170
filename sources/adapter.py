"""The contract between a publisher's site and the rest of the house.

An adapter knows addresses and shapes. It asks nothing itself: it says which addresses to ask (`routes`, `parts`) and turns
answers into values (`Route.read`, `read`). It reads no clock, network, database or log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.documents import Document
from domain.identifier_shapes import IdShape
from domain.listings import Answer, Ask, Listing, Part, Scope, Window


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a host may be asked: one request per `seconds`, kept across processes."""

    host: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A page that was read: what it says, and one-line remarks about what the reader did not expect."""

    document: Document
    surprises: tuple[str, ...] = ()


class Route(Protocol):
    """One way to learn what exists at a source."""

    @property
    def name(self) -> str:
        """Short and stable; stored with "complete until" and shown to operators."""
        ...

    @property
    def windowed(self) -> bool:
        """True when the route can be asked about any past window, so that downtime can be made up."""
        ...

    @property
    def reach_hours(self) -> float:
        """For a route without windows: how many hours back its answer reliably goes (0: everything that exists is listed)."""
        ...

    @property
    def overlap_hours(self) -> float:
        """How many hours before "complete until" a visit should ask again, because papers surface with an older date."""
        ...

    def asks(self, window: Window) -> Sequence[Ask]:
        """The questions that together cover the window; a route without windows gives its fixed addresses."""
        ...

    def read(self, ask: Ask, answer: Answer) -> Listing:
        """The answer as a listing. Raises ReadingError when it is not what this route gives (HTML, login page, broken feed)."""
        ...


class Adapter(Protocol):
    """One publisher's site."""

    @property
    def name(self) -> str:
        """The source's name as it stands in sources.yaml."""
        ...

    @property
    def title(self) -> str:
        """The publisher's name as readers know it ("rvo.nl")."""
        ...

    @property
    def parser(self) -> int:
        """Grows with every change of what a reader makes of the same bytes; stored with each version."""
        ...

    @property
    def rates(self) -> Sequence[Rate]:
        """Every host this adapter may ask, with its rate: no other host is ever fetched for it."""
        ...

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of papers among which `kinds:` of sources.yaml chooses; () when there is no such choice."""
        ...

    @property
    def takes_paths(self) -> bool:
        """True when `paths:` of sources.yaml chooses parts of the site."""
        ...

    @property
    def id_shapes(self) -> Sequence[IdShape]:
        """The shapes of the ids that this source brings; () when the domain's grammar knows them, or addresses are ids enough."""
        ...

    def routes(self, scope: Scope) -> Sequence[Route]:
        """The routes to ask on a visit, cheapest first."""
        ...

    def resource_url(self, url: str) -> str | None:
        """The fixed shape of an address that this adapter follows (old and stacked shapes included), or None if not its own."""
        ...

    def url_for(self, identifier: str) -> str | None:
        """The address of a canonical id (`kst-…`, `ro:…`, `rvo:…`), or None when the id is not this source's."""
        ...

    def parts(self, url: str) -> Sequence[Part]:
        """What to fetch in order to read the paper at `url`, in order. Never empty."""
        ...

    def read(self, url: str, answers: Mapping[str, Answer], scope: Scope) -> Reading:
        """The paper, from the answers by role; roles that are not required may be absent.

        Raises ReadingError when the page is no evidence (soft 404, login wall, changed markup, truncated, empty).
        """
        ...

    def always_recheck(self, url: str, scope: Scope) -> bool:
        """True for addresses that are asked again (conditionally) on every visit because a listing may lie about them."""
        ...
