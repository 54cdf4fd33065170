"""`beleidsradar db`: its commands with their arguments; the work is in `cli.database`."""

from __future__ import annotations

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
def db_upgrade(json: Json = False) -> None:
    """Bring the database to the schema of this release."""
    from cli import database

    database.upgrade(json=json)


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
