"""Where the words of a topic stand in a paper, and which of those places count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from domain.documents import Field
from domain.expression_hits import Place, standing
from domain.matching import Found, Matcher, Sought, longest
from domain.sections import FRAME, Section
from domain.sentences import spans
from domain.term_expressions import is_expression, leaves, read_expression
from domain.topic_pack import URL, Concept, Negative, Term, TopicPack

OWN_NAME = "own_name"
_LONGEST_QUOTE = 1500  # characters
_LONGEST_PHRASE = 12  # words; no context is longer
_OPENING_SLOTS = frozenset((Field.LEAD.value, Field.SUMMARY.value))


class Role(StrEnum):
    """What a term is looked for as."""

    TERM = "term"
    CONTEXT = "context"
    NEGATIVE = "negative"
    UNLESS = "unless"
    OWN = "own"
    LEAF = "leaf"  # a word of a joined term


_AROUND = frozenset((Role.CONTEXT, Role.NEGATIVE, Role.UNLESS))


class Key(NamedTuple):
    """Which term of which pack: the pack's index (-1 for the own name), and the indices or names within it."""

    pack: int
    role: Role
    name: str = ""
    concept: int = 0
    term: int = 0
    leaf: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a concept's term stands. `at` counts words from the beginning of the paper, `start` and `end` characters of
    its section. What it says is cut out when it is asked for: of a hundred thousand hits a dozen are quoted."""

    concept: Concept
    term: Term
    slot: str
    section: int
    at: int
    start: int
    end: int
    scan: Scan = field(repr=False, compare=False)

    @property
    def words(self) -> str:
        """The words as they stand there."""
        return self.scan.sections[self.section].text[self.start : self.end]

    @property
    def sentence(self) -> str:
        """The sentence around it."""
        return self.scan.sentence(self.section, self.start)


@dataclass(frozen=True, slots=True)
class Scan:
    """One paper, searched for everything at once.

    `found` holds the places of terms by pack (-1: the own name) and then by section. `around` holds the contexts, negatives and
    excuses that stand in a section, by pack and section; `contexts` where the words of a context stand in it, as (first, last)
    word in order, by pack, section and name. `begins` is where the words of a section begin in the count of the paper, `length`
    how many words it has. `framing` are the sections that say what the paper is about, `openings` those that hold its opening.
    """

    sections: tuple[Section, ...]
    found: Mapping[int, Mapping[int, Sequence[Found[Key]]]]
    around: Mapping[tuple[int, int], frozenset[tuple[Role, str]]]
    contexts: Mapping[tuple[int, int, str], Sequence[tuple[int, int]]]
    begins: tuple[int, ...]
    length: int
    framing: frozenset[int]
    openings: frozenset[int]
    _spans: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, pack: int, section: int) -> Sequence[Found[Key]]:
        """The places of one pack in one section, in order."""
        return self.found.get(pack, {}).get(section, ())

    def named(self, pack: int, section: int) -> frozenset[tuple[Role, str]]:
        """Which contexts, negatives and excuses of a pack stand in a section."""
        return self.around.get((pack, section), frozenset())

    def sentence(self, section: int, offset: int) -> str:
        """The exact sentence around a place; of one that is too long to be a sentence, the words around the place."""
        text = self.sections[section].text
        if section not in self._spans:
            self._spans[section] = spans(text)
        known = self._spans[section]
        at = bisect_right(known, (offset, len(text))) - 1
        start, end = known[at] if at >= 0 and offset < known[at][1] else (0, len(text))
        if end - start > _LONGEST_QUOTE:
            start = text.find(" ", max(start, offset - _LONGEST_QUOTE // 2), offset) + 1 or max(
                start, offset - _LONGEST_QUOTE // 2
            )
            end = text.rfind(" ", offset, min(end, offset + _LONGEST_QUOTE // 2))
            end = end if end > start else offset + _LONGEST_QUOTE // 2
        return text[start:end].strip()


def sought(packs: Sequence[TopicPack], own_names: Sequence[str]) -> Iterable[Sought[Key]]:
    """Everything to look for: the terms, contexts and negatives of all packs, and the own names."""
    for name in own_names:
        yield Sought(Key(-1, Role.OWN), name)
    for index, pack in enumerate(packs):
        for number, concept in enumerate(pack.concepts):
            for place, term in enumerate(concept.terms):
                yield from _sought_of(Key(index, Role.TERM, concept.id, number, place), term)
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
    around: dict[tuple[int, int], set[tuple[Role, str]]] = {}
    contexts: dict[tuple[int, int, str], list[tuple[int, int]]] = {}
    begins: list[int] = []
    count = 0
    for number, piece in enumerate(pieces):
        searched = matcher.search(piece.text)
        begins.append(count)
        count += searched.words
        for spot in searched.spots():
            pack, role, name = spot.key.pack, spot.key.role, spot.key.name
            if role not in _AROUND:
                place = Found(spot.key, spot.first, spot.last, *searched.span(spot))
                found.setdefault(pack, {}).setdefault(number, []).append(place)
                continue
            around.setdefault((pack, number), set()).add((role, name))
            if role is Role.CONTEXT:
                contexts.setdefault((pack, number, name), []).append((spot.first, spot.last))
    return Scan(
        sections=tuple(pieces),
        found=found,
        around={key: frozenset(names) for key, names in around.items()},
        contexts={key: sorted(places) for key, places in contexts.items()},
        begins=tuple(begins),
        length=count,
        framing=frozenset(number for number, piece in enumerate(pieces) if piece.framing),
        openings=frozenset(at for at, piece in enumerate(pieces) if piece.opening or piece.slot in _OPENING_SLOTS),
    )


def _sought_of(key: Key, term: Term) -> Iterable[Sought[Key]]:
    """What to look for to find a term: itself, or every word of a joined one."""
    if not is_expression(term.text):
        yield Sought(key, term.text, term.case)
        return
    for leaf in leaves(read_expression(term.text)):
        yield Sought(key._replace(role=Role.LEAF, leaf=leaf.number), leaf.text, term.case, leaf.literal)


def hits(pack: TopicPack, index: int, scanned: Scan) -> tuple[Hit, ...]:
    """Every place of every concept of a pack, each place once a concept; frames give context only and are left out."""
    by_section: dict[int, dict[int, list[Found[Key]]]] = {}
    joined: dict[tuple[int, int], dict[int, list[Place]]] = {}
    for number, places in scanned.found.get(index, {}).items():
        for one in places:
            if one.key.role is Role.TERM and scanned.sections[number].slot != FRAME:
                by_section.setdefault(number, {}).setdefault(one.key.concept, []).append(one)
            elif one.key.role is Role.LEAF:
                found = joined.setdefault((one.key.concept, one.key.term), {})
                found.setdefault(one.key.leaf, []).append(Place(number, one.first, one.last, one.start, one.end))
    for (concept, term), words in joined.items():
        for number, place in _of_joined(pack, index, scanned, concept, term, words):
            by_section.setdefault(number, {}).setdefault(concept, []).append(place)
    return tuple(hit for number in sorted(by_section) for hit in _hits_of(pack, scanned, number, by_section[number]))


def _of_joined(
    pack: TopicPack, index: int, scanned: Scan, concept: int, term: int, words: Mapping[int, Sequence[Place]]
) -> Iterable[tuple[int, Found[Key]]]:
    """The places that make a joined term true, outside frames."""
    key = Key(index, Role.TERM, pack.concepts[concept].id, concept, term)
    expression = read_expression(pack.concepts[concept].terms[term].text)
    for place in standing(expression, words, lambda one: scanned.sections[one.section].slot_at(one.start)):
        if scanned.sections[place.section].slot != FRAME:
            yield place.section, Found(key, place.first, place.last, place.start, place.end)


def _hits_of(pack: TopicPack, scanned: Scan, number: int, by_concept: Mapping[int, Sequence[Found[Key]]]) -> Iterable[Hit]:
    """The hits of one section."""
    own = {word for one in scanned.at(-1, number) for word in range(one.first, one.last + 1)}
    for place, found in by_concept.items():
        concept = pack.concepts[place]
        for one in longest(found):
            if one.first in own and one.last in own:
                continue  # the own name is weighed by its own rule
            yield _hit(scanned, number, one, concept, concept.terms[one.key.term])


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
    return any(_near(scanned.contexts.get((index, hit.section, name), ()), at, pack.contexts[name].within) for name in needs)


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
        start=one.start,
        end=one.end,
        scan=scanned,
    )


def _near(places: Sequence[tuple[int, int]], at: int, within: int) -> bool:
    """True when one of these places is at most so many words from a word, and is not that word itself, so that no term is its own
    context."""
    for number in range(bisect_left(places, (at - within - _LONGEST_PHRASE, 0)), len(places)):
        first, last = places[number]
        if first > at + within:
            return False
        if not first <= at <= last and min(abs(first - at), abs(last - at)) <= within:
            return True
    return False
