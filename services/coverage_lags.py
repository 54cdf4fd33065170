"""When a source lagged in a period: by the rule of the coverage line, over visits of the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.calendar import due_times
from domain.events import VisitState
from services.coverage import GRACE
from services.coverage_values import LagPeriod
from storage.visits import Visit


def lags(
    visits: Sequence[Visit], before: Visit | None, crons: Sequence[str], begin: datetime, end: datetime
) -> Iterator[LagPeriod]:
    """The times between two good visits in which a planned one did not come or was not good. `visits` are those of the period,
    oldest first, `before` is the last good one before it, `begin` the moment from which visits were planned and are all kept,
    `end` the end of the period or this moment. Of what lies before `begin` only some visits are left: between those nobody can
    say whether others were made."""
    last = max(begin, _end(before)) if before is not None else begin
    why: list[str] = []
    for visit in visits:
        if visit.started < begin:
            last = max(last, _end(visit)) if is_good(visit) else last
            continue
        if not is_good(visit):
            why.append(visit.failure or visit.state.value)
            continue
        if due_times(crons, last, visit.started - GRACE):
            yield LagPeriod(last, _end(visit), tuple(dict.fromkeys(why)))
        last, why = _end(visit), []
    if due_times(crons, last, end - GRACE):
        yield LagPeriod(last, None, tuple(dict.fromkeys(why)))


def is_good(visit: Visit) -> bool:
    """True for a visit at which every list answered."""
    return visit.state is VisitState.ACCEPTED and not visit.failure


def _end(visit: Visit) -> datetime:
    return visit.ended or visit.started
