"""digest and deliver."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from cli.output import as_json, complain, say
from domain.calendar import AMSTERDAM
from domain.digests import DigestForm
from domain.errors import UsageError
from domain.events import DeliveryState
from notifications.rendering import render_html, render_json, render_text
from services import deliver as delivering
from services import digest as making
from services.radar import Radar
from services.wiring import open_radar


def digest(
    name: str, at: datetime | None, since: datetime | None, until: datetime | None, preview: Path | None, *, send: bool
) -> None:
    """Print an issue; with a folder also write its renderings; with `send` make and deliver it."""
    radar = open_radar(os.environ, create=False)
    if name not in radar.settings.digests:
        raise UsageError(f"there is no digest {name!r}; configured are {', '.join(radar.settings.digests)}")
    if send and preview:
        raise UsageError("--preview shows and --send sends; choose one")
    if at and since:
        raise UsageError("--at makes a planned issue and --since an overview; choose one")
    begin, end = _aware(since), _aware(until)
    if send:
        if at:
            made = making.make(radar, making.DueDigest(name, DigestForm.REGULAR, _aware(at) or radar.clock.now()))
        else:
            made = making.send_now(radar, name, begin, end)
        say(f"{name} nr. {made.number}: {made.subject}" if made else f"{name}: nothing to say")
        _report(radar, delivering.deliver_due(radar), json=False)
        return
    found = making.preview(radar, name, begin, end)
    if preview:
        preview.mkdir(parents=True, exist_ok=True)
        for ending, text in (("txt", render_text(found)), ("html", render_html(found)), ("json", render_json(found))):
            (preview / f"{name}.{ending}").write_text(text, encoding="utf-8")
        say(f"written to {preview}")
    else:
        say(render_text(found))


def deliver(*, json: bool) -> None:
    """Make what is due, send what waits; exit 1 when a delivery is dead."""
    radar = open_radar(os.environ, create=False)
    for wanted in making.due_digests(radar):
        made = making.make(radar, wanted)
        if made and not json:
            say(f"{made.digest} nr. {made.number}: {made.subject}")
    _report(radar, delivering.deliver_due(radar), json=json)


def _report(radar: Radar, attempts: tuple[delivering.Attempt, ...], *, json: bool) -> None:
    if json:
        as_json(attempts)
    dead = False
    for attempt in attempts:
        line = f"{attempt.digest} through {attempt.channel}, part {attempt.part} of {attempt.parts}: {attempt.state.value}"
        if attempt.state is DeliveryState.DELIVERED:
            if not json:
                say(line)
            continue
        dead = dead or attempt.state is DeliveryState.DEAD
        complain(f"beleidsradar: {line}: {attempt.detail}")
    if not attempts and not json:
        say("nothing waits to be delivered")
    if dead:
        raise typer.Exit(1)


def _aware(moment: datetime | None) -> datetime | None:
    """A moment typed without zone is Dutch time."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)).astimezone(UTC)
