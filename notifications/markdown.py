"""The digest in CommonMark, for dashboards and channels that read it. Scraped text is escaped: it can neither link nor format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.digests import Digest, Link
from notifications.composing import compose_outline
from notifications.outline import Block, Entry, Outline, Row, Step, Tone

_MARKS = re.compile(r"([\\`*_\[\]~|])")
_LINE_START = re.compile(r"^(\s*)([#+-]|\d+(?=[.)]))")


def render_markdown(digest: Digest) -> str:
    """The whole digest as Markdown with pipe tables for Was/Wordt."""
    outline = compose_outline(digest, by_mail=False)
    pieces = [f"# {escape(outline.header)}"]
    pieces += [escape(line) for line in ((outline.tag,) if outline.tag else ()) + outline.opening]
    for block in outline.blocks:
        pieces += _block(block, outline)
    if outline.closing:
        pieces.append("---")
        pieces += [_joined(line, " ") for line in outline.closing]
    return "\n\n".join(pieces) + "\n"


def inline(text: str) -> str:
    """The text as Markdown shows it letter for letter, within a line."""
    return _MARKS.sub(r"\\\1", text.replace("&", "&amp;")).replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """The text as Markdown shows it letter for letter, also at the start of a line, where it could open a list or heading."""
    safe = inline(text)
    return _LINE_START.sub(r"\1\\\2", safe) if not safe[:1].isdigit() else re.sub(r"^(\d+)([.)])", r"\1\\\2", safe)


def link(target: Link) -> str:
    """A link, or its bare text when there is nothing to link to."""
    if not target.url:
        return escape(target.text)
    address = target.url.replace("(", "%28").replace(")", "%29")
    return f"[{escape(target.text)}]({address})"


def _block(block: Block, outline: Outline) -> Iterator[str]:
    yield f"## {escape(block.heading)}"
    for group in block.groups:
        if group.heading:
            yield f"### {escape(group.heading)}"
        for entry in group.entries:
            yield from _entry(entry, outline)
        if group.more:
            yield _joined(group.more)
    if block.lines:
        if block.lines_heading:
            yield f"### {escape(block.lines_heading)}"
        mark = "1." if block.numbered else "-"
        yield "\n".join(f"{mark} {_joined(line)}" for line in block.lines)
    if block.more:
        yield _joined(block.more)


def _entry(entry: Entry, outline: Outline) -> Iterator[str]:
    title = f"[{entry.badge}] {inline(entry.heading)}"
    aside = f" · {inline(entry.aside)}" if entry.aside else ""
    read = f"[{outline.read}]({link(Link('', entry.url))[3:-1]})" if entry.url else ""
    if entry.brief:
        yield f"- {title}{aside}" + (f" · {read}" if read else "")
        return
    yield f"#### {title}{aside}"
    if entry.meta:
        yield escape(entry.meta)
    if entry.quote:
        yield "> " + " · ".join(escape(part) for part in (entry.quote, entry.quote_is) if part)
    for said in entry.said:
        yield escape(said)
    if entry.facts:
        yield _table(entry.facts, outline)
    if entry.edits:
        yield "\n".join(_edit(step, outline) for step in entry.edits)
    if entry.counted:
        yield escape(entry.counted)
    if entry.note:
        yield f"*{escape(entry.note)}*"
    if entry.rows:
        yield "\n".join(_row(row) for row in entry.rows)
    last = " · ".join(part for part in (read, _joined(entry.foot)) if part)
    if last:
        yield last


def _table(steps: tuple[Step, ...], outline: Outline) -> str:
    head = f"| {outline.part} | {outline.was} | {outline.becomes} |\n| --- | --- | --- |"
    rows = [
        f"| {inline(s.label)} | {inline(s.before)} | {inline(s.after)}{f' ({inline(s.delta)})' if s.delta else ''} |"
        for s in steps
    ]
    return "\n".join((head, *rows))


def _edit(step: Step, outline: Outline) -> str:
    if not (step.before and step.after):
        return f"- {escape(step.label)}: {inline(step.after or step.before)}"
    sides = []
    for word, said in ((outline.was, step.before), (outline.becomes, step.after)):
        if said:
            shown = " ".join(part for part in (step.lead, said, step.tail) if part)
            sides.append(f"{word}: {inline(shown)}")
    return f"- {escape(step.label)}: " + "; ".join(sides)


def _row(row: Row) -> str:
    said = _joined(row.runs)
    if row.tone is not Tone.PLAIN:
        said = " · ".join((f'"{escape(row.runs[0].text)}"', *(link(run) for run in row.runs[1:])))
    return f"- **{escape(row.label)}** {said}" if row.label else f"- {said}"


def _joined(line: tuple[Link, ...], between: str = " · ") -> str:
    return between.join(link(target) for target in line)
