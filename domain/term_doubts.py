"""Terms and words of a pack that mislead whoever tunes, each with the reason: what `check` and `topics audit` point out.

A word that another one always comes before looks like a choice and is none; words that two concepts share count twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.matching import Matcher, Sought
from domain.relevance import term_counts
from domain.term_expressions import (
    Both,
    Either,
    Expression,
    Near,
    Within,
    Without,
    Words,
    is_expression,
    leaves,
    read_expression,
)
from domain.term_notation import spellings
from domain.text import repair
from domain.topic_pack import Case, Concept, Term, TopicPack
from domain.word_forms import stem

_LONGER = "zaterdag"  # makes a longer compound of an open term, one that no pack names


class Sort(StrEnum):
    """NEVER: the term cannot count. REDUNDANT: the word counts only where another one of its list does. SHARED: two concepts have
    the words under the same conditions; taking them out of either changes scores, so that a person decides where they belong."""

    NEVER = "never"
    REDUNDANT = "redundant"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A term or word to look at: `block` is the key of the pack under which it stands, `owner` the id or name of the concept,
    context or negative; `id` is that of a term, "" for a word."""

    sort: Sort
    block: str
    owner: str
    text: str
    why: str
    id: str = ""

    @property
    def can_go(self) -> bool:
        """True when no judgement changes without it."""
        return self.sort is not Sort.SHARED


def doubts(pack: TopicPack) -> Iterator[Doubt]:
    """Everything in a pack that changes nothing, and words that two concepts share, in the order of the pack."""
    may_stand = any(not concept.tier.never_alone or concept.alone_in for concept in pack.concepts)
    known: dict[object, Concept] = {}
    for concept in pack.concepts:
        for term in concept.terms:
            if why := _dead(pack, concept, term, may_stand):
                yield Doubt(Sort.NEVER, "concepts", concept.id, term.text, why, term.id)
                continue
            first = known.setdefault((_same(term), _conditions(pack, concept, term)), concept)
            if first is not concept:
                why = f"the concept {first.id} has these words too: they count twice"
                yield Doubt(Sort.SHARED, "concepts", concept.id, term.text, why, term.id)
    for context in pack.contexts.values():
        yield from _covered("contexts", context.name, context.words, exactly=True)
    for negative in pack.negatives:
        yield from _covered("negatives", negative.id, negative.words)
        yield from _covered("negatives", negative.id, negative.unless)


def _same(term: Term) -> object:
    """Equal for terms that stand in the same places, whatever their inflection."""
    if is_expression(term.text):
        return term.text.casefold()
    said = frozenset((tuple(map(stem, spelling.words)), spelling.open) for spelling in spellings(term.text))
    return said, term.case, term.since, term.until


def _conditions(pack: TopicPack, concept: Concept, term: Term) -> object:
    """What has to hold for a term to count. Words of two concepts under other conditions are a choice: near something they count
    more, in a title they stand alone, in another year they mean another thing. A negative of the concept itself is a condition;
    one of its tier is no more of a choice than the tier is."""
    negatives = frozenset(negative.id for negative in pack.negatives if concept.id in negative.covers)
    return frozenset(term.needs or concept.needs), concept.alone_in, concept.not_before, negatives


def _covered(block: str, owner: str, words: Sequence[str], *, exactly: bool = False) -> Iterator[Doubt]:
    """The words of a list that stand only where another one of it does, because one of its words is as good as another.

    `exactly` asks for the same place: of a context it matters how near it stands.
    """
    left = dict(enumerate(words))
    matcher = Matcher(Sought(number, word) for number, word in left.items())
    for number, word in reversed(tuple(left.items())):  # of two that are the same the first one stays
        found = []
        for sample in _samples(word):
            places = matcher.find(sample)
            own = {(one.first, one.last) for one in places if one.key == number}
            beside = {one.key for one in places if not exactly or (one.first, one.last) in own}
            found.append(beside & left.keys() - {number})
        if all(found):
            del left[number]
            others = sorted({words[other] for one in found for other in one})
            yield Doubt(
                Sort.REDUNDANT, block, owner, word, f"{', '.join(map(repr, others))} of the same list stands wherever it does"
            )


def _dead(pack: TopicPack, concept: Concept, term: Term, company: bool) -> str:
    if not company:
        return "it counts only beside a term that may stand alone, and this pack has none"
    if not concept.points and not concept.tier.core:
        return f"its concept {concept.id} is worth no points"
    if is_expression(term.text):
        against = contradiction(read_expression(term.text))
        return f"it asks for {against!r} and forbids it" if against else ""
    samples = _samples(term.text, term.case)
    own = {one.id for one in concept.terms}
    others: set[str] = set()
    for sample in samples:
        counts = term_counts(sample, pack)
        if term.id in counts:
            return ""
        others |= own & counts.keys()
    if others:
        return f"{', '.join(one.text for one in concept.terms if one.id in others)} of the same concept always comes first"
    if term.case is Case.UPPER and not any(sample.isupper() for sample in samples):
        return "it asks for capitals and has no letters"
    return "no text matches it once it has been repaired; write it as it is printed, without signs"


def contradiction(expression: Expression) -> str:
    """A word that an expression both needs and forbids; "" when it can be true."""
    match expression:
        case Words():
            return ""
        case Within(_, what):
            return contradiction(what)
        case Either(left, right):
            one, other = contradiction(left), contradiction(right)
            return one and other and one
        case Without(left, right):
            forbidden = {leaf.text.casefold() for leaf in leaves(right)} if not isinstance(right, Both | Near) else set()
            return next((word for word in _needed(left) if word in forbidden), "") or contradiction(left)
        case Near(left, right, _) | Both(left, right):
            return contradiction(left) or contradiction(right)


def _needed(expression: Expression) -> tuple[str, ...]:
    """The words without which an expression cannot be true."""
    match expression:
        case Words(text, _, _):
            return (text.casefold(),)
        case Within(_, what):
            return _needed(what)
        case Either(left, right):
            return tuple(word for word in _needed(left) if word in _needed(right))
        case Without(left, _):
            return _needed(left)
        case Near(left, right, _) | Both(left, right):
            return (*_needed(left), *_needed(right))


def _samples(text: str, case: Case = Case.ANY) -> list[str]:
    """Texts in which a term stands, after repair: one a spelling, and a longer compound where it is open."""
    found = []
    for spelling in spellings(text):
        plain = " ".join(spelling.words)
        found += [plain, f"{plain}{_LONGER}"] if spelling.open else [plain]
    if "-" in text:
        found.append(text.rstrip("*"))
    return [repair(one.upper() if case is Case.UPPER else one) for one in dict.fromkeys(found)]
