"""db: the archive's database."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import typer

from cli import opening
from cli.output import as_json, complain, say
from domain.calendar import AMSTERDAM
from services import backup as backups
from services import integrity
from services import reread as rereading
from services import search as searching
from services.clock import from_environment
from services.reread import Differing, Reread
from storage import migrate
from storage.unit_of_work import Store


def check(*, json: bool) -> None:
    """Schema, content hash, and whether everything that is stored is what it was; exit 1 when something is damaged."""
    found = integrity.check(opening.radar(create=False))
    if json:
        as_json({"schema": migrate.newest(), **{name: getattr(found, name) for name in found.__slots__}})
    else:
        say(f"schema {migrate.newest()}, content {found.content_hash}")
        said = [_whole(found.snapshots, found.damaged_snapshots, "snapshot", "match their SHA-256")]
        said.append(_whole(found.versions, found.damaged_versions, "version", "can be read"))
        say(", ".join(said))
    if found.damage:
        complain(f"beleidsradar: {found.damage}")
        raise typer.Exit(1)


def _whole(count: int, damaged: int, noun: str, what: str) -> str:
    return f"{count - damaged} of {count} {noun}s {what}" if damaged else f"{count} {noun}s {what}"


def upgrade(*, json: bool, without_backup: bool = False) -> None:
    """To the schema of this release, with its search index, and a backup before it; an absent archive is not made here, and a
    database of somebody else is left alone."""
    settings = opening.settings()
    store = Store(opening.database_url(create=False))
    before = migrate.current(store)
    if before is None:
        migrate.require_current(store)  # raises, and says which of the two it is
    saved = None
    if before != migrate.newest() and not without_backup:
        saved = backups.before_upgrade(settings, from_environment(os.environ))
        if not json:
            say(f"backed up to {saved.file}")
    migrate.upgrade(store)
    indexed = searching.reindex_when_stale(store)
    if json:
        as_json({"from": before, "to": migrate.newest(), "indexed": indexed, "backup": saved.file if saved else None})
    else:
        say(f"schema {before or 'none'} -> {migrate.newest()}{f', {indexed} versions indexed for search' if indexed else ''}")


def backup(to: Path | None, *, json: bool) -> None:
    """One backup now, while the service goes on."""
    taken = backups.backup(opening.radar(create=False), to)
    if json:
        as_json({"file": taken.file, "bytes": taken.bytes, **asdict(taken.manifest)})
    else:
        say(
            f"{taken.file}: {taken.bytes / 1_000_000:.1f} MB, schema {taken.manifest.schema}, "
            f"content {taken.manifest.content_hash}"
        )


def restore(file: Path, *, force: bool, json: bool) -> None:
    """Put a backup back; the present archive is kept and the ledger is only added to."""
    done = backups.put_back(opening.settings(), from_environment(os.environ), file, force=force)
    indexed = searching.reindex_when_stale(Store(opening.database_url(create=False)))
    if json:
        as_json({"file": file, "aside": done.aside, "schema": done.schema, "told": done.told, "indexed": indexed,
                 "content_hash": done.manifest.content_hash})  # fmt: skip
        return
    taken = datetime.fromisoformat(done.manifest.taken)
    said = f"schema {done.manifest.schema} -> {done.schema}" if done.manifest.schema != done.schema else f"schema {done.schema}"
    say(f"the archive of {taken.astimezone(AMSTERDAM):%Y-%m-%d %H:%M} is back: {said}, content {done.manifest.content_hash}")
    say(f"what stood there is kept in {done.aside}" if done.aside else "there was no archive before")
    if done.told is None:
        say("the backup's ledger has another key than told.key and was left alone")
    else:
        say(f"the ledger of what was told stays as it is{f', with {done.told} lines of the backup' if done.told else ''}")


def reindex(*, json: bool) -> None:
    """The search index, made anew from what is stored."""
    count = searching.reindex(opening.radar(create=False).store)
    if json:
        as_json({"versions": count})
    else:
        say(f"{count} versions indexed")


def reread(source: str, *, json: bool) -> None:
    """What today's readers make of the archive; changes nothing."""
    reports = rereading.reread(opening.radar(create=False), source)
    if json:
        as_json({"sources": reports})
        return
    for report in reports:
        _told(report)
    say("nothing was changed: a paper that changes is compared with what today's reader makes of its old bytes")


def _told(found: Reread) -> None:
    counts = f"{found.same} the same, {found.differently} differently ({found.content} in what they say)"
    say(f"{found.source} (parser {found.parser}): {counts}, {found.unreadable} no longer")
    for lines, count in ((found.differences, found.differently), (found.failures, found.unreadable)):
        for line in lines:
            say(f"  {_line(line)}")
        if count > len(lines):
            say(f"  and {count - len(lines)} more")


def _line(found: Differing) -> str:
    return f"{found.id} version {found.version}: {found.what}"
