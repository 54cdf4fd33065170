"""The team's own examples: papers with the level that they should have, in a file of the home, guarded by `check`.

One JSON object a line, in the shape of the evaluation sets, so that `evaluate relevance` reads the file too. Each line holds the
whole paper as it was read, so that the guard needs no archive. A later line about the same paper and topic takes the place of an
earlier one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.assessments import Assessment, Level
from domain.citations import read_citations
from domain.documents import Document, Kind
from domain.errors import Fault, StorageError, UsageError
from domain.events import EventKind
from domain.relevance import Judge
from services import find
from services.copies import copies_of, main_copy
from services.muting import known_topic
from services.packs import display
from services.radar import Radar
from services.settings import Settings
from storage.unit_of_work import Unit

FILE = "labels.jsonl"
EXCERPT = 2000

KINDS = {
    Kind.LETTER: "kamerbrief",
    Kind.QUESTION: "kamervraag",
    Kind.ANSWER: "antwoord",
    Kind.MOTION: "motie",
    Kind.DEBATE: "verslag",
    Kind.REPORT: "rapport",
    Kind.REGULATION: "regeling",
    Kind.NEWS: "nieuws",
}
"""Kinds as the evaluation sets write them; any other is "other"."""

CLASSES = {Level.MUST_READ: "relevant", Level.RELEVANT: "relevant", Level.MENTION: "borderline", Level.HELD: "irrelevant"}
"""Levels as the three classes of the evaluation sets."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label: the paper, the level that it should have, and the one that it had when it was labelled."""

    id: str
    title: str
    topic: str
    level: Level
    judged: Level
    who: str
    at: str
    reason: str
    line: int
    document: Document

    @property
    def reached(self) -> bool:
        """True when the paper had its level already; else the label names a miss that is to be mended."""
        return self.judged.rank <= self.level.rank


def label(radar: Radar, words: str, level: str, *, topic: str, reason: str, who: str) -> Labelled:
    """Add a paper of the archive to the team's examples. Raises UsageError for a paper, level or topic that is not known."""
    if level not in [one.value for one in Level]:
        raise UsageError(f"{level!r} is no level; levels are {', '.join(one.value for one in Level)}")
    name = known_topic(radar, topic)
    with radar.store.read() as unit:
        identifier, source, document = _paper(radar, unit, words)
    judged = _judged(radar.judge, name, document).level
    made = Labelled(
        identifier, document.title, name, Level(level), judged, who, radar.clock.now().isoformat(), reason, 0, document
    )
    _append(radar.settings.home / FILE, _row(made, source))
    return made


def labels(home: Path) -> tuple[Labelled, ...]:
    """The labels in force, in the order of the file; () when there is no file. A line that is none is passed over here and named
    by `faults`."""
    found: dict[tuple[str, str], Labelled] = {}
    for row in _rows(home / FILE):
        if isinstance(row, Labelled):
            found.pop((row.id, row.topic), None)
            found[(row.id, row.topic)] = row
    return tuple(found.values())


def guard(settings: Settings, judge: Judge | None = None) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """What the packs no longer find (faults, each naming its paper), and what they never found or rank too high (warnings)."""
    file = settings.home / FILE
    faults = [row for row in _rows(file) if isinstance(row, Fault)]
    warnings: list[Fault] = []
    judge = judge or Judge(tuple(settings.topics.values()), settings.organisation)
    for one in labels(settings.home):
        if one.topic not in settings.topics:
            warnings.append(Fault(display(file), one.line, f"there is no topic {one.topic!r} any more", "remove the line"))
            continue
        now = _judged(judge, one.topic, one.document).level
        what = f"{one.id} ({one.title[:60]}): labelled {one.level.value} for {one.topic}, the pack gives {now.value}"
        if now.rank > one.level.rank and one.reached:
            faults.append(Fault(display(file), one.line, what, "put back what found it, or label it anew"))
        elif now.rank > one.level.rank:
            warnings.append(Fault(display(file), one.line, what, "no term finds it yet; try one with `beleidsradar topics try`"))
        elif one.level is Level.HELD and now is not Level.HELD:
            warnings.append(Fault(display(file), one.line, what, "`beleidsradar why` names the words that lift it"))
    return tuple(faults), tuple(warnings)


def _paper(radar: Radar, unit: Unit, words: str) -> tuple[str, str, Document]:
    publication = find.publication(radar, unit, words)
    if publication is None:
        raise UsageError(f"{words} is not in the archive; `beleidsradar why {words}` says why")
    read = copies_of(unit, (publication.id,))[publication.id]
    if not read:
        raise UsageError(f"{words} was not read yet; `beleidsradar why {words}` says why")
    copy = main_copy(read, publication.canonical)
    source = copy.resource.source
    noise = [rule.text for rule in radar.settings.scope(source).noise] if source in radar.settings.sources else []
    return publication.canonical, source, copy.document.without(noise)


def _judged(judge: Judge, topic: str, document: Document) -> Assessment:
    citations = [found for passage in document.passages for found in read_citations(passage.text)]
    return next(one for one in judge.judge(document, EventKind.PUBLISHED, (), citations) if one.topic == topic)


def _row(made: Labelled, source: str) -> dict[str, Any]:
    text = made.document.text()
    dated = made.document.dated
    return {
        "id": made.id,
        "title": made.title,
        "excerpt": text[:EXCERPT],
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "kind": KINDS.get(made.document.kind, "other"),
        "source": source,
        "date": dated.isoformat() if dated else "",
        "url": made.document.url,
        "government_publication": True,
        "label": CLASSES[made.level],
        "topic": made.topic,
        "level": made.level.value,
        "judged": made.judged.value,
        "who": made.who,
        "at": made.at,
        "reason": made.reason,
        "document": made.document.to_json(),
    }


def _append(file: Path, row: Mapping[str, Any]) -> None:
    try:
        torn = file.exists() and not file.read_bytes().endswith(b"\n") and file.stat().st_size > 0
        with file.open("a", encoding="utf-8") as out:
            out.write(("\n" if torn else "") + json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {(error.strerror or type(error).__name__).lower()}") from error


def _rows(file: Path) -> Iterator[Labelled | Fault]:
    """The lines of the file as labels, or as what is wrong with them."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        yield Fault(display(file), 0, "cannot be read as text", "write UTF-8, a JSON object a line")
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _labelled(file, number, line)


def _labelled(file: Path, number: int, line: str) -> Labelled | Fault:
    try:
        row = json.loads(line)
        return Labelled(
            str(row["id"]),
            str(row["title"]),
            str(row["topic"]),
            Level(row["level"]),
            Level(row["judged"]),
            str(row["who"]),
            str(row["at"]),
            str(row.get("reason", "")),
            number,
            Document.from_json(row["document"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Fault(display(file), number, "is no label", "remove the line; `beleidsradar label ID LEVEL` writes a new one")
