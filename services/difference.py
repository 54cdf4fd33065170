"""What changed between two versions of a paper, or between two papers (a scheme and that of the year before)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.comparison import comparison
from domain.documents import Document
from domain.errors import RadarError, UsageError
from domain.version_difference import Ignored, Side, VersionDifference
from services import find
from services.radar import Radar
from storage.snapshots import Version
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class _Stored:
    """One stored version with everything that is said of it."""

    side: Side
    source: str
    document: Document


def difference(
    radar: Radar, words: str, older: int | None = None, newer: int | None = None, other: str | None = None
) -> VersionDifference:
    """The difference between two versions (the last two without numbers) at the address where the paper has most versions.

    With `other` it leads from a version of this paper to a version of that one, the newest of each without numbers. Raises
    RadarError when a paper is not in the archive or was not read, UsageError when no version has such a number.
    """
    with radar.store.read() as unit:
        if other is not None:
            first, last = _one(radar, unit, words, older), _one(radar, unit, other, newer)
            return _between(radar, first, last, alone=False)
        publication, versions = _versions(radar, unit, words)
        by_seq = {version.seq: version for version in versions}
        alone = len(by_seq) == 1 and older is None and newer is None
        wanted_new = max(by_seq) if newer is None else newer
        wanted_old = (min(by_seq) if alone else wanted_new - 1) if older is None else older
        if wanted_old not in by_seq or wanted_new not in by_seq:
            raise UsageError(f"{words} has {_has(by_seq)}; there is nothing to compare from {wanted_old} to {wanted_new}")
        sides = [_stored(unit, publication, by_seq[seq]) for seq in (wanted_old, wanted_new)]
        return _between(radar, *sides, alone=alone)


def _one(radar: Radar, unit: Unit, words: str, seq: int | None) -> _Stored:
    publication, versions = _versions(radar, unit, words)
    by_seq = {version.seq: version for version in versions}
    wanted = max(by_seq) if seq is None else seq
    if wanted not in by_seq:
        raise UsageError(f"{words} has {_has(by_seq)}, not {wanted}")
    return _stored(unit, publication, by_seq[wanted])


def _versions(radar: Radar, unit: Unit, words: str) -> tuple[str, tuple[Version, ...]]:
    """The canonical id and the versions at the address that has most of them."""
    publication = find.publication(radar, unit, words)
    if publication is None:
        raise RadarError(f"{words} is not in the archive; ask `beleidsradar why {words}`")
    copies = unit.resources.of_publication(publication.id)
    versions = max((unit.snapshots.versions(copy.id) for copy in copies), key=len, default=())
    if not versions:
        raise RadarError(f"{words} was not read yet; ask `beleidsradar why {words}`")
    return publication.canonical, versions


def _has(by_seq: dict[int, Version]) -> str:
    return "one version only" if len(by_seq) == 1 else f"versions {min(by_seq)} to {max(by_seq)}"


def _stored(unit: Unit, publication: str, version: Version) -> _Stored:
    resource = unit.resources.get(version.resource_id)
    snapshots = tuple((part.role, part.sha256) for part in unit.snapshots.parts(version.id))
    document = version.document
    side = Side(publication, document.title, resource.url, version.seq, version.created, snapshots, version.parser)
    return _Stored(side, resource.source, document)


def _between(radar: Radar, older: _Stored, newer: _Stored, *, alone: bool) -> VersionDifference:
    """Both versions without the noise of both sources: a rule holds for two sides or for none."""
    rules = {rule.text: rule.reason for one in (older, newer) for rule in radar.settings.scope(one.source).noise}
    noise = tuple(rules)
    hidden = [one.document.hidden(noise) for one in (older, newer)]
    ignored = tuple(
        Ignored(text, reason, hidden[0][text], hidden[1][text])
        for text, reason in rules.items()
        if hidden[0][text] or hidden[1][text]
    )
    compared = comparison(older.document.without(noise), newer.document.without(noise))
    return VersionDifference(older.side, newer.side, compared, ignored, alone)
