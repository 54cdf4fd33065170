"""What the archive holds of a scheme: its sheet with sentences and snapshots, what was not read, its history, contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.amending import Action, is_amending, read_amendments
from domain.amending_changes import unread as unread_instruction
from domain.change import ChangeSort
from domain.documents import Document, Kind
from domain.scheme_acts import stated
from domain.scheme_names import names_at
from domain.scheme_unread import unread
from domain.scheme_words import NOT_READ, fact_label, fact_value
from services.contradictions import RELATION, standing
from storage.resources import Resource
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of the sheet: what it is about, its value, the sentence that says so, and the snapshot that holds the sentence.

    `kept`: the newest version states nothing that could be read in its place; this is what an older one said.
    """

    label: str
    value: str
    sentence: str
    snapshot: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of the scheme, in the page or act that brought it."""

    seen: str
    paper: str
    label: str
    before: str
    after: str
    delta: str


@dataclass(frozen=True, slots=True)
class SchemeShown:
    """The sheet of a page or act, and the one history of its scheme under all names and in all papers."""

    scheme: str
    names: tuple[str, ...]
    provisional: bool
    facts: tuple[FactLine, ...]
    not_read: tuple[str, ...]
    contradictions: tuple[str, ...]
    history: tuple[HistoryLine, ...]


def shown_scheme(unit: Unit, copy: Resource, document: Document, now: datetime) -> SchemeShown | None:
    """The scheme of a paper; None for a paper that is about none."""
    sheet = document.scheme
    if sheet is None:
        return None
    return SchemeShown(
        scheme=sheet.scheme,
        names=tuple(names_at(sheet.scheme, document.dated or now.date())),
        provisional=sheet.provisional,
        facts=tuple(_facts(unit, copy)),
        not_read=tuple(not_read(document)),
        contradictions=tuple(
            f"{c.label}: {c.before} / {c.after}" for c in (one.change for one in standing(unit, sheet.scheme, now))
        ),
        history=tuple(history(unit, sheet.scheme)),
    )


def _facts(unit: Unit, copy: Resource) -> Iterator[FactLine]:
    """The facts of the newest version, then those that only an older one states, as it stated them last."""
    said: set[tuple[str, str]] = set()
    versions = unit.snapshots.versions(copy.id)
    for version in sorted(versions, key=lambda one: -one.seq):
        parts = unit.snapshots.parts(version.id)
        snapshot = parts[-1].sha256 if parts else ""
        for fact in version.document.scheme.facts if version.document.scheme else ():
            if fact.key not in said:
                kept = version.seq != max(one.seq for one in versions)
                yield FactLine(fact_label(fact), fact_value(fact), fact.sentence, snapshot, kept)
        said |= {fact.key for fact in version.document.scheme.facts} if version.document.scheme else set()


def not_read(document: Document) -> Iterator[str]:
    """What of a page or act was not understood, line by line ("niet gelezen: ...")."""
    if document.kind is Kind.REGULATION:
        lines = tuple(stated(document.passages))
        if is_amending(document.title, lines):
            yield from (f"{NOT_READ}: {unread_instruction(a)}" for a in read_amendments(lines) if a.action is Action.UNREAD)
            return
        yield from (one.told for one in unread(lines, document.scheme))
        return
    yield from (one.told for one in unread(document.passages, document.scheme))


def history(unit: Unit, scheme: str) -> Iterator[HistoryLine]:
    """Everything that changed in a scheme, over all its pages and acts and under all its names, first seen first."""
    events = [
        e for publication in unit.publications.by_link(RELATION, scheme) for e in unit.events.of_publication(publication.id)
    ]
    for event in sorted(events, key=lambda one: (one.seen, one.id)):
        paper = unit.publications.get(event.publication_id).canonical
        for change in event.changes:
            if change.sort in (ChangeSort.FACT, ChangeSort.CONFLICT):
                yield HistoryLine(event.seen.isoformat(), paper, change.label, change.before, change.after, change.delta)
