"""Does the archive still hold what it stored: every blob by its own hash, every text of a version."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import StorageError
from services.radar import Radar


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was looked at, and the first thing that does not hold: `damage` is a line, "" when everything holds."""

    content_hash: str
    snapshots: int
    damaged_snapshots: int
    versions: int
    damaged_versions: int
    damage: str


def check(radar: Radar) -> Integrity:
    """Look at everything that is stored; the archive is neither changed nor locked."""
    with radar.store.read() as unit:
        snapshots = damaged_snapshots = versions = damaged_versions = 0
        damage = ""
        for digest, wrong in unit.snapshots.check_blobs():
            snapshots += 1
            damaged_snapshots += bool(wrong)
            if wrong and not damage:
                urls = unit.snapshots.urls_of(digest)
                damage = f"{wrong}: {urls[0]}{f' and {len(urls) - 1} more' if urls[1:] else ''}" if urls else wrong
        for resource_id in unit.snapshots.resources_with_versions():
            try:
                versions += len(unit.snapshots.versions(resource_id))
            except StorageError as error:
                damaged_versions += 1
                damage = damage or f"{error}: {unit.resources.get(resource_id).url}"
        return Integrity(unit.content_hash(), snapshots, damaged_snapshots, versions, damaged_versions, damage)
