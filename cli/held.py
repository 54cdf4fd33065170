"""held: what an issue only counted, paper by paper."""

from __future__ import annotations

from datetime import date

from cli import opening
from cli.output import as_json, say
from cli.rules import phrase
from services import held as holding
from services.held import HeldPaper
from services.when import when


def held(name: str, since: date | None, *, json: bool) -> None:
    """The held list of an issue (of all since a day), and what waits for the next one."""
    radar = opening.radar(create=False)
    found = holding.held(radar, name, since)
    if json:
        as_json({"digest": name, "issues": found})
        return
    for issue in found:
        head = (
            f"{name} nr. {issue.number}, {when(issue.made, radar.clock.now())}"
            if issue.number
            else f"{name}, waiting for the next issue"
        )
        say(f"{head}: {issue.count} held")
        for paper in issue.papers:
            _paper(paper)


def _paper(paper: HeldPaper) -> None:
    say(f"  {paper.id or paper.url}  {paper.title[:90]}")
    judged = f"{paper.level} {paper.score / 100:.2f}: " if paper.level else ""
    telling = [reason for reason in paper.reasons if reason.rule == "muted" or reason.rule.startswith("negative:")]
    shown = telling or sorted(paper.reasons, key=lambda reason: -abs(reason.weight))[:2]
    said = "; ".join(
        phrase(r.rule) + (f" ({r.term}; {r.words})" if r.rule == "muted" else f" '{r.words}'" if r.words else "") for r in shown
    )
    say(f"    {judged}{said or paper.ground}")
