"""A comparison as one Slack text (mrkdwn) that fits a section: what is left out is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.digests import Link
from domain.word_differences import Words, WordSort
from notifications.difference_outline import DifferenceOutline, Edit, Row, condensed
from notifications.safe import clip
from notifications.slack_blocks import MOST_IN_SECTION, escape, link

_LONGEST_RUN = 300  # characters of one stretch; the page behind `--html` has it all
_MARKS = {WordSort.DELETE: "~", WordSort.INSERT: "*"}


def render_difference_slack(outline: DifferenceOutline, most: int = MOST_IN_SECTION) -> str:
    """The comparison in at most `most` characters (400 or more), whole items from the first on; no character of the paper's that
    Slack would act on."""
    head = [link(Link(clip(outline.title, 120), outline.newer.url))]
    if outline.alone:
        return "\n".join((*head, escape(outline.alone)))
    versions = f"{outline.older.version} ({outline.older.seen}) → {outline.newer.version} ({outline.newer.seen})"
    said = "\n".join((f"*{head[0]}*" if not outline.newer.url else head[0], escape(versions), escape(outline.counted)))
    items = list(_items(outline))
    for place, item in enumerate(items):
        left = len(items) - place - 1
        room = most - len(_more(outline, left + 1)) - 1 if left else most
        if len(said) + 1 + len(item) > room:
            return clip(f"{said}\n{_more(outline, left + 1)}", most)
        said += f"\n{item}"
    return said


def _more(outline: DifferenceOutline, left: int) -> str:
    return outline.say("more_one") if left == 1 else outline.say("more", n=left)


def _items(outline: DifferenceOutline) -> Iterator[str]:
    for row in (*outline.facts, *outline.frame):
        yield _row(row)
    heading = ""
    for part in outline.parts:
        for entry in part.entries:
            if isinstance(entry, Edit):
                above = f"*{escape(part.heading)}*\n" if part.heading and part.heading != heading else ""
                heading = part.heading
                yield f"{above}• {escape(entry.label)}: {''.join(_runs(entry.runs)).strip()}"


def _row(row: Row) -> str:
    before, after = (escape(clip(said, _LONGEST_RUN)) or "–" for said in (row.step.before, row.step.after))
    delta = f" ({escape(row.step.delta)})" if row.step.delta else ""
    return f"• {escape(row.step.label)}: {before} → {after}{delta}"


def _runs(runs: Iterable[Words]) -> Iterator[str]:
    """Deleted words struck out, new ones bold; the marks stand against the words, because Slack does not see them otherwise."""
    for run in condensed(runs):
        said, mark = escape(clip(run.text.strip(), _LONGEST_RUN)), _MARKS.get(run.sort, "")
        lead, rest = " " if run.text[:1].isspace() else "", " " if run.text[-1:].isspace() else ""
        if not said:
            yield lead
        elif mark:
            # A zero-width space lets the mark begin and end beside a letter or sign.
            yield f"{lead}\u200b{mark}{said}{mark}\u200b{rest}"
        else:
            yield f"{lead}{said}{rest}"
