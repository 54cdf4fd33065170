"""The commands about deliveries: the outbox and the channels."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.arguments import Json

outbox = typer.Typer(help="What waits to be delivered, and what was given up.", no_args_is_help=True)
channels = typer.Typer(help="The channels of sources.yaml.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Put the commands on the command line."""
    app.add_typer(outbox, name="outbox")
    app.add_typer(channels, name="channels")


@outbox.command("list")
def outbox_list(
    dropped: Annotated[bool, typer.Option("--dropped", help="Also what was dropped.")] = False,
    addresses: Annotated[bool, typer.Option("--addresses", help="Name readers by their address.")] = False,
    json: Json = False,
) -> None:
    """What is not delivered: where, since when, the last answer, the next try, and the command to try again."""
    from cli import outbox as acting

    acting.listing(dropped=dropped, addresses=addresses, json=json)


@outbox.command("retry")
def outbox_retry(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Numbers of `outbox list`.")] = None,
    channel: Annotated[str, typer.Option(help="Everything of this channel that is not delivered.")] = "",
    dead: Annotated[bool, typer.Option("--dead", help="Everything that was given up.")] = False,
    json: Json = False,
) -> None:
    """Try again, from now on, with as many tries as a new message has."""
    from cli import outbox as acting

    acting.retry(ids or [], channel, dead=dead, json=json)


@outbox.command("drop")
def outbox_drop(
    delivery: Annotated[int, typer.Argument(metavar="ID", help="A number of `outbox list`.")],
    reason: Annotated[str, typer.Option(help="Why it need not arrive; `why` shows it.")],
    by: Annotated[str, typer.Option(help="Who decides; your user name without it.")] = "",
    json: Json = False,
) -> None:
    """Decide that a message need not arrive; it is kept, with the reason."""
    from cli import outbox as acting

    acting.drop(delivery, reason, by, json=json)


@channels.command("test")
def channels_test(
    name: Annotated[str, typer.Argument(help="A channel of sources.yaml.")],
    to: Annotated[str, typer.Option(help="The address, for mail; the digest's owner without it.")] = "",
    json: Json = False,
) -> None:
    """Send a test message through a channel and say what the other side said."""
    from cli import channels as acting

    acting.test(name, to, json=json)
