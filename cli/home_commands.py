"""The commands with which a home begins: init and doctor, with their arguments."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.arguments import Json


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("init")(initialise)
    app.command()(doctor)


def initialise(
    home: Annotated[Path | None, typer.Option(metavar="DIR", help="Your own folder; BELEIDSRADAR_HOME without it.")] = None,
    organisation: Annotated[str, typer.Option(help="Your organisation, as papers write it.")] = "",
    contact: Annotated[str, typer.Option(metavar="MAIL", help="A mail address that you read; it stands in every request.")] = "",
    mail: Annotated[str, typer.Option(metavar="URL", help="Apprise URL of your mail server, without recipients.")] = "",
    slack: Annotated[str, typer.Option(metavar="URL", help="Apprise URL of Slack.")] = "",
    to: Annotated[list[str] | None, typer.Option(metavar="MAIL", help="Who gets the digest; more than once for several.")] = None,
    topic: Annotated[str, typer.Option(help="The shipped pack that yours extends; procesinnovatie without it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; what is missing is an error.")] = False,
    test_channels: Annotated[bool, typer.Option("--test-channels", help="Send a test message through each channel.")] = False,
    json: Json = False,
) -> None:
    """Write the first files of your own home, by options or questions; replaces nothing."""
    from cli import initialising
    from services.init import Answers
    from services.secret import Secret

    given = Answers(organisation, contact, topic, tuple(to or ()), Secret(mail), Secret(slack))
    initialising.initialise(home, given, yes=yes, test_channels=test_channels, json=json)


def doctor(
    source: Annotated[str | None, typer.Argument(help="A source of sources.yaml; all without it.")] = None,
    json: Json = False,
) -> None:
    """Does all hold that readers rely on? A polite request per list and kind of page; leaves the archive as it is."""
    from cli import doctoring

    doctoring.doctor(source, json=json)
