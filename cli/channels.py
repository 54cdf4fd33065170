"""channels: which there are, and trying one."""

from __future__ import annotations

import typer

from cli import opening
from cli.output import as_json, complain, say
from services.channel_test import ChannelTest, try_channel


def test(name: str, to: str, *, json: bool) -> None:
    """Send a test message and say what the server said; exit 1 when it was not accepted."""
    found = try_channel(opening.radar(create=False), name, to)
    if json:
        as_json(found)
    elif found.works:
        say(_line(found))
        if found.released:
            say("this address refused before and got no mail; it gets its mail again")
    if not found.works:
        complain(f"beleidsradar: {_line(found)}; mend {found.variable}")
        raise typer.Exit(1)


def _line(found: ChannelTest) -> str:
    said = {"delivered": "accepted", "transient": "refused for now", "permanent": "refused", "unknown": "no answer"}
    return f"channel {found.channel}: {said[found.outcome]} ({found.code}): {found.said}"
