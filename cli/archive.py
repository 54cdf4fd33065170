"""status and show: looking at what is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import typer

from cli import opening
from cli.output import as_json, complain, say
from services import show as showing
from services import status as standing
from services.backup import in_words
from services.promises import DAYS
from services.scheme_history import SchemeShown
from services.show import CopyLine, Shown
from services.status import DeliveryStatus
from services.when import when

SHORT = 12
"""Digits of a hash that are enough to tell versions apart; `--json` has them all."""


def status(*, json: bool) -> None:
    """Every source and every delivery; exit 1 when a reader would notice something."""
    radar, faults = opening.in_force(create=False)
    found = replace(standing.status(radar, measured=True), configuration=tuple(str(fault) for fault in faults))
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
            for gap in s.filled_gaps:
                say(f"{'':<24} was a gap: {gap}")
        say()
        for d in found.digests:
            issue = f"nr. {d.last_issue} of {when(d.last_made, now)}" if d.last_issue else "no issue yet"
            say(f"{d.digest:<24} {issue}, {d.waiting} waiting")
        say(f"{found.delivered} delivered, {len(found.deliveries)} not finished")
        for one in found.deliveries:
            say(f"  {_delivery(one, now)}")
        for fault in found.configuration:
            say(f"settings: {fault}; the last good ones are in force")
        for over in found.over_budget:
            say(f"volume: {over}")
        if found.backups is not None:
            say(f"backups: {in_words(found.backups)}")
        say(f"promised and measured over {DAYS} days:")
        for promise in found.promises:
            sign = {True: "kept", False: "NOT KEPT", None: "-"}[promise.kept]
            say(f"  {promise.about:<58} {promise.promised:<31} {sign:<9} {promise.measured}")
    if not found.healthy:
        worst = next((s for s in found.sources if s.health != "ok"), None)
        said = f"{worst.source}: {worst.health}" if worst else "there are dead deliveries"
        complain(f"beleidsradar: {found.configuration[0] if found.configuration else said}")
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
    state = f" ({found.thread_state})" if found.thread_state else ""
    for label, lines in (
        ("also known as", found.aliases),
        (f"thread{state}", found.thread),
        ("hangs under", found.part_of),
        ("attachments", found.attachments),
        ("takes the place of", found.replaces),
        ("replaced by", found.replaced_by),
        ("cites", found.cited_lines),
        ("refers by day only, not looked up", found.by_day),
        ("cited by", found.cited_by),
        ("merged", found.merges),
    ):
        if lines or (label.startswith("thread") and state):
            branches.append((label, list(lines)))
    if found.scheme is not None:
        branches += _scheme(found.scheme, now)
    for number, (head, below) in enumerate(branches, 1):
        last = number == len(branches)
        yield f"{'└─' if last else '├─'} {head}"
        yield from (f"{' ' if last else '│'}   {line}" for line in below)


def _scheme(found: SchemeShown, now: datetime) -> list[tuple[str, list[str]]]:
    """The sheet of a scheme page or act, what of it was not read, where sources contradict it, and the scheme's history."""
    standing = "provisional" if found.provisional else "final"
    lines = [
        f"{fact.label}: {fact.value}{' (as last read)' if fact.kept else ''}  [{fact.snapshot[:SHORT]}] {fact.sentence}"
        for fact in found.facts
    ]
    branches = [(f"scheme {found.scheme} ({standing})", lines)]
    branches += [(line, []) for line in (*found.not_read, *found.contradictions)]
    past = [
        f"{when(datetime.fromisoformat(one.seen), now)} {one.paper}: {one.label}: {one.before} -> {one.after}"
        + (f", {one.delta}" if one.delta else "")
        for one in found.history
    ]
    return [*branches, ("history of the scheme", past)] if past else branches


def _versions(copy: CopyLine, now: datetime) -> list[str]:
    out = []
    for version in copy.versions:
        out.append(f"version {version.seq} of {when(version.created, now)}, content {version.content_hash[:SHORT]}")
        for snapshot in version.snapshots:
            role, _, sha256 = snapshot.rpartition(" ")
            out.append(f"  snapshot {role} {sha256[:SHORT]}")
    return out
