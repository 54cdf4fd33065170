"""A topic pack as values: the vocabulary of one topic and how much each word weighs. Points are integer hundredths throughout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.assessments import Level
from domain.documents import Field
from domain.volume import Budget

# Places in a paper that have a weight of their own beside the fields of a document.
CHANGED = "changed"  # the changed part of a paper that is not new
ATTACHMENT_TITLE = "attachment_title"
URL = "url"  # the words of an address
SLOTS = frozenset((*(f.value for f in Field), CHANGED, ATTACHMENT_TITLE, URL))

# Hundredths, per place: a title says what a paper is about, a footnote what it leans on, a menu nothing.
FIELD_WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        Field.TITLE.value: 400,
        Field.SUBJECT.value: 400,
        Field.DICTUM.value: 400,
        CHANGED: 400,
        Field.QUESTION.value: 300,
        Field.SUMMARY.value: 250,
        Field.LEAD.value: 200,
        ATTACHMENT_TITLE: 200,
        Field.BODY.value: 100,
        Field.ATTACHMENT.value: 80,
        URL: 50,
        Field.AGENDA.value: 50,
        Field.FOOTNOTE.value: 30,
        Field.BOILERPLATE.value: 0,
    }
)


class Case(StrEnum):
    """Whether capitals matter for a term: UPPER counts only where the text writes it in capitals throughout ("MIT")."""

    ANY = "any"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class Tier:
    """A class of concepts with the same weight.

    `core` terms lift by themselves (rules core_in_title, core_floor). `never_alone` concepts count only beside one that may stand
    alone. `flat` concepts count once a paper, by their best place, never more than their points. `most` caps what the whole tier
    adds (0: no cap).
    """

    name: str
    points: int
    core: bool = False
    never_alone: bool = False
    flat: bool = False
    most: int = 0


TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        tier.name: tier
        for tier in (
            Tier("core", 1000, core=True),
            Tier("strong", 600),
            Tier("instrument", 500),
            Tier("context", 200, never_alone=True),
            Tier("organisation", 300, never_alone=True),
            Tier("must_read", 4000, flat=True),  # the small form
            Tier("relevant", 1500, flat=True, most=3900),
            Tier("never_alone", 200, never_alone=True),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """One spelling to look for. `text` in the notation of `domain.term_notation`; `reason` says why it belongs to the concept;
    `needs` names contexts of which one must stand near (empty: those of its concept). `since` and `until` bound the papers in
    which a name means this (None: always)."""

    id: str
    text: str
    reason: str
    case: Case = Case.ANY
    needs: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def in_use(self, dated: date | None) -> bool:
        """True when a paper of this date can mean this by the term; a paper without a date always can."""
        return dated is None or ((self.since is None or dated >= self.since) and (self.until is None or dated <= self.until))


@dataclass(frozen=True, slots=True)
class Name:
    """One name that a thing bore, from and until a day (None: not bounded on that side)."""

    text: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """One thing under the names that it bore in time: a term that is one of them stands for all."""

    id: str
    names: tuple[Name, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing under all its names. Counted once per place of a paper.

    `needs` names the contexts of which one must stand near ((): none). `alone_in` names places where a never-alone concept may
    stand alone. `not_before` is the first year in which its name means this (0: always).
    """

    id: str
    tier: Tier
    points: int
    terms: tuple[Term, ...]
    reason: str
    needs: tuple[str, ...] = ()
    alone_in: frozenset[str] = frozenset()
    not_before: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """Words of which one must stand within `within` words of a term, or in the title, for the term to count."""

    name: str
    words: tuple[str, ...]
    within: int
    reason: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A sign that a term means something else here. It demotes to `action` (HELD or MENTION), never deletes.

    It covers a hit when one of `words` stands in the same passage or in the title (`only_title`: only there), and none of
    `unless` does. `covers` names the concepts or tiers it applies to (empty: every concept).
    """

    id: str
    words: tuple[str, ...]
    reason: str
    action: Level
    unless: tuple[str, ...] = ()
    covers: frozenset[str] = frozenset()
    only_title: bool = False

    def applies_to(self, concept: Concept) -> bool:
        """True when hits of this concept can be covered; without `covers` every concept can."""
        return not self.covers or bool(self.covers & {concept.id, concept.tier.name})


@dataclass(frozen=True, slots=True)
class SchemeWatch:
    """A subsidy scheme whose every changed fact is news, whatever the words. `acts` are ids of the acts that it rests on."""

    id: str
    name: str
    reason: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DossierPrior:
    """Points for belonging to a dossier; `id` may hold `*` ("36*-XIII"). `only_with` names tiers of which one must have hit."""

    id: str
    points: int
    reason: str
    only_with: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Levels:
    """The lowest score (hundredths) of each level; below `mention` is held."""

    must_read: int = 4000
    relevant: int = 1500
    mention: int = 500

    def of(self, score: int) -> Level:
        """The level of a score."""
        for level, least in ((Level.MUST_READ, self.must_read), (Level.RELEVANT, self.relevant), (Level.MENTION, self.mention)):
            if score >= least:
                return level
        return Level.HELD

    def least(self, level: Level) -> int:
        """The lowest score of a level; 0 for held."""
        return {Level.MUST_READ: self.must_read, Level.RELEVANT: self.relevant, Level.MENTION: self.mention}.get(level, 0)


@dataclass(frozen=True, slots=True)
class TopicPack:
    """Everything that one topic knows. `publishers` are offices whose papers with a core term stay at least a mention."""

    topic: str
    title: str = ""
    version: str = ""
    concepts: tuple[Concept, ...] = ()
    contexts: Mapping[str, Context] = field(default_factory=dict)
    negatives: tuple[Negative, ...] = ()
    schemes: tuple[SchemeWatch, ...] = ()
    dossiers: tuple[DossierPrior, ...] = ()
    publishers: tuple[str, ...] = ()
    weights: Mapping[str, int] = field(default_factory=lambda: FIELD_WEIGHTS)
    levels: Levels = Levels()
    budget: Budget = field(default_factory=Budget)

    def named(self, topic: str) -> TopicPack:
        """This pack under the name that the configuration gives it."""
        return replace(self, topic=topic)

    def terms(self) -> tuple[Term, ...]:
        """Every term of every concept, in the order of the pack."""
        return tuple(term for concept in self.concepts for term in concept.terms)


class Same:
    """A pack as the key of a cache: by identity, because packs hold mappings and have no hash. The key keeps its pack alive, so
    that no other can come to stand in its place."""

    __slots__ = ("pack",)

    def __init__(self, pack: TopicPack) -> None:
        self.pack = pack

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.pack is other.pack

    def __hash__(self) -> int:
        return id(self.pack)
