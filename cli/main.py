"""`beleidsradar`: every command with its arguments.

Commands import what they need when they run, because Prefect and SQLAlchemy take seconds. What an error means for the user stands
in `cli.outcomes`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from cli import board_commands, home_commands, outbox_commands, outcomes, paper_commands
from cli.arguments import Json
from cli.db_commands import db
from cli.notations import Form
from cli.output import say

app = typer.Typer(
    name="beleidsradar",
    help="Watches rijksoverheid.nl, rvo.nl and officielebekendmakingen.nl and tells what is new.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
evaluate = typer.Typer(help="Scores the product's own code on labelled examples.", no_args_is_help=True)
topics = typer.Typer(help="Tools for whoever tunes a topic pack.", no_args_is_help=True)
app.add_typer(db, name="db")
app.add_typer(topics, name="topics")
app.add_typer(evaluate, name="evaluate")
home_commands.register(app)
paper_commands.register(app)
board_commands.register(app)
outbox_commands.register(app)

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day, such as 2021-12-09.")]
Paper = Annotated[str, typer.Argument(help="An id (kst-32637-480), an item id (R-...), or an address.")]
Topic = Annotated[str, typer.Option(help="A topic of sources.yaml; not needed when there is only one.")]
By = Annotated[str, typer.Option(help="Who decides; your user name without it.")]
What = Annotated[str, typer.Argument(help="An id, dossier:N, a term of the pack, an organisation, or an address.")]
Examples = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A JSON-lines file of labelled examples.")]
Predictions = Annotated[Path | None, typer.Option(help="Write what the code says per example to this file.")]


HOMELESS = ("demo", "init")
"""Commands that bring their own home: what the file of another one says must not reach them."""


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"beleidsradar {version('beleidsradar')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Watches rijksoverheid.nl, rvo.nl and officielebekendmakingen.nl and tells what is new."""
    if context.invoked_subcommand not in HOMELESS:
        from services import environment_file

        os.environ.update(environment_file.complete(os.environ))  # also for the processes that a command starts


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
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the dashboard.")] = 4200,
    host: Annotated[str, typer.Option(help="Address of the dashboard; another one needs a login.")] = "127.0.0.1",
) -> None:
    """The scheduled service: Prefect server with dashboard, all deployments, automations."""
    from cli import serving

    serving.serve(host, port)


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
    other: Annotated[str | None, typer.Option("--with", help="Another paper: compare the newest version of both.")] = None,
    html: Annotated[Path | None, typer.Option(dir_okay=False, help="Write one page with both versions side by side.")] = None,
    form: Annotated[Form | None, typer.Option("--as", help="Print it as text without colours, or for a message.")] = None,
    json: Json = False,
) -> None:
    """What changed between two versions of a paper, or between two papers."""
    from cli import differing

    differing.diff(paper, older, newer, other, html, form, json=json)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help='Words, "a phrase", OR, -without, (brackets); every inflection and spelling.')],
    source: Annotated[str, typer.Option(help="Only this source of sources.yaml.")] = "",
    kind: Annotated[str, typer.Option(help="Only this kind, such as letter or scheme.")] = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Papers dated on this day or later.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Papers dated on this day or before.")] = None,
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As it stood at the end of this day.")] = None,
    limit: Annotated[int, typer.Option(help="How many papers at most.")] = 20,
    json: Json = False,
) -> None:
    """Full text over what every page and paper says now, best first."""
    from cli import searching

    searching.search(query, source, kind, since, until, at, limit, json=json)


@app.command()
def why(
    paper: Paper,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Read a paper that was never seen and judge it; records nothing.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Every address and every rule, also those without weight.")] = False,
    addresses: Annotated[bool, typer.Option("--addresses", help="Name readers by their address.")] = False,
    json: Json = False,
) -> None:
    """Was it seen, when, at what level, by which rule, told to whom, and if not, why not."""
    from cli import reasons

    reasons.why(paper, fetch=fetch, everything=everything, addresses=addresses, json=json)


@app.command()
def held(
    name: Annotated[str, typer.Argument(metavar="DIGEST", help="A digest of sources.yaml.")],
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Every issue from this day on; the last one without it.")
    ] = None,
    json: Json = False,
) -> None:
    """The papers that an issue only counted, each with its reasons."""
    from cli import held as holding

    holding.held(name, since.date() if since else None, json=json)


@app.command()
def mute(
    what: What,
    reason: Annotated[str, typer.Option(help="Why; a colleague reads it in three months.")],
    topic: Topic = "",
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day on which it is muted; 90 days without it.")
    ] = None,
    by: By = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would have changed.")] = False,
    json: Json = False,
) -> None:
    """Demote something to the held list, with who, why and until when. Never hides a scheme change, a follow or your own name."""
    from cli import tuning

    tuning.mute(what, topic, until, reason, by, preview=preview, json=json)


@app.command()
def unmute(what: What, topic: Topic = "", by: By = "", json: Json = False) -> None:
    """Take a mute back."""
    from cli import tuning

    tuning.unmute(what, topic, by, json=json)


@app.command()
def label(
    paper: Paper,
    level: Annotated[str, typer.Argument(help="must_read, relevant, mention or held.")],
    topic: Topic = "",
    reason: Annotated[str, typer.Option(help="Why it should have this level.")] = "",
    by: By = "",
    json: Json = False,
) -> None:
    """Add a paper to the team's own examples, which `check` guards from then on."""
    from cli import tuning

    tuning.label(paper, level, topic, reason, by, json=json)


@topics.command("try")
def topics_try(
    topic: Annotated[str, typer.Argument(help="A topic of sources.yaml.")],
    term: Annotated[str, typer.Argument(help="The term, as it would stand in the pack.")],
    under: Annotated[str, typer.Option("--as", help="Under which list: must_read, relevant or never_alone.")] = "relevant",
    json: Json = False,
) -> None:
    """What one more term would bring over the last 90 days; writes nothing."""
    from cli import tuning

    tuning.topics_try(topic, term, under, json=json)


@topics.command("audit")
def topics_audit(topic: Topic = "", json: Json = False) -> None:
    """Terms that can never fire or did not, what is redundant or shared, and mutes that ended."""
    from cli import tuning

    tuning.topics_audit(topic, json=json)


@app.command()
def replay(
    since: Day,
    until: Day,
    packs: Annotated[
        Path | None, typer.Option("--topics", exists=True, dir_okay=False, help="A pack in the place of its topic's.")
    ] = None,
    notify: Annotated[str, typer.Option(metavar="DIGEST", help="Tell this digest what was gained, once.")] = "",
    json: Json = False,
) -> None:
    """Judge the papers of a period again: what would be gained and lost."""
    from cli import tuning

    tuning.replay(since.date(), until.date(), packs, notify, json=json)


@app.command()
def approve(
    visit: Annotated[int | None, typer.Argument(help="Only what this visit found.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Only show what waits.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Keep it in the archive and tell nobody.")] = False,
    json: Json = False,
) -> None:
    """Let floods of old papers, which wait for a person, be told after all."""
    from cli import tuning

    tuning.approve(visit, listing=listing, drop=drop, json=json)


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
    return outcomes.run(_commands(), sys.argv[1:] if arguments is None else arguments)


@cache
def _commands() -> Callable[..., object]:
    """The commands as Typer builds them from the functions above, once."""
    return typer.main.get_command(app)
