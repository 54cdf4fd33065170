"""The merge log for people: what was taken for one paper and why, and taking it apart again."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import RadarError, UsageError
from services.radar import Radar
from storage.merges import Merge


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One line of the merge log; times are ISO 8601 in UTC, `undone` is "" while it stands."""

    number: int
    at: str
    kept: str
    merged: str
    reasons: tuple[str, ...]
    addresses: tuple[str, ...]
    undone: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo left: two papers, each with its addresses."""

    number: int
    kept: str
    taken: str
    addresses: tuple[str, ...]


def merges(radar: Radar) -> tuple[MergeLine, ...]:
    """The whole merge log, oldest first."""
    with radar.store.read() as unit:
        urls = {
            key: unit.resources.get(key).url for merge in unit.merges.all() for key in map(int, merge.moved.get("resources", ()))
        }
        return tuple(line(merge, urls) for merge in unit.merges.all())


def line(merge: Merge, urls: dict[int, str]) -> MergeLine:
    """One line as people read it; `urls` are the addresses by the keys that moved."""
    return MergeLine(
        merge.id,
        merge.at.isoformat(),
        merge.kept,
        merge.merged,
        merge.reasons,
        tuple(urls[int(key)] for key in merge.moved.get("resources", ())),
        merge.undone.isoformat() if merge.undone else "",
    )


def undo(radar: Radar, number: int) -> Undone:
    """Make two papers of one again; from then on they stay two, whatever is read. What was told stays told.

    Raises UsageError for a number that is not in the log, RadarError for one that was undone before or cannot be undone.
    """
    now = radar.clock.now()
    with radar.store.begin() as unit:
        merge = unit.merges.get(number)
        if merge is None:
            raise UsageError(f"there is no merge {number}; `beleidsradar merges list` shows them all")
        if merge.undone is not None:
            raise RadarError(f"merge {number} was undone before, on {merge.undone.date().isoformat()}")
        taken = unit.merges.undo(merge, now)
        copies = unit.resources.of_publication(taken.id)
        return Undone(number, merge.kept, taken.canonical, tuple(copy.url for copy in copies))
