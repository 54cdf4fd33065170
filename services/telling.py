"""One round of telling: every issue that is due is made, and what waits is delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.compose import recipients
from services.deliver import Attempt, deliver_due
from services.digest import make
from services.due import DueDigest, due_digests
from services.radar import Radar
from storage.issues import DigestRun


@dataclass(frozen=True, slots=True)
class Round:
    """The issues that were made and the deliveries that were tried, in order."""

    issues: tuple[DigestRun, ...]
    attempts: tuple[Attempt, ...]


def tell(radar: Radar) -> Round:
    """Make every issue that is due, the most frequent digest first, and deliver everything that waits.

    Where a later one has a reader in common, the earlier is delivered before that one is made: news that arrived in full is one
    line in the next, and news that did not arrive stands there in full. An issue that cannot be made keeps back no other: its
    error is raised when everything else went out.
    """
    issues: list[DigestRun] = []
    attempts: list[Attempt] = []
    failures: list[Exception] = []
    due = due_digests(radar)
    for place, wanted in enumerate(due, 1):
        try:
            made = make(radar, wanted)
        except Exception as error:  # noqa: BLE001  # raised below
            failures.append(error)
            continue
        if made is None:
            continue
        issues.append(made)
        if _share_a_reader(radar, wanted, due[place:]):
            attempts += deliver_due(radar)
    attempts += deliver_due(radar)
    if failures:
        raise failures[0]
    return Round(tuple(issues), tuple(attempts))


def _share_a_reader(radar: Radar, wanted: DueDigest, later: Sequence[DueDigest]) -> bool:
    readers = {name: set(recipients(radar, radar.settings.digests[name])) for name in {wanted.digest, *(o.digest for o in later)}}
    return any(readers[wanted.digest] & readers[other.digest] for other in later)
