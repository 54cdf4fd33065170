"""The reading room: static pages that list what was told, for phone and desk. No scripts, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.digests import Link
from notifications import moments
from notifications.safe import clean, safe_url
from notifications.templating import template
from notifications.words import words_for


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day: how many messages plain feeds would have sent, how many items the reader was told, in which digests.

    `digests` link to files beside the index (relative paths) or to http addresses; `note` says what happened that day.
    """

    day: date
    plain: int
    told: int
    digests: tuple[Link, ...] = ()
    note: str = ""


def render_index(days: Sequence[DayRow], *, title: str = "", intro: str = "", language: str = "nl") -> str:
    """The index page: a row per day in the order given, with totals. The same rows give the same text."""
    words = words_for(language)
    rows = [
        {
            "day": moments.long_day(row.day, words),
            "plain": row.plain,
            "told": row.told,
            "digests": [Link(clean(link.text), _href(link.url)) for link in row.digests],
            "note": clean(row.note),
        }
        for row in days
    ]
    return template("index.html").render(
        language=words.language,
        title=clean(title) or words.say("page_title"),
        intro=clean(intro) or words.say("page_intro"),
        heads=[words.say(f"page_{key}") for key in ("day", "plain", "told", "digests", "note")],
        nothing=words.say("page_none"),
        rows=rows,
        plain=sum(row.plain for row in days),
        told=sum(row.told for row in days),
    )


def write_pages(directory: Path, days: Sequence[DayRow], *, title: str = "", intro: str = "", language: str = "nl") -> Path:
    """Writes `index.html` into the directory (made when absent) and returns its path. Raises OSError when that fails."""
    directory.mkdir(parents=True, exist_ok=True)
    page = directory / "index.html"
    page.write_text(render_index(days, title=title, intro=intro, language=language), encoding="utf-8", newline="\n")
    return page


def _href(url: str) -> str:
    """An address of a page, or a path below the index; anything else is not linked."""
    line = clean(url)
    if ":" not in line.split("/")[0] and not line.startswith("/") and ".." not in line.split("/"):
        return line
    return safe_url(line)
