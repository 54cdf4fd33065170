"""What a run leaves on the dashboard. Scraped text is made plain: the dashboard renders Markdown and raw HTML, also in tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from domain.calendar import day_and_time
from services import overview
from services.radar import Radar

_ACTIVE = re.compile(r"[&<>\\`*_{}\[\]()#!|~:@$]|(?<=www)\.|^[-+=]|^\d+(?=[.)])")
"""Characters by which Markdown, HTML or a bare address would do something; some only where a text or an address begins."""

_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?][\w./?=&%+,;~-]*)?")


def plain(text: object) -> str:
    """Text that the dashboard shows letter for letter, on one line, also in a cell: no link, image, emphasis or HTML of others.

    Character references are text to Markdown and to HTML alike, so both show the character and neither acts on it.
    """
    line = " ".join(str(text).split())
    return _ACTIVE.sub(lambda found: "".join(f"&#{ord(character)};" for character in found[0]), line)


def address(url: str) -> str:
    """An address of a watched site, to be clicked; one with a character that could end or format a link is only shown."""
    return url if _ADDRESS.fullmatch(url) and "__" not in url else plain(url)


def note(key: str, text: str) -> None:
    """A short remark of this run, also under a standing key."""
    create_markdown_artifact(markdown=plain(text), key=_key(key))


def visit_table(radar: Radar, visit_id: int) -> None:
    """What a visit found and why: a row a paper, addresses first, for they are what an operator clicks."""
    found = overview.visit(radar, visit_id)
    rows = [
        {
            "address": address(row.url),
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
