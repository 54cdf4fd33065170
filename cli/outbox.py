"""outbox list, retry and drop."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime

from cli import opening
from cli.output import as_json, say
from domain.errors import UsageError
from services import outbox
from services.outbox import Entry
from services.when import when


def listing(*, dropped: bool, addresses: bool, json: bool) -> None:
    """What is not delivered, a line each under its channel, and what to do about it."""
    radar = opening.radar(create=False)
    found = outbox.standing(radar, dropped=dropped, addresses=addresses)
    if json:
        as_json(found)
        return
    now = radar.clock.now()
    for channel in dict.fromkeys(entry.channel for entry in found.entries):
        entries = [entry for entry in found.entries if entry.channel == channel]
        failing = min((entry.failing_since for entry in entries if entry.failing_since), default="")
        since = f", failing since {_when(failing, now)}" if failing else ""
        say(f"{channel} ({entries[0].variable or 'no longer in sources.yaml'}): {len(entries)}{since}")
        for entry in entries:
            say(_line(entry, now))
        for command in dict.fromkeys(entry.command for entry in entries if entry.failing_since):
            say(f"  after mending: {command}")
    for silence in found.silenced:
        who = silence.address or silence.reader
        say(f"{silence.channel}: nothing is sent to {who} since {_when(silence.since, now)}: {silence.last_answer}")
    if not found.entries and not found.silenced:
        say("nothing waits to be delivered")


def retry(ids: Sequence[int], channel: str, *, dead: bool, json: bool) -> None:
    """Give messages their tries anew; `deliver` or the service sends them at once."""
    if not ids and not channel and not dead:
        raise UsageError("say what: an ID of `outbox list`, --channel NAME, or --dead")
    radar = opening.radar(create=False)
    if channel and channel not in radar.settings.channels:
        raise UsageError(f"there is no channel {channel!r}; configured are {', '.join(radar.settings.channels)}")
    done = outbox.retry(radar, ids, channel, dead=dead)
    if json:
        as_json({"retried": done})
    else:
        say(f"{len(done)} to be tried again; `beleidsradar deliver` does so now" if done else "nothing waits there")


def drop(delivery_id: int, reason: str, by: str, *, json: bool) -> None:
    """Decide that a message need not arrive."""
    found = outbox.drop(opening.radar(create=False), delivery_id, reason, by or getpass.getuser())
    if json:
        as_json(found)
    else:
        say(f"{found.digest} nr. {found.issue} through {found.channel}: {found.last_answer}")


def _line(entry: Entry, now: datetime) -> str:
    who = f" to {entry.address or entry.reader}" if entry.reader else ""
    what = f" ({entry.purpose})" if entry.purpose else ""
    parts = f" part {entry.part}" if entry.part != "1/1" else ""
    line = f"  {entry.id}: {entry.digest} nr. {entry.issue}{parts}{who}{what} of {_when(entry.since, now)}: {entry.said}"
    if entry.perhaps_since and entry.state != "unknown":
        line += f", may have arrived (since {_when(entry.perhaps_since, now)})"
    if entry.next_try:
        line += f" ({_when(entry.next_try, now)})"
    if entry.attempts:
        line += f", {entry.attempts} {'try' if entry.attempts == 1 else 'tries'}"
    code = entry.last_code.removeprefix("rcpt ")
    return line + (f"; last answer {code}: {entry.last_answer}" if entry.last_answer else "")


def _when(moment: str, now: datetime) -> str:
    return when(datetime.fromisoformat(moment), now)
