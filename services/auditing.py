"""topics audit: terms that can never fire, terms that did not fire, and mutes that ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.calendar import local
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
from services.muted import in_force
from services.past import DAYS, last_days, papers
from services.radar import Radar
from services.replay import judged_by

DEAD, SILENT, ENDED = "never", "silent", "ended"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: `sort` is never (it cannot fire), silent (it did not), or ended (a mute ran out)."""

    topic: str
    sort: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, and over how many papers of how many days."""

    days: int
    judged: int
    findings: tuple[Finding, ...]


def audit(radar: Radar, topic: str = "") -> Audit:
    """Look at every term of every pack (of one topic if named), with the papers of the last 90 days. Writes nothing."""
    topics = {name: pack for name, pack in radar.settings.topics.items() if topic in ("", name)}
    begin, end = last_days(radar)
    fired: set[tuple[str, str]] = set()
    seen: set[int] = set()
    with radar.store.read() as unit:
        mutes = in_force(unit, end)
        for paper in papers(unit, radar, begin, end):
            seen.add(paper.event.publication_id)
            fired |= {(one.topic, r.term) for one in judged_by(radar, radar.judge, mutes, paper) for r in one.reasons}
        gone = [mute for mute in unit.mutes.all() if mute.ended is None and begin <= mute.until <= end and mute.topic in topics]
    findings: list[Finding] = []
    for name, pack in topics.items():
        never = {term.id: why for term, why in dead_terms(pack)}
        findings += [Finding(name, DEAD, _text(pack, term), why) for term, why in never.items()]
        silent = [term for term in pack.terms() if term.id not in never and (name, term.id) not in fired]
        why = f"stands in none of the {len(seen)} papers of the last {DAYS} days"
        findings += [Finding(name, SILENT, term.text, why) for term in silent]
    findings += [
        Finding(mute.topic, ENDED, mute.target, f"muted by {mute.who} until {local(mute.until).date()}: {mute.reason}")
        for mute in gone
    ]
    return Audit(DAYS, len(seen), tuple(findings))


def dead_terms(pack: TopicPack) -> Iterator[tuple[Term, str]]:
    """The terms that no text can make count, each with the reason."""
    may_stand = [concept for concept in pack.concepts if not concept.tier.never_alone or concept.alone_in]
    for concept in pack.concepts:
        for term in concept.terms:
            why = _dead(pack, concept, term, bool(may_stand))
            if why:
                yield term, why


def _dead(pack: TopicPack, concept: Concept, term: Term, company: bool) -> str:
    if not company:
        return "it counts only beside a term that may stand alone, and this pack has none"
    if not concept.points:
        return f"its concept {concept.id} is worth no points"
    if is_expression(term.text):
        against = contradiction(read_expression(term.text))
        return f"it asks for {against!r} and forbids it" if against else ""
    samples = _samples(term)
    others: set[str] = set()
    for sample in samples:
        counts = term_counts(sample, pack)
        if term.id in counts:
            return ""
        others |= {known for known in counts if known in {one.id for one in concept.terms}}
    if others:
        return f"{', '.join(sorted(_text(pack, other) for other in others))} of the same concept always comes first"
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


def _samples(term: Term) -> list[str]:
    """Texts in which the term stands, one per spelling, as they are after repair."""
    found = [" ".join(spelling.words) for spelling in spellings(term.text)]
    if "-" in term.text:
        found.append(term.text.rstrip("*"))
    return [repair(one.upper() if term.case is Case.UPPER else one) for one in dict.fromkeys(found)]


def _text(pack: TopicPack, term_id: str) -> str:
    return next((term.text for term in pack.terms() if term.id == term_id), term_id)
