"""The commands about single papers beside show, diff and why: fetch, gaps, retract and merges, with their arguments."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output and nothing else.")]
Paper = Annotated[str, typer.Argument(help="An id (kst-32637-473) or an address.")]
Told = Annotated[str, typer.Argument(metavar="ID", help="An id (kst-32637-480), an item id (R-...), or an address.")]
Dossier = Annotated[str, typer.Option(help="Only this dossier, such as 32637.")]
Number = Annotated[int, typer.Argument(help="The number of the merge in the list.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    merges = typer.Typer(help="Which papers were taken for one, and why.", no_args_is_help=True)
    app.command()(fetch)
    app.command()(gaps)
    app.command()(retract)
    merges.command("list")(merges_list)
    merges.command("undo")(merges_undo)
    app.add_typer(merges, name="merges")


def fetch(paper: Paper, json: Json = False) -> None:
    """Read one paper now, such as one that a letter cites; tells nobody."""
    from cli import papers

    papers.fetch(paper, json=json)


def gaps(dossier: Dossier = "", json: Json = False) -> None:
    """What is cited and not in the archive, and numbers that are missing in a dossier."""
    from cli import papers

    papers.gaps(dossier, json=json)


def retract(
    paper: Told,
    because: Annotated[str, typer.Option("--because", help="What was wrong; the readers who got it see this.")],
    json: Json = False,
) -> None:
    """Take back what was told of a paper by mistake; the next issue of each digest that showed it says so."""
    from cli import retracting

    retracting.retract(paper, because, json=json)


def merges_list(json: Json = False) -> None:
    """Every merge with its number, reasons and addresses."""
    from cli import papers

    papers.merges(json=json)


def merges_undo(number: Number, json: Json = False) -> None:
    """Make two papers of one again; they stay two from then on."""
    from cli import papers

    papers.undo(number, json=json)
