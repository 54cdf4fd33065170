"""status, show and diff: looking at what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import typer

from cli import opening
from cli.output import as_json, complain, say
from domain.changes import Change
from services import show as showing
from services import status as standing
from services.show import CopyLine, Shown
from services.status import DeliveryStatus
from services.when import when

SHORT = 12
"""Digits of a hash that are enough to tell versions apart; `--json` has them all."""


def status(*, json: bool) -> None:
    """Every source and every delivery; exit 1 when a reader would notice something."""
    found = standing.status(opening.radar(create=False))
    now = datetime.fromisoformat(found.at)
    if json:
        as_json(found)
    else:
        say(f"{'source':<24} {'last success':<20} {'complete until':<20} {'known':>6} {'unread':>6}  health")
        for s in found.sources:
            times = f"{when(s.last_success, now):<20} {when(s.complete_until, now):<20}"
            say(f"{s.source:<24} {times} {s.known:>6} {s.unread:>6}  {s.health}")
            for gap in s.gaps:
                say(f"{'':<24} gap: {gap}")
        say()
        for d in found.digests:
            issue = f"nr. {d.last_issue} of {when(d.last_made, now)}" if d.last_issue else "no issue yet"
            say(f"{d.digest:<24} {issue}, {d.waiting} waiting")
        say(f"{found.delivered} delivered, {len(found.deliveries)} not finished")
        for one in found.deliveries:
            say(f"  {_delivery(one, now)}")
    if not found.healthy:
        worst = next((s for s in found.sources if s.health != "ok"), None)
        complain(f"beleidsradar: {worst.source}: {worst.health}" if worst else "beleidsradar: there are dead deliveries")
        raise typer.Exit(1)


def _delivery(found: DeliveryStatus, now: datetime) -> str:
    text = f"{found.digest} through {found.channel}, part {found.part}: {found.state} since {when(found.since, now)}"
    if found.next_try:
        text += f", next try {when(found.next_try, now)}"
    return f"{text}: {found.why}" if found.why else text


def show(paper: str, *, json: bool) -> None:
    """One paper as a tree."""
    radar = opening.radar(create=False)
    found = showing.show(radar, paper)
    if json:
        as_json(found)
        return
    say(f"{found.id}  {found.kind}  item {found.item}")
    say(f"{found.title}")
    if found.citation:
        say(found.citation)
    say(f"dated {found.dated or 'unknown'}, published {found.published or 'unknown'}")
    for line in tree(found, radar.clock.now()):
        say(line)


def tree(found: Shown, now: datetime) -> Iterator[str]:
    """The branches below a paper; the last one is drawn as the last."""
    branches = [(f"{copy.url}  ({copy.source}, {copy.state})", _versions(copy, now)) for copy in found.copies]
    for label, lines in (
        ("also known as", found.aliases),
        ("thread", found.thread),
        ("attachments", found.attachments),
        ("cites", found.cites),
        ("cited by", found.cited_by),
    ):
        branches += [(f"{label}: {line}", []) for line in lines]
    for number, (head, below) in enumerate(branches, 1):
        last = number == len(branches)
        yield f"{'└─' if last else '├─'} {head}"
        yield from (f"{' ' if last else '│'}   {line}" for line in below)


def _versions(copy: CopyLine, now: datetime) -> list[str]:
    out = []
    for version in copy.versions:
        out.append(f"version {version.seq} of {when(version.created, now)}, content {version.content_hash[:SHORT]}")
        for snapshot in version.snapshots:
            role, _, sha256 = snapshot.rpartition(" ")
            out.append(f"  snapshot {role} {sha256[:SHORT]}")
    return out


def diff(paper: str, older: int | None, newer: int | None, *, json: bool) -> None:
    """What changed, fact by fact and sentence by sentence."""
    found = showing.diff(opening.radar(create=False), paper, older, newer)
    if json:
        as_json({"url": found.url, "from": found.older, "to": found.newer, "changes": found.changes})
        return
    if found.older == found.newer and older is None and newer is None:
        say(f"{found.url}: one version only")
        return
    say(f"{found.url}: version {found.older} to {found.newer}")
    if not found.changes:
        say("no difference")
    for change in found.changes:
        _change(change)


def _change(change: Change) -> None:
    say(f"{change.label}{f' ({change.delta})' if change.delta else ''}")
    if change.before:
        say(f"  - {change.before}")
    if change.after:
        say(f"  + {change.after}")
