"""db: the archive's database."""

from __future__ import annotations

import typer

from cli import opening
from cli.output import as_json, complain, say
from services import integrity
from services import reread as rereading
from services import search as searching
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


def upgrade(*, json: bool) -> None:
    """To the schema of this release, with its search index; an absent archive is not made here, and a database of somebody else
    is left alone."""
    store = Store(opening.database_url(create=False))
    before = migrate.current(store)
    if before is None:
        migrate.require_current(store)  # raises, and says which of the two it is
    migrate.upgrade(store)
    indexed = searching.reindex_when_stale(store)
    if json:
        as_json({"from": before, "to": migrate.newest(), "indexed": indexed})
    else:
        say(f"schema {before or 'none'} -> {migrate.newest()}{f', {indexed} versions indexed for search' if indexed else ''}")


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
