"""evaluate: the product's own code against labelled examples."""

from __future__ import annotations

import json as jsonlib
from pathlib import Path

from cli import folders, opening
from cli.output import as_json, say
from domain.errors import UsageError
from services import evaluate as scoring


def relevance(file: Path, topic: str, predictions: Path | None, *, json: bool) -> None:
    """Levels on labelled rows."""
    settings = opening.settings()
    if topic not in settings.topics:
        raise UsageError(f"there is no topic {topic!r}; configured are {', '.join(settings.topics)}")
    _report(scoring.relevance(scoring.rows(file), settings.topics[topic], settings.organisation), predictions, json=json)


def citations(file: Path, predictions: Path | None, *, json: bool) -> None:
    """Citations read exactly right."""
    _report(scoring.citations(scoring.rows(file)), predictions, json=json)


def duplicates(file: Path, predictions: Path | None, *, json: bool) -> None:
    """Copies joined, look-alikes apart."""
    _report(scoring.duplicates(scoring.rows(file)), predictions, json=json)


def _report(found: scoring.Score, predictions: Path | None, *, json: bool) -> None:
    if predictions:
        lines = (jsonlib.dumps(line, ensure_ascii=False) for line in found.predictions)
        folders.write(predictions, "".join(f"{line}\n" for line in lines), "--predictions")
    if json:
        as_json({"figures": found.figures, "misses": found.misses})
        return
    for name, value in found.figures.items():
        say(f"{name:<40} {value:.3f}" if isinstance(value, float) else f"{name:<40} {value}")
    for miss in found.misses:
        say(f"  {miss}")
