"""Where the words of a topic stand in a paper, and which of those places count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from domain.documents import Field
from domain.matching import Found, Matcher, Sought, longest
from domain.sections import FRAME, Section
from domain.sentences import spans
from domain.topic_pack import URL, Concept, Negative, Term, TopicPack
from domain.word_forms import read

OWN_NAME = "own_name"
_OPENING_SLOTS = frozenset((Field.LEAD.value, Field.SUMMARY.value))


class Role(StrEnum):
    """What a term is looked for as."""

    TERM = "term"
    CONTEXT = "context"
    NEGATIVE = "negative"
    UNLESS = "unless"
    OWN = "own"


class Key(NamedTuple):
    """Which term of which pack: the pack's index (-1 for the own name), and the indices or names within it."""

    pack: int
    role: Role
    name: str = ""
    concept: int = 0
    term: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a concept's term stands. `at` counts words from the beginning of the paper."""

    concept: Concept
    term: Term
    slot: str
    section: int
    at: int
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One paper, searched for everything at once.

    `found` holds the places by pack (-1: the own name) and then by section; `begins` is where the words of a section begin in the
    count of the paper, `length` how many words it has. `framing` are the sections that say what the paper is about, `openings`
    those that hold its opening.
    """

    sections: tuple[Section, ...]
    found: Mapping[int, Mapping[int, tuple[Found[Key], ...]]]
    begins: tuple[int, ...]
    length: int
    framing: frozenset[int]
    openings: frozenset[int]
    _spans: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    _named: dict[tuple[int, int], frozenset[tuple[Role, str]]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, pack: int, section: int) -> tuple[Found[Key], ...]:
        """The places of one pack in one section, in order."""
        return self.found.get(pack, {}).get(section, ())

    def named(self, pack: int, section: int) -> frozenset[tuple[Role, str]]:
        """Which contexts, negatives and excuses of a pack stand in a section."""
        key = (pack, section)
        if key not in self._named:
            self._named[key] = frozenset((one.key.role, one.key.name) for one in self.at(pack, section))
        return self._named[key]

    def sentence(self, section: int, offset: int) -> str:
        """The exact sentence around a place."""
        text = self.sections[section].text
        if section not in self._spans:
            self._spans[section] = spans(text)
        return next((text[a:b] for a, b in self._spans[section] if a <= offset < b), text.strip())


def sought(packs: Sequence[TopicPack], own_names: Sequence[str]) -> Iterable[Sought[Key]]:
    """Everything to look for: the terms, contexts and negatives of all packs, and the own names."""
    for name in own_names:
        yield Sought(Key(-1, Role.OWN), name)
    for index, pack in enumerate(packs):
        for number, concept in enumerate(pack.concepts):
            for place, term in enumerate(concept.terms):
                yield Sought(Key(index, Role.TERM, concept.id, number, place), term.text, term.case)
        for context in pack.contexts.values():
            for word in context.words:
                yield Sought(Key(index, Role.CONTEXT, context.name), word)
        for negative in pack.negatives:
            for role, words in ((Role.NEGATIVE, negative.words), (Role.UNLESS, negative.unless)):
                for word in words:
                    yield Sought(Key(index, role, negative.id), word)


def scan(matcher: Matcher[Key], pieces: Sequence[Section]) -> Scan:
    """Search the pieces of a paper, each once, for all topics."""
    found: dict[int, dict[int, list[Found[Key]]]] = {}
    begins: list[int] = []
    count = 0
    for number, piece in enumerate(pieces):
        reading = read(piece.text)
        begins.append(count)
        count += len(reading.words)
        for one in matcher.find_in(piece.text, reading):
            found.setdefault(one.key.pack, {}).setdefault(number, []).append(one)
    return Scan(
        sections=tuple(pieces),
        found={pack: {at: tuple(places) for at, places in by.items()} for pack, by in found.items()},
        begins=tuple(begins),
        length=count,
        framing=frozenset(number for number, piece in enumerate(pieces) if piece.framing),
        openings=frozenset(at for at, piece in enumerate(pieces) if piece.opening or piece.slot in _OPENING_SLOTS),
    )


def hits(pack: TopicPack, index: int, scanned: Scan) -> tuple[Hit, ...]:
    """Every place of every concept of a pack, each place once a concept; frames give context only and are left out."""
    out: list[Hit] = []
    for number, places in scanned.found.get(index, {}).items():
        if scanned.sections[number].slot == FRAME:
            continue
        by_concept: dict[int, list[Found[Key]]] = {}
        for one in places:
            if one.key.role is Role.TERM:
                by_concept.setdefault(one.key.concept, []).append(one)
        own = [(one.first, one.last) for one in scanned.at(-1, number)]
        for place, found in by_concept.items():
            concept = pack.concepts[place]
            for one in longest(found):
                if any(first <= one.first and one.last <= last for first, last in own):
                    continue  # the own name is weighed by its own rule
                out.append(_hit(scanned, number, one, concept, concept.terms[one.key.term]))
    return tuple(out)


def own_name_hits(scanned: Scan, concept: Concept) -> tuple[Hit, ...]:
    """Every place of the own name outside addresses, as hits of `concept`."""
    return tuple(
        _hit(scanned, number, one, concept, concept.terms[0])
        for number, places in scanned.found.get(-1, {}).items()
        if scanned.sections[number].slot not in (FRAME, URL)
        for one in longest(places)
    )


def has_context(pack: TopicPack, index: int, scanned: Scan, hit: Hit) -> bool:
    """True when the term needs no context, or a word of one stands near it or in the title (for a title: or in the opening)."""
    needs = hit.term.needs or hit.concept.needs
    if not needs:
        return True
    wanted = {(Role.CONTEXT, name) for name in needs}
    around = scanned.framing | scanned.openings if hit.section in scanned.framing else scanned.framing
    if any(wanted & scanned.named(index, number) for number in around if number != hit.section):
        return True
    at = hit.at - scanned.begins[hit.section]
    return any(
        one.key.role is Role.CONTEXT and one.key.name in needs and 0 < _distance(one, at) <= pack.contexts[one.key.name].within
        for one in scanned.at(index, hit.section)
    )


def covering(pack: TopicPack, index: int, scanned: Scan, hit: Hit) -> Negative | None:
    """The first negative of the pack that covers this hit, or None.

    Its words stand in the hit's section or in a framing piece (with `only_title`: only there), and none of its `unless` words
    stands in those places.
    """
    title = frozenset[tuple[Role, str]]().union(*(scanned.named(index, number) for number in scanned.framing))
    near = title | scanned.named(index, hit.section)
    for negative in pack.negatives:
        places = title if negative.only_title else near
        signs, excuses = (Role.NEGATIVE, negative.id) in places, (Role.UNLESS, negative.id) in places
        if signs and not excuses and negative.applies_to(hit.concept):
            return negative
    return None


def _hit(scanned: Scan, number: int, one: Found[Key], concept: Concept, term: Term) -> Hit:
    section = scanned.sections[number]
    return Hit(
        concept=concept,
        term=term,
        slot=section.slot_at(one.start),
        section=number,
        at=scanned.begins[number] + one.first,
        words=section.text[one.start : one.end],
        sentence=scanned.sentence(number, one.start),
    )


def _distance(one: Found[Key], at: int) -> int:
    """Words between a place and a word; 0 when the word is part of it, so that no term is its own context."""
    return 0 if one.first <= at <= one.last else min(abs(one.first - at), abs(one.last - at))
