"""Many papers at once, touched or at a new address: readers hear of what really changed, the operator gets one note."""

from __future__ import annotations

from datetime import datetime

from domain.lifecycle import MANY, TOUCHED, IncidentKind
from storage.unit_of_work import Unit
from storage.visits import Visit


def note_floods(unit: Unit, visit: Visit, now: datetime) -> None:
    """Note, at the end of a visit, that its source touched or moved many papers at once; one note each, however many visits it
    takes to read them."""
    _touched(unit, visit, now)
    _moved(unit, visit, now)


def _touched(unit: Unit, visit: Visit, now: datetime) -> None:
    """A mass touch lasts until everything that was announced as changed has been read; `counts` adds up over its visits."""
    kind = IncidentKind.TOUCHED.value
    present = unit.incidents.open(visit.source, kind)
    touched = visit.counts.get("changed", 0)
    if present is None and touched < TOUCHED:
        return
    before = present.counts if present is not None else {}
    left = unit.resources.touched(visit.source)
    counts = {
        "touched": before.get("touched", 0) + touched,
        "changed": before.get("changed", 0) + visit.counts.get("revised", 0),
        "left": left,
    }
    same = max(0, counts["touched"] - counts["changed"] - left)
    said = (
        f"{counts['touched']} papers were announced as changed at once: {same} read again and found the same, "
        f"{counts['changed']} changed, {left} still to be read"
    )
    unit.incidents.note(visit.source, kind, said, now, counts)
    if left == 0:
        unit.incidents.end(visit.source, kind, now)


def _moved(unit: Unit, visit: Visit, now: datetime) -> None:
    """A rebuilt site gives its pages new addresses: a note for as long as visits find many of them."""
    kind = IncidentKind.MOVED.value
    moved = visit.counts.get("moved", 0)
    present = unit.incidents.open(visit.source, kind)
    if moved == 0 or (present is None and moved < MANY):
        unit.incidents.end(visit.source, kind, now)
        return
    total = moved + (present.counts.get("moved", 0) if present is not None else 0)
    said = f"{total} pages stand at a new address and say the same: the site was rebuilt; readers were told nothing"
    unit.incidents.note(visit.source, kind, said, now, {"moved": total})
