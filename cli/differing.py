"""diff: what changed between two versions, in the terminal, as a page, for a message, or for programs."""

from __future__ import annotations

from pathlib import Path

from cli import opening
from cli.notations import Form
from cli.output import as_json, has_colours, say, say_coloured
from domain.errors import UsageError
from notifications.difference_composing import compose_difference
from notifications.difference_html import render_difference_fragment, render_difference_page
from notifications.difference_json import difference_document
from notifications.difference_outline import DifferenceOutline
from notifications.difference_slack import render_difference_slack
from notifications.difference_text import Ink, difference_lines, render_difference_text
from services.difference import difference

_STYLES = {
    Ink.PLAIN: "",
    Ink.TITLE: "bold",
    Ink.SOFT: "dim",
    Ink.GONE: "red strike",
    Ink.COME: "green underline",
    Ink.LEFT: "magenta strike",
    Ink.ARRIVED: "cyan underline",
    Ink.WAS: "red",
    Ink.BECOMES: "green",
}


def diff(
    paper: str, older: int | None, newer: int | None, other: str | None, page: Path | None, form: Form | None, *, json: bool
) -> None:
    """Compare two versions of a paper, or the newest versions of two papers, and print what differs."""
    radar = opening.radar(create=False)
    found = difference(radar, paper, older, newer, other)
    outline = compose_difference(found, radar.settings.language)
    if page is not None:
        _write(page, render_difference_page(outline))
    if json:
        as_json(difference_document(found, outline))
    elif page is not None:
        say(f"{outline.counted}: {page}")
    elif form is Form.SLACK:
        say(render_difference_slack(outline))
    elif form is Form.MAIL:
        say(render_difference_fragment(outline))
    elif form is Form.TEXT:
        say(render_difference_text(outline).rstrip())
    else:
        _show(outline)


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write {page}: {error.strerror or error}; name a file in a folder that exists") from None


def _show(outline: DifferenceOutline) -> None:
    """In colour on a terminal, with marks everywhere else."""
    if not has_colours():
        say(render_difference_text(outline).rstrip())
        return
    for line in difference_lines(outline):
        say_coloured((piece.text, _STYLES[piece.ink]) for piece in line)
