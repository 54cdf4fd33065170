"""The digest as plain text: a complete reading version, not an extract of the HTML. Every item's address is on its own line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from domain.digests import Digest, Link
from notifications.composing import compose_outline
from notifications.outline import WHOLE, Block, Entry, Outline, Row, Step, Tone

WIDTH = 88
_GLUE = re.compile(r"(?<=\bnr\.) (?=\d)|(?<=\bno\.) (?=\d)|(?<=\b\d\d) (?=\d{3}\b)|(?<=[»\"]) (?=\()")
LABEL = 9
_WIDEST_VALUE = 24  # wider values are set below each other, because a phone or narrow window breaks columns


def render_text(digest: Digest, by_mail: bool = True) -> str:
    """The whole digest in plain text, ending in a line break: every item, also those that a crowded issue only counts elsewhere.
    Headings, addresses and the opening are not broken over lines."""
    return text_of(compose_outline(digest, WHOLE, by_mail=by_mail))


def text_of(outline: Outline) -> str:
    """An outline in plain text: paragraphs set apart by one empty line."""
    return "\n\n".join(paragraphs(outline)) + "\n"


def paragraphs(outline: Outline) -> list[str]:
    """The pieces between the empty lines, in order: nothing that belongs together is spread over two of them."""
    opening = [outline.header, *([outline.tag] if outline.tag else []), *outline.opening]
    pieces = ["\n".join(opening)]
    for block in outline.blocks:
        pieces += _block(block, outline)
    if outline.closing:
        pieces.append("\n".join(_wrap(_joined(line, " "), 0) for line in outline.closing))
    return pieces


def _block(block: Block, outline: Outline) -> Iterator[str]:
    """The heading sticks to what comes first under it."""
    title = block.heading
    for group in block.groups:
        heads = [title, *([f"-- {group.heading}"] if group.heading else [])]
        brief: list[str] = []
        for entry in group.entries:
            text = "\n".join(_entry(entry, outline))
            if entry.brief:
                brief.append(text)
                continue
            if brief:
                yield "\n".join((*filter(None, heads), *brief))
                heads, brief = [], []
            yield "\n".join((*filter(None, heads), text))
            heads = []
        if brief:
            yield "\n".join((*filter(None, heads), *brief))
        if group.more:
            yield "\n".join((f"  {_joined(group.more)}", *(f"    {link.url}" for link in group.more if link.url)))
        title = ""
    lines = []
    for number, line in enumerate(block.lines, start=1):
        mark = f"  {number}. " if block.numbered else "  "
        lines.append(_wrap(_joined(line), len(mark), mark))
        lines += [f"    {link.url}" for link in line if link.url.startswith("http")]
    if block.more:
        lines += [f"  {_joined(block.more)}", *(f"    {link.url}" for link in block.more if link.url)]
    if lines:
        heads = [title, f"-- {block.lines_heading}" if block.lines_heading else ""]
        yield "\n".join((*filter(None, heads), *lines))


def _entry(entry: Entry, outline: Outline) -> Iterator[str]:
    yield f"[{entry.badge}] {entry.heading}" + (f" · {entry.aside}" if entry.aside else "")
    if entry.brief:
        if entry.url:
            yield f"  {entry.url}"
        return
    if entry.meta:
        yield _wrap(entry.meta, 2)
    if entry.quote:
        yield _wrap(" · ".join(filter(None, (f'"{entry.quote}"', entry.quote_is))), 3, "  ")
    for said in entry.said:
        yield _wrap(said, 2)
    yield from _table(entry.facts, outline)
    for step in entry.edits:
        yield from _edit(step, outline)
    if entry.counted:
        yield _wrap(entry.counted, 2)
    if entry.note:
        yield _wrap(entry.note, 2)
    for row in entry.rows:
        yield _row(row)
    if entry.url:
        yield f"  {outline.read:<{LABEL}}{entry.url}"
    if entry.plain_foot:
        yield _wrap(_joined(entry.plain_foot), 2)
        yield from (f"    {link.url}" for link in entry.plain_foot if link.url.startswith("http"))


def _table(steps: tuple[Step, ...], outline: Outline) -> Iterator[str]:
    """Was/Wordt in columns when the values are narrow enough, else one under the other."""
    if not steps:
        return
    wide = max(len(value) for step in steps for value in (step.before, step.after))
    label = max(len(step.label) for step in steps)
    if wide > _WIDEST_VALUE or label > WIDTH - 2 * _WIDEST_VALUE:
        for step in steps:
            yield from _edit(step, outline)
        return
    before = max(len(outline.was), *(len(step.before) for step in steps)) + 2
    after = max(len(outline.becomes), *(len(step.after) for step in steps))
    yield f"  {'':<{label}}  {outline.was:<{before}}{outline.becomes}"
    for step in steps:
        delta = f"   ({step.delta})" if step.delta else ""
        yield f"  {step.label:<{label}}  {step.before or '-':<{before}}{step.after or '-':<{after}}{delta}".rstrip()


def _edit(step: Step, outline: Outline) -> Iterator[str]:
    delta = f" ({step.delta})" if step.delta else ""
    if not (step.before and step.after):  # added or removed as a whole: the label says which
        yield _wrap(f"{step.label}{delta}: {step.after or step.before}", 4, "  ")
        return
    yield _wrap(step.label + delta, 4, "  ")
    for word, said in ((outline.was, step.before), (outline.becomes, step.after)):
        if said:
            shown = " ".join(part for part in (step.lead, said, step.tail) if part)
            yield _wrap(shown, 13, f"    {word + ':':<{LABEL}}")


def _row(row: Row) -> str:
    said = _joined(row.runs)
    if row.tone is not Tone.PLAIN:
        said = " · ".join((f'"{row.runs[0].text}"', *(link.text for link in row.runs[1:])))
    label = f"  {row.label:<{LABEL}}" if len(row.label) < LABEL else f"  {row.label} "
    return _wrap(said, 2 + LABEL, label)


def _joined(line: tuple[Link, ...], between: str = " · ") -> str:
    return between.join(link.text for link in line)


def _wrap(text: str, indent: int, first: str | None = None) -> str:
    """The text broken at spaces within WIDTH; `first` goes before the first line, `indent` spaces before the others."""
    # What belongs together stays together: a dot closes the line before it, and "nr. 480" is one word.
    glued = _GLUE.sub("\u00a0", text.replace(" · ", "\u00a0· "))
    return textwrap.fill(
        glued,
        WIDTH,
        initial_indent=" " * indent if first is None else first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    ).replace("\u00a0", " ")
