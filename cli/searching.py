"""search: full text over the archive."""

from __future__ import annotations

from datetime import date, datetime

from cli import opening
from cli.output import as_json, say
from domain.search_hits import Snippet
from services import search as searching
from services.search import Asked, Result

MARK = ("[", "]")
"""What stands around a hit; `--json` has the snippet as it stands in the paper, with the places of the hits."""


def search(
    query: str,
    source: str,
    kind: str,
    since: datetime | None,
    until: datetime | None,
    at: datetime | None,
    limit: int,
    *,
    json: bool,
) -> None:
    """The papers that answer a query, best first."""
    asked = Asked(query, source, kind, _day(since), _day(until), _day(at), limit)
    found = searching.search(opening.radar(create=False), asked)
    if json:
        as_json(found)
        return
    for result in found.results:
        for line in _lines(result):
            say(line)
        say()
    count = len(found.results)
    say(f"{'more than ' if found.more else ''}{count or 'no'} paper{'s' if count != 1 else ''} found")


def _day(typed: datetime | None) -> date | None:
    return None if typed is None else typed.date()


def _lines(found: Result) -> tuple[str, ...]:
    citation = "" if found.citation == found.id else found.citation  # most ids outside parliament have no other form
    return (
        "  ".join(part for part in (found.dated or "undated", found.id, citation, found.level) if part),
        f"  {found.title}",
        f"  {found.url}{f'  (and {len(found.also)} more)' if found.also else ''}",
        f"  {marked(found.snippet)}",
    )


def marked(snippet: Snippet) -> str:
    """The snippet on one line with its hits marked, and dots where the paper goes on."""
    parts: list[str] = []
    end = 0
    for start, after in snippet.hits:
        parts += [snippet.text[end:start], MARK[0], snippet.text[start:after], MARK[1]]
        end = after
    line = " ".join("".join((*parts, snippet.text[end:])).split())
    return f"{'… ' if snippet.cut_before else ''}{line}{' …' if snippet.cut_after else ''}"
