"""What the archive holds of one publication."""

from __future__ import annotations

from dataclasses import dataclass

from domain.documents import Document
from domain.errors import RadarError
from domain.identifiers import cite
from services import find
from services.radar import Radar
from services.relations import cited_lines, relations
from services.scheme_history import SchemeShown, shown_scheme
from storage.resources import Resource
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version at one address."""

    seq: int
    created: str
    content_hash: str
    snapshots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One address at which the paper stands."""

    url: str
    source: str
    state: str
    first_listed: str
    checked: str
    versions: tuple[VersionLine, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A publication with its copies, versions, thread, attachments, citations both ways, versions of the paper before and after
    it, and merges. `missing` are cited ids that the archive lacks, `by_day` papers that it names by a day only."""

    id: str
    item: str
    citation: str
    title: str
    kind: str
    dated: str
    published: str
    aliases: tuple[str, ...]
    copies: tuple[CopyLine, ...]
    thread: tuple[str, ...]
    attachments: tuple[str, ...]
    cites: tuple[str, ...]
    cited_by: tuple[str, ...]
    scheme: SchemeShown | None = None
    thread_state: str = ""
    part_of: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    by_day: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    cited_lines: tuple[str, ...] = ()


def show(radar: Radar, words: str) -> Shown:
    """The publication meant by an id or address. Raises RadarError when the archive does not hold it."""
    with radar.store.read() as unit:
        publication = find.publication(radar, unit, words)
        if publication is None:
            raise RadarError(f"{words} is not in the archive; ask `beleidsradar why {words}`")
        copies = unit.resources.of_publication(publication.id)
        documents = [d for copy in copies if (d := _latest(unit, copy)) is not None]
        main = next((d for d in documents if d.id == publication.canonical), documents[0])
        aliases = unit.publications.aliases(publication.id)
        found = relations(radar, unit, publication, main)
        return Shown(
            id=publication.canonical,
            item=publication.item_id,
            citation=_citation(publication.canonical, main),
            title=main.title,
            kind=main.kind.value,
            dated=main.dated.isoformat() if main.dated else "",
            published=main.published.isoformat() if main.published else "",
            aliases=aliases,
            copies=tuple(_copy(unit, copy) for copy in copies),
            thread=found.thread,
            attachments=found.attachments,
            cites=found.cites,
            cited_by=found.cited_by,
            thread_state=found.thread_state,
            part_of=found.part_of,
            missing=found.missing,
            by_day=found.by_day,
            replaces=found.replaces,
            replaced_by=found.replaced_by,
            merges=found.merges,
            cited_lines=cited_lines(found),
            scheme=next(
                (s for c in copies if (d := _latest(unit, c)) and (s := shown_scheme(unit, c, d, radar.clock.now()))), None
            ),
        )


def _latest(unit: Unit, copy: Resource) -> Document | None:
    latest = unit.snapshots.latest_version(copy.id)
    return latest.document if latest else None


def _citation(identifier: str, document: Document) -> str:
    try:
        return cite(identifier, document.parliamentary_year)
    except ValueError:
        return ""


def _copy(unit: Unit, copy: Resource) -> CopyLine:
    return CopyLine(
        url=copy.url,
        source=copy.source,
        state=copy.state.value,
        first_listed=copy.first_listed.isoformat(),
        checked=copy.checked.isoformat() if copy.checked else "",
        versions=tuple(
            VersionLine(
                version.seq,
                version.created.isoformat(),
                version.content_hash,
                tuple(f"{part.role} {part.sha256}" for part in unit.snapshots.parts(version.id)),
            )
            for version in unit.snapshots.versions(copy.id)
        ),
    )
