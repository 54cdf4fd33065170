"""What a run leaves on the dashboard: a name that says what was found, a summary, a table, and the standing artifact.

Every text that is not ours goes through `flows.escaping`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from domain.calendar import day_and_time
from flows.escaping import address, cell, plain, plain_lines
from flows.standing import headline, standing_markdown
from services import overview
from services.radar import Radar
from services.watchdog import Report

MOST_ROWS = 100
"""Papers in a table: the first look at a source finds thousands, and nobody pages through them ten at a time."""


def note(key: str, text: str) -> None:
    """A short remark of this run, also under a standing key."""
    create_markdown_artifact(markdown=plain(text), key=_key(key))


def name_run(text: str) -> None:
    """Give this run a name that says what it found; text of our own, never of a site. Outside a run nothing happens."""
    if flow_run.id:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, name=text)


def visit_table(radar: Radar, visit_id: int) -> str:
    """What a visit found and why: a row a paper, addresses first, for they are what an operator clicks. Returns the headline."""
    found = overview.visit(radar, visit_id)
    rows = [
        {
            "address": address(row.url),
            "level": cell(row.level.replace("_", " ")),
            "what": cell(f"{row.kind} {row.event}"),
            "title": cell(row.title),
            "why": cell(row.why),
            "what changed": cell(row.diff),
        }
        for row in found.rows[:MOST_ROWS]
    ] or [{"address": "nothing new", "level": "", "what": "", "title": "", "why": "", "what changed": ""}]
    left = f" The first {MOST_ROWS} of {len(found.rows)} are shown." if len(found.rows) > MOST_ROWS else ""
    create_table_artifact(
        table=rows, key=_key(f"visit-{found.source}"), description=plain(f"{found.counts}. {found.summary}.{left}")
    )
    standing(radar)
    name_run(f"{found.source}: {found.headline}")
    return found.headline


def digest_table(radar: Radar, issues: Sequence[int], deliveries: Sequence[int]) -> None:
    """The issues of a run with their subjects, how each delivery stands, and every issue as its readers see it."""
    rows = [
        {
            "issue": cell(f"{row.digest} nr. {row.number}"),
            "subject": cell(row.subject),
            "channel": cell(row.channel),
            "part": cell(row.part),
            "state": cell(row.state),
            "why": cell(row.detail),
        }
        for row in overview.deliveries(radar, issues, deliveries)
    ] or [{"issue": "", "subject": "nothing was due", "channel": "", "part": "", "state": "", "why": ""}]
    create_table_artifact(table=rows, key="digests", description=f"{len(issues)} made, {len(deliveries)} tried")
    made = overview.issues(radar, issues)
    for issue in made:
        create_markdown_artifact(
            markdown=plain_lines(issue.renderings["text"]),
            key=_key(f"issue-{issue.digest}"),
            description=plain(f"{issue.digest} nr. {issue.number}: {issue.subject}"),
        )
    standing(radar)
    name_run(", ".join(f"{issue.digest} nr. {issue.number}" for issue in made) or f"nothing due, {len(deliveries)} delivered")


def watchdog_table(radar: Radar, report: Report) -> None:
    """What the watchdog compared, found, mended and told."""
    rows = [{"about": cell(one.about), "state": cell(one.kind.value), "what": cell(one.said)} for one in report.wrong] or [
        {"about": "everything", "state": "in order", "what": ""}
    ]
    rows += [{"about": cell(one.source), "state": "compared", "what": cell(one.in_english())} for one in report.reconciled]
    rows += [{"about": cell(one), "state": "made late", "what": "nobody made it in time"} for one in report.made]
    rows += [
        {
            "about": cell(one.source),
            "state": f"operator told that it {'ended' if one.ended else 'began'}",
            "what": cell(one.said),
        }
        for one in report.told
    ]
    said = f"{len(report.wrong)} out of order, {len(report.told)} told, {len(report.made)} made late"
    create_table_artifact(table=rows, key="watchdog", description=said)
    standing(radar)
    name_run(f"watchdog: {said}" if report.wrong or report.told or report.made else "watchdog: all in order")


def standing(radar: Radar) -> None:
    """The standing artifact: every source and every unfinished delivery, newest state."""
    now = overview.standing(radar)
    create_markdown_artifact(
        markdown=standing_markdown(now, day_and_time(radar.clock.now())),
        key="standing",
        description=plain(headline(now)),
    )


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", text.lower()).strip("-")
