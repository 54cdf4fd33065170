"""doctor: what holds of everything that the readers take for granted about the sites."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from cli import opening
from cli.output import as_json, complain, say
from domain.errors import StorageError
from services import settings_database as database
from services.doctor import Line, Report, examine
from services.environment import DATABASE
from services.radar import Radar
from services.wiring import open_radar
from sources.assumptions import Verdict

COUNTED = {
    Verdict.HOLDS: ("holds", "hold"),
    Verdict.FAILS: ("does not hold", "do not hold"),
    Verdict.UNSEEN: ("could not be seen", "could not be seen"),
}
SIGNS = {Verdict.HOLDS: "ok", Verdict.FAILS: "NO", Verdict.UNSEEN: "?"}


def doctor(source: str | None, *, json: bool) -> None:
    """Look, print a line per assumption, and exit 1 when one that a reader depends on does not hold."""
    with _radar() as radar:
        report = examine(radar, [source] if source else [])
    failing = [line for line in report.lines if line.needed and line.verdict is Verdict.FAILS]
    if json:
        as_json({"at": report.at, "folder": report.folder, "healthy": report.healthy, "lines": report.lines})
    else:
        _print(report)
    if failing:
        first = failing[0]
        more = f", and {len(failing) - 1} more" if len(failing) > 1 else ""
        complain(f"beleidsradar: {first.source}, {first.about}: {first.assumption}: {first.seen or 'it does not'}{more}")
        raise typer.Exit(1)


@contextmanager
def _radar() -> Iterator[Radar]:
    """The product over its archive, whose rates hold for this too; before there is one, over an empty one that goes away."""
    url = opening.settings().database_url
    said = database.unreadable(url)
    if said:
        raise StorageError(f"{said}; check BELEIDSRADAR_DATABASE_URL")
    if not database.absent(url):
        yield opening.radar(create=False)
        return
    with TemporaryDirectory(prefix="beleidsradar-") as folder:
        radar = open_radar({**os.environ, DATABASE: f"sqlite:///{Path(folder) / 'none.db'}"}, create=True)
        try:
            yield radar
        finally:
            radar.store.close()


def _print(report: Report) -> None:
    about = ""
    for line in report.lines:
        if about != f"{line.source}: {line.about}":
            about = f"{line.source}: {line.about}"
            say(about)
        say(f"  {SIGNS[line.verdict]:<3}{_said(line)}")
    counts = {verdict: sum(1 for line in report.lines if line.verdict is verdict) for verdict in Verdict}
    say(", ".join(f"{count} {COUNTED[verdict][count != 1]}" for verdict, count in counts.items() if count))
    say(f"answers in {report.folder}" if report.folder else "no answer came: nothing was kept")


def _said(line: Line) -> str:
    seen = f": {line.seen}" if line.seen else ""
    where = f"  [{line.snapshot}]" if line.verdict is Verdict.FAILS and line.snapshot else ""
    return f"{line.assumption}{seen}{'' if line.needed else '  (not depended on)'}{where}"
