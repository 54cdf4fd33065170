"""What a run leaves on the dashboard. Scraped text is escaped: the dashboard renders Markdown and raw HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from domain.calendar import day_and_time
from services import overview
from services.radar import Radar

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~<>-])")


def plain(text: object) -> str:
    """Text that no Markdown or HTML of a publisher can get out of."""
    return html.escape(str(text), quote=False).replace("|", "&#124;").replace("`", "&#96;")


def note(key: str, text: str) -> None:
    """A short remark of this run, also under a standing key."""
    create_markdown_artifact(markdown=_MARKDOWN.sub(r"\\\1", text), key=_key(key))


def visit_table(radar: Radar, visit_id: int) -> None:
    """What a visit found and why: a row a paper, addresses first, for they are what an operator clicks."""
    found = overview.visit(radar, visit_id)
    rows = [
        {
            "address": plain(row.url),
            "what": plain(f"{row.kind} {row.event}"),
            "title": plain(row.title),
            "level": plain(row.level),
            "why": plain(row.why),
        }
        for row in found.rows
    ] or [{"address": "", "what": "nothing new", "title": "", "level": "", "why": ""}]
    create_table_artifact(table=rows, key=_key(f"visit-{found.source}"), description=plain(found.summary))
    standing(radar)


def digest_table(radar: Radar, issues: Sequence[int], deliveries: Sequence[int]) -> None:
    """The issues of a run with their subjects, and how each delivery stands."""
    rows = [
        {
            "issue": plain(f"{row.digest} nr. {row.number}"),
            "subject": plain(row.subject),
            "channel": plain(row.channel),
            "part": plain(row.part),
            "state": plain(row.state),
            "why": plain(row.detail),
        }
        for row in overview.deliveries(radar, issues, deliveries)
    ] or [{"issue": "", "subject": "nothing was due", "channel": "", "part": "", "state": "", "why": ""}]
    create_table_artifact(table=rows, key="digests", description=f"{len(issues)} made, {len(deliveries)} tried")
    standing(radar)


def standing(radar: Radar) -> None:
    """The standing artifact: every source and every unfinished delivery, newest state."""
    now = overview.standing(radar)
    lines = [
        f"State of {day_and_time(radar.clock.now())}",
        "",
        "| source | complete until | unread | health |",
        "|---|---|---|---|",
    ]
    lines += [f"| {plain(s.source)} | {plain(s.complete_until)} | {s.unread} | {plain(s.health)} |" for s in now.sources]
    waiting = [f"- {plain(d.digest)} {plain(d.channel)} {d.part}: {plain(d.state)} ({plain(d.why)})" for d in now.deliveries]
    lines += ["", "Deliveries that are not finished:", "", *(waiting or ["- none"])]
    create_markdown_artifact(markdown="\n".join(lines), key="standing", description="every source and every open delivery")


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", text.lower()).strip("-")
