"""The commands for a board, a person and a reading room: coverage, people and site, with their arguments."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import Json

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2021-12-09.")]
Person = Annotated[str, typer.Argument(metavar="ADDRESS", help="A mail address, or a name as it stands with mutes and labels.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    people = typer.Typer(help="What is stored about a person.", no_args_is_help=True)
    app.command()(coverage)
    app.command()(site)
    people.command("export")(people_export)
    people.command("forget")(people_forget)
    app.add_typer(people, name="people")


def coverage(
    since: Day,
    until: Day,
    html: Annotated[Path | None, typer.Option(dir_okay=False, help="Write one page to read and print (Dutch).")] = None,
    json: Json = False,
) -> None:
    """What was visited, listed, read, told and missed in a period, both days included."""
    from cli import coverage as counting

    counting.coverage(since.date(), until.date(), html, json=json)


def site(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or one that this command made.")],
    json: Json = False,
) -> None:
    """Write the reading room: a page per issue and per paper, with versions and differences."""
    from cli import site as writing

    writing.site(folder, json=json)


def people_export(person: Person) -> None:
    """Everything that is stored about a person, as JSON."""
    from cli import people

    people.export(person)


def people_forget(person: Person, json: Json = False) -> None:
    """Take a person out of the archive. What was told stays known, without a name."""
    from cli import people

    people.forget(person, json=json)
