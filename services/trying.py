"""topics try: what one more term would bring, before anybody has to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.assessments import Level
from domain.calendar import local, workdays_between
from domain.errors import UsageError
from domain.relevance import Judge
from domain.topics import PackError, TopicPack, parse_pack
from domain.word_forms import read, stem, tails
from services.muted import in_force
from services.muting import known_topic
from services.past import DAYS, Compared, Moved, Window, last_days, moved, papers
from services.radar import Radar
from services.replay import judge_with, judged_by
from storage.unit_of_work import Unit

RELEVANT_A_DAY = 3
MUST_READ_A_WEEK = 2
"""What readers bear: more than this and they stop reading (issue "Reading Dutch and judging relevance")."""

WIDE = 20
"""One in this many of all papers: a term that lifts more is about everything, however few papers the archive holds yet."""

LISTS = ("must_read", "relevant", "never_alone")
EXAMPLES = 3
_MARKS = re.compile(r"[\[\]|*]")


@dataclass(frozen=True, slots=True)
class Example:
    """A paper in which the term stands, with the sentence."""

    id: str
    title: str
    level: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a term would bring over the last 90 days: papers in which it stands, and those whose level it moves.

    `a_week` counts papers in which it stands; `a_day` those that it lifts to relevant or higher, per working day that the
    archive covers. `warnings` say what makes it too wide or useless; there are none where no paper was read.
    """

    topic: str
    term: str
    under: str
    since: date
    until: date
    days: int
    judged: int
    found: int
    a_week: float
    a_day: float
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    examples: tuple[Example, ...]
    warnings: tuple[str, ...]


def try_term(radar: Radar, topic: str, term: str, under: str = "relevant") -> Trial:
    """Judge the last 90 days with the term added under one of the three lists of the pack. Writes nothing.

    Raises UsageError for a term that cannot be used or stands in the pack already.
    """
    name = known_topic(radar, topic)
    pack, ids = with_term(radar.settings.topics[name], term, under)
    general = too_general(radar.settings.topics[name], term) if under != "never_alone" else ""
    judge = judge_with(radar, {**radar.settings.topics, name: pack})
    window = last_days(radar)
    trial = _Counting(name, ids)
    with radar.store.read() as unit:
        changes = moved(trial.count(radar, unit, judge, window))
    gained = tuple(one for one in changes if one.gained)
    workdays = max(1, workdays_between(local(trial.first or window.end).date(), window.until))
    lifted = sum(1 for one in gained if one.after.rank <= Level.RELEVANT.rank < one.before.rank)
    urgent = sum(1 for one in gained if one.after is Level.MUST_READ)
    weeks = max(1.0, workdays / 5)
    return Trial(
        topic=name,
        term=term,
        under=under,
        since=window.since,
        until=window.until,
        days=DAYS,
        judged=len(trial.papers),
        found=len(trial.hits),
        a_week=round(len(trial.hits) / weeks, 1),
        a_day=round(lifted / workdays, 1),
        gained=gained,
        lost=tuple(one for one in changes if not one.gained),
        examples=trial.examples(gained),
        warnings=tuple(_warnings(term, lifted, urgent, len(gained), len(trial.papers), len(trial.hits), workdays, general)),
    )


def with_term(pack: TopicPack, term: str, under: str) -> tuple[TopicPack, frozenset[str]]:
    """The pack as if an extending one had this term in a list of its own, and the ids of the added terms."""
    if under not in LISTS:
        raise UsageError(f"--as {under} is no list of a pack; it is one of {', '.join(LISTS)}")
    try:
        added = parse_pack({"topic": pack.topic, under: [term]}).concepts
    except PackError as error:
        fault = error.faults[0]
        raise UsageError(f"{fault.what}: {fault.hint}") from error
    for concept in pack.concepts:
        for known in concept.terms:
            if known.text.casefold() == term.casefold() or known.id in {t.id for one in added for t in one.terms}:
                raise UsageError(f"{term!r} stands in this pack already, as {known.text!r} of {concept.id}")
    return replace(pack, concepts=(*added, *pack.concepts)), frozenset(t.id for one in added for t in one.terms)


class _Counting:
    """What is counted while the papers pass by; only papers in which the term stands are judged a second time, without it."""

    def __init__(self, topic: str, terms: frozenset[str]) -> None:
        self.topic, self.terms = topic, terms
        self.papers: set[int] = set()
        self.hits: dict[int, Example] = {}
        self.first: datetime | None = None

    def count(self, radar: Radar, unit: Unit, judge: Judge, window: Window) -> Iterator[Compared]:
        """The papers in which the term stands, as the packs in force judge them and as this judge does."""
        mutes = in_force(unit, radar.clock.now())
        for paper in papers(unit, radar, window):
            self.papers.add(paper.event.publication_id)
            self.first = min(self.first or paper.day, paper.day)
            after = judged_by(radar, judge, mutes, paper)
            judged = next(one for one in after if one.topic == self.topic)
            reason = next((one for one in judged.reasons if one.term in self.terms), None)
            if reason is not None:
                document = paper.document
                example = Example(document.id, document.title, judged.level.value, reason.sentence)
                self.hits.setdefault(paper.event.publication_id, example)
                yield paper, judged_by(radar, radar.judge, mutes, paper), after

    def examples(self, gained: tuple[Moved, ...]) -> tuple[Example, ...]:
        """Three papers with their sentences: those that it lifts before those that were found already."""
        lifted = {one.id for one in gained}
        ordered = sorted(self.hits.values(), key=lambda one: (one.id not in lifted, one.id))
        return tuple(ordered[:EXAMPLES])


def too_general(pack: TopicPack, term: str) -> str:
    """What of the pack shows that a word alone is too wide: it is only a part of a longer term, or only gives context; "" when
    nothing does. An archive of a few days cannot show it: there the word may stand in none but good papers."""
    words = [word.form for word in read(term.rstrip("*")).words]
    if len(words) != 1:
        return ""
    for concept in pack.concepts:
        for known in concept.terms:
            parts = [word.form for word in read(_MARKS.sub(" ", known.text)).words]
            if list(map(stem, words)) == list(map(stem, parts)):
                continue
            if stem(words[0]) in {stem(piece) for part in parts for piece in (part, *tails(part))}:
                return f"the pack has it only inside {known.text!r}, where other words say which is meant"
    for context in pack.contexts.values():
        if words[0] in {word.form for said in context.words for word in read(said.rstrip("*")).words}:
            return f"the pack has it only as a word around the subject ({context.name})"
    return ""


def _warnings(
    term: str, lifted: int, urgent: int, gained: int, papers: int, hits: int, workdays: int, general: str
) -> Iterator[str]:
    a_day = lifted / workdays
    if not papers:
        return
    if general and a_day <= RELEVANT_A_DAY:
        yield f"{term!r} would bring {round(a_day, 1):g} a day here (in {hits} of {papers} papers), narrow it: {general}"
    elif not hits:
        yield f"{term!r} stands in none of the {papers} papers of the last {DAYS} days"
    elif a_day > RELEVANT_A_DAY:
        yield f"{term!r} would bring {a_day:.0f} a day, narrow it: readers bear {RELEVANT_A_DAY} relevant papers a day"
    elif urgent / workdays * 5 > MUST_READ_A_WEEK:
        yield f"{term!r} would bring {urgent / workdays * 5:.0f} must-read papers a week, narrow it: {MUST_READ_A_WEEK} are borne"
    elif gained * WIDE > papers:
        yield f"{term!r} would lift {gained} of {papers} papers ({a_day:.1f} a day), narrow it: it is about anything"
