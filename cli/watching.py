"""run: one visit now."""

from __future__ import annotations

import typer

from cli import opening
from cli.output import as_json, complain, say
from domain.errors import BusyError, UsageError
from domain.events import VisitState
from services import watch
from services.plain_failures import visit_failed
from storage.visits import Visit


def run(sources: list[str], *, json: bool) -> None:
    """One visit to each source; exit 1 when any visit failed or lacked a route."""
    radar = opening.radar(create=True)
    unknown = [name for name in sources if name not in radar.adapters]
    if unknown:
        raise UsageError(f"there is no source {unknown[0]!r}; configured are {', '.join(radar.adapters)}")
    visits: list[Visit] = []
    failures: list[str] = []
    for name in sources or list(radar.adapters):
        try:
            done = watch.visit(radar, name)
        except BusyError as error:
            failures.append(str(error))
            continue
        visits.append(done)
        if not json:
            say(_line(done))
        if done.failure or done.state is not VisitState.ACCEPTED:
            failures.append(f"{name}: {visit_failed(radar, done) or done.state.value}")
    if json:
        as_json({"visits": visits, "failures": failures})
    for failure in failures:
        complain(f"beleidsradar: {failure}")
    if failures:
        raise typer.Exit(1)


def _line(visit: Visit) -> str:
    counts = visit.counts
    told = f"{counts.get('events', 0)} events" if counts.get("events") else "nothing new"
    return (
        f"{visit.source}: {visit.state.value}, {counts.get('listed', 0)} listed, {counts.get('read', 0)} read, "
        f"{counts.get('unchanged', 0)} unchanged, {counts.get('failed', 0)} failed, {told}"
    )
