"""What the archive holds of one publication, and what changed between two of its versions."""

from __future__ import annotations

from dataclasses import dataclass

from domain.changes import Change, compare
from domain.citations import Citation
from domain.documents import Document
from domain.errors import RadarError, UsageError
from domain.identifiers import cite
from services import find
from services.radar import Radar
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
    """A publication with its copies, versions, thread, attachments and citations both ways."""

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


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed at one address from one version to another."""

    url: str
    older: int
    newer: int
    before: Document
    after: Document
    changes: tuple[Change, ...]


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
        cites = [c.id for copy in copies for c in _citations(unit, copy)]
        citing = dict.fromkeys(c.publication_id for c in unit.events.cited_by(aliases) if c.publication_id != publication.id)
        thread = [
            f"{other.canonical}: {_title(unit, other.id)}"
            for case in unit.publications.links(publication.id, "case")
            for other in unit.publications.by_link("case", case)
            if other.id != publication.id
        ]
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
            thread=tuple(thread),
            attachments=tuple(f"{a.id}: {a.title}" for a in main.attachments),
            cites=tuple(dict.fromkeys(cites)),
            cited_by=tuple(f"{unit.publications.get(key).canonical}: {_title(unit, key)}" for key in citing),
        )


def diff(radar: Radar, words: str, older: int | None = None, newer: int | None = None) -> Difference:
    """The difference between two versions (the last two without numbers) at the address where the paper last changed.

    A paper with one version differs from nothing: `older` and `newer` are the same then. Raises RadarError when it is not in the
    archive, UsageError when no version has such a number.
    """
    with radar.store.read() as unit:
        publication = find.publication(radar, unit, words)
        if publication is None:
            raise RadarError(f"{words} is not in the archive; ask `beleidsradar why {words}`")
        copies = unit.resources.of_publication(publication.id)
        versions = max((unit.snapshots.versions(copy.id) for copy in copies), key=len)
        if not versions:
            raise RadarError(f"{words} was not read yet; ask `beleidsradar why {words}`")
        resource = unit.resources.get(versions[0].resource_id)
        by_seq = {version.seq: version for version in versions}
        first, last = min(by_seq), max(by_seq)
        alone = len(versions) == 1 and older is None and newer is None
        wanted_new = last if newer is None else newer
        wanted_old = (first if alone else wanted_new - 1) if older is None else older
        new, old = by_seq.get(wanted_new), by_seq.get(wanted_old)
        if old is None or new is None:
            has = "one version only" if first == last else f"versions {first} to {last}"
            raise UsageError(f"{words} has {has}; there is nothing to compare from {wanted_old} to {wanted_new}")
        noise = [rule.text for rule in radar.settings.scope(resource.source).noise]
        before, after = old.document.without(noise), new.document.without(noise)
        return Difference(resource.url, old.seq, new.seq, before, after, compare(before, after))


def _latest(unit: Unit, copy: Resource) -> Document | None:
    latest = unit.snapshots.latest_version(copy.id)
    return latest.document if latest else None


def _citations(unit: Unit, copy: Resource) -> tuple[Citation, ...]:
    latest = unit.snapshots.latest_version(copy.id)
    return unit.events.citations(latest.id) if latest else ()


def _title(unit: Unit, publication_id: int) -> str:
    for copy in unit.resources.of_publication(publication_id):
        document = _latest(unit, copy)
        if document is not None:
            return document.title
    return ""


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
