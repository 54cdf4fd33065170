"""`beleidsradar`: every command with its arguments.

Commands import what they need when they run, because Prefect and SQLAlchemy take seconds. What an error means for the user stands
in `cli.outcomes`.
"""

from __future__ import annotations

import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from cli import outcomes
from cli.output import say

app = typer.Typer(
    name="beleidsradar",
    help="Watches rijksoverheid.nl, rvo.nl and officielebekendmakingen.nl and tells what is new.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
db = typer.Typer(help="The archive's database.", no_args_is_help=True)
evaluate = typer.Typer(help="Scores the product's own code on labelled examples.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(evaluate, name="evaluate")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output and nothing else.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2021-12-09.")]
Paper = Annotated[str, typer.Argument(help="An id (kst-32637-480), an item id (R-...), or an address.")]
Examples = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A JSON-lines file of labelled examples.")]
Predictions = Annotated[Path | None, typer.Option(help="Write what the code says per example to this file.")]


def _version(wanted: bool) -> None:
    if wanted:
        say(f"beleidsradar {version('beleidsradar')}")
        raise typer.Exit


@app.callback()
def options(
    shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Watches rijksoverheid.nl, rvo.nl and officielebekendmakingen.nl and tells what is new."""


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Where the digests are written.")] = Path("demo-output"),
    keep: Annotated[bool, typer.Option("--keep", help="Leave dashboard and miniature sites up until Ctrl-C.")] = False,
    json: Json = False,
) -> None:
    """Play seven days on miniature sites: no network, no keys."""
    from cli import demo as playing

    playing.play(output, keep=keep, json=json)


@app.command()
def check(json: Json = False) -> None:
    """Check sources.yaml, topics, channels and database; shows everything that is wrong at once."""
    from cli import checking

    checking.check(json=json)


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help="Which sources; all without any.")] = None,
    json: Json = False,
) -> None:
    """Visit the sources once, now, without any engine."""
    from cli import watching

    watching.run(sources or [], json=json)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port of the dashboard on 127.0.0.1.")] = 4200,
) -> None:
    """The scheduled service: Prefect server with dashboard, all deployments, automations."""
    from cli import serving

    serving.serve(port)


@app.command()
def backfill(
    source: Annotated[str, typer.Argument(help="A source of sources.yaml.")],
    since: Day,
    until: Day,
    dossier: Annotated[str, typer.Option(help="Only this dossier, such as 32637.")] = "",
    id: Annotated[str, typer.Option("--id", help="Only this paper, such as kst-32637-473.")] = "",
    topic: Annotated[str, typer.Option(help="Only what this topic's terms, dossiers and followed papers point at.")] = "",
    plan: Annotated[bool, typer.Option("--plan", help="Only say what it will cost; asks the lists.")] = False,
    notify: Annotated[str, typer.Option(metavar="DIGEST", help="Tell this digest what was found; nobody without it.")] = "",
    json: Json = False,
) -> None:
    """Load older papers: quiet by default, resumable."""
    from cli import loading

    loading.backfill(source, since.date(), until.date(), dossier, id, topic, notify, only_plan=plan, json=json)


@app.command()
def digest(
    name: Annotated[str, typer.Argument(help="A digest of sources.yaml.")],
    at: Annotated[datetime | None, typer.Option(help="With --send: the issue that was planned for this time.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="An overview of what was first seen from this day on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day of the overview, included; today without it.")
    ] = None,
    preview: Annotated[Path | None, typer.Option(help="Write the renderings here; the outbox stays as it is.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Make the issue and deliver it.")] = False,
    json: Json = False,
) -> None:
    """Build a digest now, or an overview of a period; print it, preview it or send it."""
    from cli import telling

    telling.digest(name, at, since, until, preview, send=send, json=json)


@app.command()
def deliver(json: Json = False) -> None:
    """Make every digest that is due and send what waits."""
    from cli import telling

    telling.deliver(json=json)


@app.command()
def status(json: Json = False) -> None:
    """How every source and every delivery stands."""
    from cli import archive

    archive.status(json=json)


@app.command()
def show(paper: Paper, json: Json = False) -> None:
    """A paper with its copies, versions, thread and citations."""
    from cli import archive

    archive.show(paper, json=json)


@app.command()
def diff(
    paper: Paper,
    older: Annotated[int | None, typer.Option("--from", help="The older version's number.")] = None,
    newer: Annotated[int | None, typer.Option("--to", help="The newer version's number.")] = None,
    json: Json = False,
) -> None:
    """What changed between two versions of a paper."""
    from cli import archive

    archive.diff(paper, older, newer, json=json)


@app.command()
def why(
    paper: Paper,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Read a paper that was never seen and judge it; records nothing.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every address and every rule, also those without weight.")] = False,
    json: Json = False,
) -> None:
    """Was it seen, when, at what level, by which rule, told to whom, and if not, why not."""
    from cli import reasons

    reasons.why(paper, fetch=fetch, everything=everything, json=json)


@db.command("check")
def db_check(json: Json = False) -> None:
    """Check the database and print the content hash of the archive."""
    from cli import database

    database.check(json=json)


@db.command("upgrade")
def db_upgrade(json: Json = False) -> None:
    """Bring the database to the schema of this release."""
    from cli import database

    database.upgrade(json=json)


@evaluate.command("relevance")
def evaluate_relevance(
    file: Examples,
    topic: Annotated[str, typer.Option(help="A topic of sources.yaml.")] = "procesinnovatie",
    predictions: Predictions = None,
    json: Json = False,
) -> None:
    """Recall and precision of the levels."""
    from cli import evaluating

    evaluating.relevance(file, topic, predictions, json=json)


@evaluate.command("citations")
def evaluate_citations(file: Examples, predictions: Predictions = None, json: Json = False) -> None:
    """Which citations are read exactly right."""
    from cli import evaluating

    evaluating.citations(file, predictions, json=json)


@evaluate.command("duplicates")
def evaluate_duplicates(file: Examples, predictions: Predictions = None, json: Json = False) -> None:
    """Which copies are joined and which look-alikes stay apart."""
    from cli import evaluating

    evaluating.duplicates(file, predictions, json=json)


def main(arguments: list[str] | None = None) -> None:
    """The console script."""
    sys.exit(run_command(arguments))


def run_command(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code, with what went wrong said in a line on standard error."""
    return outcomes.run(app, sys.argv[1:] if arguments is None else arguments)
