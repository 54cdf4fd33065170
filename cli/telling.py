"""digest and deliver."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typer

from cli import folders, opening
from cli.output import as_json, complain, say
from cli.periods import Period, period
from domain.calendar import clock_time, local
from domain.digests import DigestForm
from domain.errors import UsageError
from domain.events import DeliveryState
from notifications.rendering import render_html, render_json, render_text
from services import deliver as delivering
from services import digest as making
from services.deliver import Attempt
from services.moments import announce_moments
from services.radar import Radar
from services.telling import tell
from services.unsent import waiting
from services.when import when
from storage.issues import DigestRun


def digest(
    name: str,
    at: datetime | None,
    since: datetime | None,
    until: datetime | None,
    preview: Path | None,
    *,
    send: bool,
    json: bool,
) -> None:
    """Print an issue; with a folder also write its renderings; with `send` make and deliver it."""
    radar = opening.radar(create=False)
    if name not in radar.settings.digests:
        raise UsageError(f"there is no digest {name!r}; configured are {', '.join(radar.settings.digests)}")
    if send and preview:
        raise UsageError("--preview shows and --send sends; choose one")
    asked = period(radar.settings.digests[name], radar.clock.now(), at, since, until, send=send)
    if send:
        _send(radar, name, asked, json=json)
    else:
        _show(radar, name, asked, preview, json=json)


def _send(radar: Radar, name: str, asked: Period, *, json: bool) -> None:
    if asked.at:
        made = making.make(radar, making.DueDigest(name, DigestForm.REGULAR, asked.at))
    else:
        made = making.send_now(radar, name, asked.since, asked.until)
    if not json:
        say(_issue(made) if made else f"{name}: nothing to say")
    attempts = delivering.deliver_due(radar)
    if json:
        issue = {"digest": made.digest, "number": made.number, "subject": made.subject} if made else None
        as_json({"issue": issue, "attempts": attempts})
    _report(radar, attempts, json=json)


def _show(radar: Radar, name: str, asked: Period, preview: Path | None, *, json: bool) -> None:
    found = making.preview(radar, name, asked.since, asked.until)
    if preview is None:
        if json:
            as_json(jsonlib.loads(render_json(found)))
        else:
            say(render_text(found))
        return
    folders.make(preview, "--preview")
    renderings = {"txt": render_text(found), "html": render_html(found), "json": render_json(found)}
    files = [preview / f"{name}.{ending}" for ending in renderings]
    for file, text in zip(files, renderings.values(), strict=True):
        folders.write(file, text, "--preview")
    if json:
        as_json({"written": [str(file) for file in files]})
    else:
        say(f"written to {preview}")


def deliver(*, json: bool) -> None:
    """Make what is due, send what waits; exit 1 when anything could not be sent."""
    radar = opening.radar(create=False)
    announce_moments(radar)
    found = tell(radar)
    if json:
        as_json(found.attempts)
    else:
        for made in found.issues:
            say(_issue(made))
    _report(radar, found.attempts, json=json)


def _issue(made: DigestRun) -> str:
    return f"{made.digest} nr. {made.number}: {made.subject}"


def _report(radar: Radar, attempts: Sequence[Attempt], *, json: bool) -> None:
    """What came of each delivery, and exit 1 when one is not with its reader after all; a line for all that failed alike."""
    last = {attempt.delivery_id: attempt for attempt in attempts}
    if not json:
        for attempt in attempts:
            if attempt.state is DeliveryState.DELIVERED:
                say(_line(attempt))
        if not attempts:
            say(_nothing_due(radar))
    failed: dict[tuple[str, str, DeliveryState, str], list[Attempt]] = {}
    for attempt in attempts:
        if attempt.state is not DeliveryState.DELIVERED:
            failed.setdefault((attempt.digest, attempt.channel, attempt.state, attempt.detail), []).append(attempt)
    for (name, channel, state, detail), alike in failed.items():
        what = _line(alike[0]) if len(alike) == 1 else f"{name} through {channel}, {len(alike)} messages: {state.value}"
        complain(f"beleidsradar: {what}: {detail}")
    if any(attempt.state is not DeliveryState.DELIVERED for attempt in last.values()):
        raise typer.Exit(1)


def _line(attempt: Attempt) -> str:
    return f"{attempt.digest} through {attempt.channel}, part {attempt.part} of {attempt.parts}: {attempt.state.value}"


def _nothing_due(radar: Radar) -> str:
    found = waiting(radar)
    if found.next_try is None:
        return "nothing waits to be delivered"
    now = radar.clock.now()
    today = local(found.next_try).date() == local(now).date()
    moment = clock_time(found.next_try) if today else when(found.next_try, now)
    return f"{found.count} {'waits for its' if found.count == 1 else 'wait for their'} next try at {moment}"
