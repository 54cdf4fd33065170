"""people: what is stored about a person, and taking them out of it."""

from __future__ import annotations

from cli import opening
from cli.output import as_json, say
from services import people


def export(name: str) -> None:
    """One JSON document with everything."""
    as_json(people.export(opening.radar(create=False), name))


def forget(name: str, *, json: bool) -> None:
    """Take a person out, and say what cannot be touched from here."""
    done = people.forget(opening.radar(create=False), name)
    if json:
        as_json(done)
        return
    changed = ", ".join(f"{count} {what}" for what, count in done.changed.items() if count)
    say(f"forgotten: {changed}" if changed else "nothing was stored under this name")
    say("not touched:")
    for what in done.elsewhere:
        say(f"  {what}")
