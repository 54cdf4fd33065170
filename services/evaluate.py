"""Scoring the product's own code on labelled examples, in the shapes of the evaluation sets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain import evaluation
from domain.assessments import Level, Reason
from domain.citations import extract_ids
from domain.duplicates import clusters
from domain.errors import ConfigurationError, Fault
from domain.positions import original
from domain.relevance import Judge
from domain.topic_pack import TopicPack

Row = Mapping[str, Any]
SHAPES = "docs/evaluation.md shows the three shapes"


@dataclass(frozen=True, slots=True)
class Score:
    """Figures by name, one line per miss, and what the code said of every row."""

    figures: Mapping[str, float | int]
    misses: tuple[str, ...]
    predictions: tuple[Mapping[str, Any], ...]


def rows(file: Path) -> tuple[Row, ...]:
    """The rows of a JSON-lines file. Raises ConfigurationError with the line that is none, and for a file without any."""
    found: list[Row] = []
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise _wrong(file, 0, "cannot be read as text", "write UTF-8, a JSON object a line") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or "id" not in row:
            raise _wrong(file, number, "is not a labelled example", "write a JSON object with an id")
        found.append(row)
    if not found:
        raise _wrong(file, 0, "holds no labelled examples", SHAPES)
    return tuple(found)


def _wrong(file: Path | str, line: int, what: str, hint: str) -> ConfigurationError:
    return ConfigurationError((Fault(str(file), line, what, hint),))


@contextmanager
def _readable() -> Iterator[None]:
    """A row of another shape is a fault of the file, said in a line."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise _wrong("examples", 0, f"a row cannot be read: {what}", SHAPES) from error


def relevance(rows_: Sequence[Row], pack: TopicPack, organisation: str) -> Score:
    """Levels against labels; figures over official papers labelled relevant or irrelevant."""
    with _readable():
        found = evaluation.score_relevance(rows_, Judge((pack,), organisation), pack.topic)
    predictions = tuple(
        {
            "id": one.id,
            "level": one.assessment.level.value,
            "score": one.assessment.score,
            "reasons": _quoted(one.assessment.reasons, str(row.get("excerpt", ""))),
        }
        for row, one in zip(rows_, found.predictions, strict=True)
    )
    figures: dict[str, float | int] = {f"rows labelled {label}": number for label, number in found.counts().items()}
    for level in (Level.MUST_READ, Level.RELEVANT, Level.MENTION):
        figures[f"recall at {level.value} or higher"] = found.recall(level)
        figures[f"precision at {level.value} or higher"] = found.precision(level)
    why = {one.id: one.because() for one in found.predictions}
    misses = [f"missed: {one}: {why[one]}" for one in found.misses()]
    misses += [f"false alarm: {one}: {why[one]}" for one in found.false_alarms()]
    return Score(figures, tuple(misses), predictions)


def _quoted(reasons: Sequence[Reason], excerpt: str) -> list[dict[str, Any]]:
    """The reasons, each with `at`: where in the excerpt, as it was given, its sentence stands (first character, and the one after
    the last)."""
    published = original(excerpt)
    found = []
    for reason in reasons:
        place = published.find(reason.sentence)
        found.append({**reason.to_json(), **({"at": list(place)} if place else {})})
    return found


def citations(rows_: Sequence[Row]) -> Score:
    """Found ids against expected ids, as sets in order of the text."""
    predictions, misses, right = [], [], 0
    for row in rows_:
        with _readable():
            found = list(extract_ids(row["text"]))
        predictions.append({"id": row["id"], "found": found})
        if sorted(found) == sorted(row.get("expected", [])):
            right += 1
        else:
            misses.append(f"{row['id']}: expected {row.get('expected')}, found {found}")
    return Score({"rows": len(rows_), "exactly right": right}, tuple(misses), tuple(predictions))


def duplicates(rows_: Sequence[Row]) -> Score:
    """Duplicate groups joined into one, look-alikes kept apart."""
    predictions, misses = [], []
    joined = apart = 0
    for row in rows_:
        with _readable():
            found = clusters(row["members"])
        predictions.append({"id": row["id"], "clusters": found})
        wanted = row.get("relation")
        if wanted == "duplicate" and len(found) == 1:
            joined += 1
        elif wanted == "not_duplicate" and len(found) == len(row["members"]):
            apart += 1
        else:
            misses.append(f"{row['id']}: {wanted}, clusters {found}")
    total = sum(1 for row in rows_ if row.get("relation") == "duplicate")
    return Score(
        {"duplicates": total, "joined": joined, "not duplicates": len(rows_) - total, "apart": apart},
        tuple(misses),
        tuple(predictions),
    )
