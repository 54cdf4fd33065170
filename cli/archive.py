"""status, show, diff, why and db: looking at what is stored."""

from __future__ import annotations

import os
from datetime import datetime

import typer

from cli.output import as_json, complain, say
from domain.assessments import Assessment
from domain.calendar import day_and_time
from domain.changes import Change
from services import explain as explaining
from services import show as showing
from services import status as standing
from services.environment import sources_path
from services.settings import load
from services.wiring import open_radar
from storage import migrate
from storage.unit_of_work import Store


def status(*, json: bool) -> None:
    """Every source and every delivery; exit 1 when a reader would notice something."""
    found = standing.status(open_radar(os.environ, create=False))
    if json:
        as_json(found)
    else:
        say(f"{'source':<24} {'last success':<18} {'complete until':<18} {'known':>6} {'unread':>6}  health")
        for s in found.sources:
            say(
                f"{s.source:<24} {_when(s.last_success):<18} {_when(s.complete_until):<18} {s.known:>6} {s.unread:>6}  {s.health}"
            )
            for gap in s.gaps:
                say(f"{'':<24} gap: {gap}")
        say()
        for d in found.digests:
            issue = f"nr. {d.last_issue} of {_when(d.last_made)}" if d.last_issue else "no issue yet"
            say(f"{d.digest:<24} {issue}, {d.waiting} waiting")
        say(f"{found.delivered} delivered, {len(found.deliveries)} not finished")
        for one in found.deliveries:
            say(f"  {one.digest} through {one.channel}, part {one.part}: {one.state} since {_when(one.since)}: {one.why}")
    if not found.healthy:
        worst = next((s for s in found.sources if s.health != "ok"), None)
        complain(f"beleidsradar: {worst.source}: {worst.health}" if worst else "beleidsradar: there are dead deliveries")
        raise typer.Exit(1)


def show(paper: str, *, json: bool) -> None:
    """One paper as a tree."""
    found = showing.show(open_radar(os.environ, create=False), paper)
    if json:
        as_json(found)
        return
    say(f"{found.id}  {found.kind}  item {found.item}")
    say(f"{found.title}")
    if found.citation:
        say(found.citation)
    say(f"dated {found.dated or 'unknown'}, published {found.published or 'unknown'}")
    for copy in found.copies:
        say(f"├─ {copy.url}  ({copy.source}, {copy.state})")
        for version in copy.versions:
            say(f"│   version {version.seq} of {_when(version.created)}, content {version.content_hash[:12]}")
            for snapshot in version.snapshots:
                say(f"│     snapshot {snapshot}")
    for label, lines in (
        ("also known as", found.aliases),
        ("thread", found.thread),
        ("attachments", found.attachments),
        ("cites", found.cites),
        ("cited by", found.cited_by),
    ):
        for line in lines:
            say(f"├─ {label}: {line}")


def diff(paper: str, older: int | None, newer: int | None, *, json: bool) -> None:
    """What changed, fact by fact and sentence by sentence."""
    found = showing.diff(open_radar(os.environ, create=False), paper, older, newer)
    if json:
        as_json({"url": found.url, "from": found.older, "to": found.newer, "changes": found.changes})
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


def why(paper: str, *, fetch: bool, json: bool) -> None:
    """The whole story of a paper."""
    radar = open_radar(os.environ, create=False)
    found = explaining.why_fetched(radar, paper) if fetch else explaining.why(radar, paper)
    if json:
        as_json(found)
        return
    if found.title:
        say(f"{found.id}  {found.title}")
    say(found.answer)
    for url in found.urls:
        say(f"  {url}")
    if found.routes:
        say(f"  shown by: {', '.join(found.routes)}")
    for story in found.events:
        say(f"{story.kind} {_when(story.seen)}" + (f", release {story.release}, visit {story.visit}" if story.release else ""))
        for assessment in story.assessments:
            _assessment(assessment)
        for told in story.told:
            say(f"  {told.digest}: {told.level}, {told.issue or 'waits for the next issue'}")
            for delivery in told.deliveries:
                say(f"    {delivery}")


def _assessment(found: Assessment) -> None:
    say(f"  {found.topic}: {found.level.value}, score {found.score / 100:.2f}")
    for reason in sorted(found.reasons, key=lambda r: -abs(r.weight)):
        words = f" '{reason.words}' {reason.count}x in {reason.field}" if reason.words else ""
        say(f"    {reason.weight / 100:+7.2f}  {reason.rule}{words}")
        if reason.sentence:
            say(f'             "{reason.sentence}"')


def db_check(*, json: bool) -> None:
    """Schema and content hash."""
    radar = open_radar(os.environ, create=False)
    with radar.store.read() as unit:
        content = unit.content_hash()
    if json:
        as_json({"schema": migrate.newest(), "content_hash": content})
    else:
        say(f"schema {migrate.newest()}, content {content}")


def db_upgrade() -> None:
    """To the schema of this release."""
    store = Store(load(sources_path(os.environ), os.environ).database_url.reveal())
    before = migrate.current(store)
    migrate.upgrade(store)
    say(f"schema {before or 'none'} -> {migrate.newest()}")


def _when(iso: str) -> str:
    return day_and_time(datetime.fromisoformat(iso)) if iso else "never"
