"""Scoring our own judgement on labelled examples. Pure: rows in, figures out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.assessments import Assessment, Level
from domain.documents import Document, Field, Kind, Passage
from domain.events import EventKind
from domain.relevance import Judge, term_counts
from domain.text import repair
from domain.topic_pack import TopicPack

_KINDS: Mapping[str, Kind] = {
    "kamerbrief": Kind.LETTER,
    "kamervraag": Kind.QUESTION,
    "antwoord": Kind.ANSWER,
    "motie": Kind.MOTION,
    "verslag": Kind.DEBATE,
    "rapport": Kind.REPORT,
    "regeling": Kind.REGULATION,
    "nieuws": Kind.NEWS,
}
# A Kamerstuk opens with its dossiers: "32 637 / 33 009 Nr. 574", "36 800 XIII-15".
_NUMBER = re.compile(r"(\d\d) ?(\d{3})(?:[ -]([IVXL]{1,6}|[A-Z])\b)?")
_OPENING = re.compile(r"(?:[^\d.]{0,40}?\d\d ?\d{3}(?:[ -](?:[IVXL]{1,6}|[A-Z])\b)?[\s/,en]*)+(?=-?\d|[^.]{0,40}?(?:Nr|nr)\b)")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What we made of one row; `label` is what the labeller made of it, `counted` whether it belongs to the figures."""

    id: str
    label: str
    assessment: Assessment
    counted: bool

    def because(self) -> str:
        """Why the row got its level, in a line: what counted, or why nothing did."""
        found = self.assessment
        weighed = [
            f"{reason.words or reason.term} ({reason.rule}, {reason.weight / 100:g})" for reason in found.reasons if reason.weight
        ]
        seen = [f"{reason.words or reason.term} ({reason.rule})" for reason in found.reasons if not reason.weight and reason.term]
        said = "; ".join((*weighed, *seen)) or "no general term of the topic stands in its title or excerpt"
        return f"{found.level.value}, {found.score / 100:g} points: {said}"


@dataclass(frozen=True, slots=True)
class RelevanceScore:
    """Figures over the rows that count: official papers labelled relevant or irrelevant; borderline rows are left out."""

    predictions: tuple[Prediction, ...]

    def _at(self, level: Level, label: str) -> int:
        return sum(one.counted and one.label == label and one.assessment.level.rank <= level.rank for one in self.predictions)

    def counts(self) -> dict[str, int]:
        """How many counted rows carry each label."""
        return {
            label: sum(one.counted and one.label == label for one in self.predictions) for label in ("relevant", "irrelevant")
        }

    def recall(self, level: Level = Level.RELEVANT) -> float:
        """The share of relevant rows at this level or above; 1.0 when there are none."""
        total = self.counts()["relevant"]
        return self._at(level, "relevant") / total if total else 1.0

    def precision(self, level: Level = Level.RELEVANT) -> float:
        """The share of rows at this level or above that are relevant; 1.0 when there are none."""
        right, wrong = self._at(level, "relevant"), self._at(level, "irrelevant")
        return right / (right + wrong) if right + wrong else 1.0

    def misses(self, level: Level = Level.RELEVANT) -> tuple[str, ...]:
        """The ids of relevant rows below this level."""
        return self._ids("relevant", lambda rank: rank > level.rank)

    def false_alarms(self, level: Level = Level.RELEVANT) -> tuple[str, ...]:
        """The ids of irrelevant rows at this level or above."""
        return self._ids("irrelevant", lambda rank: rank <= level.rank)

    def _ids(self, label: str, wanted: Callable[[int], bool]) -> tuple[str, ...]:
        return tuple(
            one.id for one in self.predictions if one.counted and one.label == label and wanted(one.assessment.level.rank)
        )

    def to_json(self) -> dict[str, Any]:
        """The figures by level, rounded to four decimals, with the rows that went wrong."""
        levels = (Level.MUST_READ, Level.RELEVANT, Level.MENTION)
        return {
            "counts": self.counts(),
            "recall": {level.value: round(self.recall(level), 4) for level in levels},
            "precision": {level.value: round(self.precision(level), 4) for level in levels},
            "misses": list(self.misses()),
            "false_alarms": list(self.false_alarms()),
        }


def read_row(row: Mapping[str, Any]) -> Document:
    """A labelled row as a document. Only title, excerpt (as body), kind, source and date are used; the dossiers are read from the
    opening of the excerpt, as they stand at the head of the paper."""
    excerpt = repair(str(row.get("excerpt", "")))
    source = str(row.get("source", ""))
    return Document(
        id=str(row["id"]),
        url="",
        kind=_KINDS.get(str(row.get("kind", "")), Kind.OTHER),
        title=repair(str(row.get("title", ""))),
        passages=(Passage(Field.BODY, excerpt),) if excerpt else (),
        raw_kind=str(row.get("kind", "")),
        dated=_date(str(row.get("date", ""))),
        authors=("RVO",) if source == "rvo" else (),
        dossiers=_dossiers(excerpt),
    )


def predict(row: Mapping[str, Any], judge: Judge, topic: str) -> Prediction:
    """What the judge makes of one row, as of a paper that is published now. Raises ValueError when it does not know the topic."""
    assessments = judge.judge(read_row(row), EventKind.PUBLISHED)
    found = next((one for one in assessments if one.topic == topic), None)
    if found is None:
        raise ValueError(f"unknown topic {topic!r}")
    label = str(row.get("label", ""))
    counted = bool(row.get("government_publication")) and label in ("relevant", "irrelevant")
    return Prediction(str(row["id"]), label, found, counted)


def score_relevance(rows: Iterable[Mapping[str, Any]], judge: Judge, topic: str) -> RelevanceScore:
    """Figures for one topic over labelled rows; every row gets a prediction, only official papers count."""
    return RelevanceScore(tuple(predict(row, judge, topic) for row in rows))


@dataclass(frozen=True, slots=True)
class GoldenText:
    """A text in which a vocabulary must keep finding what it found when the text was accepted: term ids with the least count."""

    name: str
    text: str
    least: Mapping[str, int]


def golden_failures(pack: TopicPack, texts: Sequence[GoldenText]) -> tuple[str, ...]:
    """What a changed pack no longer finds, a line per text and term that names both; empty when the change may be accepted."""
    lines = []
    for golden in texts:
        counts = term_counts(golden.text, pack)
        for term, least in golden.least.items():
            if counts.get(term, 0) < least:
                lines.append(f"{golden.name}: {term} is found {counts.get(term, 0)} times, was {least}")
    return tuple(lines)


def _dossiers(excerpt: str) -> tuple[str, ...]:
    opening = _OPENING.match(excerpt)
    found = _NUMBER.findall(opening.group()) if opening else []
    return tuple(f"{a}{b}-{suffix}" if suffix else f"{a}{b}" for a, b, suffix in found)


def _date(value: str) -> date | None:
    """A date of a row: year, month and day as far as given ("2023-07" is the first of that month); None for anything else."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)
    return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)) if parts else None
