"""Numbers of a dossier that were never seen although later ones were: 478 and 480, and no 479."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from domain.calendar import local, workdays_between
from domain.identifier_grammar import KST
from services.radar import Radar
from storage.unit_of_work import Unit

PATIENCE = 10
"""Working days after which a number that was passed over is reported: papers are not printed in the order of their numbers."""

LONGEST = 10
"""A longer stretch is no hole: somebody fetched one old paper, and what lies between was never watched."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A number that is missing: its id, the nearest numbers around it that were seen, and since when a later one is known."""

    id: str
    below: str
    above: str
    since: date


def holes(radar: Radar, unit: Unit, dossier: str = "") -> tuple[Hole, ...]:
    """The missing numbers of every dossier (or of one), lowest first. A number above all that were seen is not missing but still
    to come; one that a list named counts as seen."""
    today = local(radar.clock.now()).date()
    found: list[Hole] = []
    for key, seen in sorted(_seen(unit).items()):
        if dossier and key != dossier:
            continue
        numbers = sorted(seen)
        for below, above in pairwise(numbers):
            passed = min(local(seen[one]).date() for one in numbers if one >= above)
            if 1 < above - below <= LONGEST + 1 and workdays_between(passed, today) >= PATIENCE:
                names = (f"kst-{key}-{below}", f"kst-{key}-{above}")
                found += [Hole(f"kst-{key}-{number}", *names, passed) for number in range(below + 1, above)]
    return tuple(found)


def _seen(unit: Unit) -> dict[str, dict[int, datetime]]:
    """When each plain number of each dossier was first known, from papers and from lists."""
    found: dict[str, dict[int, datetime]] = defaultdict(dict)
    for identifier, at in unit.publications.first_known("kst-"):
        match = KST.fullmatch(identifier)
        if match and not match["year"] and match["number"].isdigit():
            numbers = found[match["dossier"]]
            number = int(match["number"])
            numbers[number] = min(at, numbers.get(number, at))
    return found
