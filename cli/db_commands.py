"""`beleidsradar db`: its commands with their arguments; the work is in `cli.database`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import Json

db = typer.Typer(help="The archive's database.", no_args_is_help=True)


@db.command("check")
def db_check(json: Json = False) -> None:
    """Check that everything stored is what it was, and print the content hash of the archive."""
    from cli import database

    database.check(json=json)


@db.command("upgrade")
def db_upgrade(
    without_backup: Annotated[bool, typer.Option("--without-backup", help="Do not take a backup first.")] = False,
    json: Json = False,
) -> None:
    """Bring the database to the schema of this release, after a backup."""
    from cli import database

    database.upgrade(json=json, without_backup=without_backup)


@db.command("backup")
def db_backup(
    to: Annotated[Path | None, typer.Option(dir_okay=False, help="Write it here; into `backups` of the home without it.")] = None,
    json: Json = False,
) -> None:
    """Take a backup of archive and told ledger in one file, while the service goes on."""
    from cli import database

    database.backup(to, json=json)


@db.command("restore")
def db_restore(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="A backup that `db backup` or the service made.")],
    force: Annotated[bool, typer.Option("--force", help="Also while somebody works on the archive.")] = False,
    json: Json = False,
) -> None:
    """Put a backup back. The present archive is kept aside; what was told before is not told again."""
    from cli import database

    database.restore(file, force=force, json=json)


@db.command("reindex")
def db_reindex(json: Json = False) -> None:
    """Make the search index anew from what is stored."""
    from cli import database

    database.reindex(json=json)


@db.command("reread")
def db_reread(
    source: Annotated[str, typer.Argument(help="A source of sources.yaml; all without one.")] = "", json: Json = False
) -> None:
    """What today's readers make of every stored page; a report, changes nothing."""
    from cli import database

    database.reread(source, json=json)
