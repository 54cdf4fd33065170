"""The standing artifact as Markdown: what an operator reads twice a week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from domain.calendar import day_and_time
from flows.escaping import plain
from services.overview import Standing


def headline(now: Standing) -> str:
    """All in order, or what needs attention, in a line."""
    about = [s.source for s in now.status.sources if s.health != "ok"] + [one.source or "the archive" for one in now.incidents]
    if now.status.healthy and not about:
        return "All in order: every source and every delivery"
    return f"Needs attention: {', '.join(dict.fromkeys(about)) or 'deliveries'}"


def standing_markdown(now: Standing, at: str) -> str:
    """Sources, what is out of order, digests, unfinished deliveries and canaries; `at` says when that was so."""
    status = now.status
    parts = [
        f"**{plain(headline(now))}** (state of {plain(at)})",
        _table(
            ("source", "health", "complete until", "last new", "known", "unread"),
            ((s.source, s.health, _when(s.complete_until), _when(s.last_new), s.known, s.unread) for s in status.sources),
        ),
    ]
    gaps = [f"- {plain(s.source)}: {plain(gap)}" for s in status.sources for gap in s.gaps]
    parts += ["### Gaps", "\n".join(gaps)] if gaps else ["### Gaps: none"]
    parts += _section(
        "Out of order",
        ("about", "since", "what", "operator"),
        [
            (
                one.source,
                day_and_time(one.began),
                one.said,
                f"told {day_and_time(one.told_began)}" if one.told_began else "not told",
            )
            for one in now.incidents
        ],
        "nothing",
    )
    parts += _section(
        "Digests",
        ("digest", "last issue", "made", "waiting"),
        [
            (d.digest, f"nr. {d.last_issue}" if d.last_issue else "none yet", _when(d.last_made), d.waiting)
            for d in status.digests
        ],
        "none",
    )
    parts += _section(
        f"Deliveries: {status.delivered} done, not finished",
        ("digest", "channel", "part", "state", "since", "why"),
        [(d.digest, d.channel, d.part, d.state, _when(d.since), d.why) for d in status.deliveries],
        "none",
    )
    red = [(c.source, c.page, c.reason, day_and_time(c.since)) for c in now.canaries if c.red]
    green = len(now.canaries) - len(red)
    parts += _section(f"Canaries: {green} green, red", ("source", "page", "why", "since"), red, "none")
    said = [*status.configuration, *status.over_budget]
    if said:
        parts.append("\n".join(f"- {plain(line)}" for line in said))
    return "\n\n".join(parts)


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[object]], empty: str) -> list[str]:
    return [f"### {title}: {empty}"] if not rows else [f"### {title}", _table(head, rows)]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *([plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _when(moment: str) -> str:
    return day_and_time(datetime.fromisoformat(moment)) if moment else "never"
