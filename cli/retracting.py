"""retract: something told was a mistake of ours; those who got it hear so in their next issue."""

from __future__ import annotations

from cli import opening
from cli.output import as_json, say
from domain.errors import UsageError
from services import retracting


def retract(paper: str, because: str, *, json: bool) -> None:
    """Take a paper back, and say which digests will tell so. Raises UsageError without a reason: readers see it."""
    reason = because.strip()
    if not reason:
        raise UsageError("--because is empty: say what was wrong; the readers who got the paper see it")
    done = retracting.retract(opening.radar(create=False), paper, reason)
    if json:
        as_json(done)
        return
    say(f"retracted {done.id}: {done.events} {'event' if done.events == 1 else 'events'}")
    if done.digests:
        say(f"the next issue of {', '.join(done.digests)} says so, with your reason")
    else:
        say("no digest showed it, so nobody hears of it")
