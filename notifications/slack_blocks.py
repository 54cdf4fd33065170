"""The digest as Slack messages in Block Kit, within Slack's limits and without a character of ours that Slack would act on.

Limits: Slack refuses sections over 3,000 characters, headers over 150, messages over 50 blocks, and has been reported to refuse
messages of about 13,000 characters. We stay well below each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.digests import Digest, DigestForm, Length, Link
from notifications.composing import compose_outline
from notifications.outline import Block, Entry, Outline, Row, Shrink, Step, Tone
from notifications.safe import clip

MOST_ITEMS = 40
MOST_MESSAGES = 2  # beyond these the items get shorter
MOST_BLOCKS = 45
MOST_CHARACTERS = 11_000  # of one message as JSON
MOST_IN_SECTION = 2_900
MOST_IN_HEADER = 150
_ROOM = 1_000  # kept free in each message for its header, fallback text and frame
_LONGEST_PART = 600  # characters of one scraped text in a section

Payload = dict[str, Any]
_FORMS = (
    Shrink(relevant=Length.SHORT, most=MOST_ITEMS),
    Shrink(relevant=Length.HEADINGS, most=MOST_ITEMS),
    Shrink(must=Length.SHORT, relevant=Length.HEADINGS, most=MOST_ITEMS),
    Shrink(must=Length.HEADINGS, relevant=Length.HEADINGS, most=MOST_ITEMS),
)
# What interrupts is one message; the next regular digest has everything.
_URGENT = tuple(Shrink(must=Length.HEADINGS, relevant=Length.HEADINGS, most=most) for most in (25, 15))


def render_slack(digest: Digest) -> tuple[Payload, ...]:
    """The messages of this digest, in order, numbered in the header when there are several.

    At most `MOST_ITEMS` items are shown, and always what must be read and changed schemes; the rest is counted with a link to the
    list where there is one. An item stands in one section of one message: it is shortened by leaving out its last lines, never
    cut over two.
    """
    urgent = digest.form is DigestForm.URGENT
    outline, pages = _paged(digest, _FORMS[0])
    for shrink in (*_FORMS[1:], *(_URGENT if urgent else ())):
        if len(pages) > (1 if urgent else MOST_MESSAGES):
            outline, pages = _paged(digest, shrink)
    return tuple(_message(outline, page, number, len(pages)) for number, page in enumerate(pages, start=1))


def _paged(digest: Digest, shrink: Shrink) -> tuple[Outline, list[list[Payload]]]:
    """The blocks of each message, in this form."""
    outline = compose_outline(digest, shrink, by_mail=False)
    pages: list[list[Payload]] = [[]]
    for unit in _units(outline):
        if pages[-1] and (
            _size(pages[-1]) + _size(unit) > MOST_CHARACTERS - _ROOM or len(pages[-1]) + len(unit) > MOST_BLOCKS - 1
        ):
            pages.append([])
        pages[-1] += unit
    return outline, pages


def to_json(payload: Mapping[str, Any]) -> bytes:
    """The payload as it is posted: UTF-8 JSON in one fixed form."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def mark_again(body: bytes, mark: str) -> bytes:
    """A posted payload with `mark` in its header and fallback text, for a second attempt after an unknown first one."""
    payload = json.loads(body)
    payload["text"] = f"{mark} {payload['text']}"
    title = payload["blocks"][0]["text"]
    title["text"] = clip(f"{mark} {title['text']}", MOST_IN_HEADER)
    return to_json(payload)


def escape(text: str) -> str:
    """Scraped text that Slack shows letter for letter: no mention, link, or mark of bold, italic, strike or code.

    Slack has no escape for its marks, so they are replaced by look-alikes; `_` only where it could open or close.
    """
    text = text.translate({ord("*"): "∗", ord("~"): "∼", ord("`"): "'"})
    text = re.sub(r"(?<!\w)_|_(?!\w)", "ˍ", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(target: Link) -> str:
    """A link in Slack's notation, or its bare text when there is nothing to link to."""
    label = _said(target.text.replace("|", "¦"))
    if not target.url:
        return label
    url = target.url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C").replace("&", "&amp;")
    return f"<{url}|{label}>" if len(url) < MOST_IN_SECTION // 2 else label


def _message(outline: Outline, blocks: list[Payload], number: int, total: int) -> Payload:
    part = f" ({number}/{total})" if total > 1 else ""
    title = clip(outline.header, MOST_IN_HEADER - len(part)) + part
    header = {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}
    text = _said(outline.subject, MOST_IN_HEADER) + part
    return {"text": text, "blocks": [header, *blocks], "unfurl_links": False, "unfurl_media": False}


def _units(outline: Outline) -> Iterator[list[Payload]]:
    """Blocks that have to stay together: a heading with the first thing under it, else one item or paragraph each."""
    opening = [_said(line) for line in (outline.tag, *outline.opening) if line]
    for text in _paragraphs(opening):
        yield [_section(text)]
    for block in outline.blocks:
        yield from _block_units(block, outline)
    if outline.closing:
        for text in _paragraphs([_joined(line, " ") for line in outline.closing]):
            yield [_section(text)]


def _block_units(block: Block, outline: Outline) -> Iterator[list[Payload]]:
    title = f"*{escape(block.heading)}*"
    for group in block.groups:
        pending = [_section(f"{title} · {escape(group.heading)}" if group.heading else title)]
        for text in _texts(group.entries, outline):
            yield [*pending, _section(text)]
            pending = []
        if group.more:
            yield [_section(_joined(group.more))]
    lines = [f"{f'{number}.' if block.numbered else '•'} {_joined(line)}" for number, line in enumerate(block.lines, start=1)]
    lines += [_joined(block.more)] if block.more else []
    head = [] if block.groups else [title]
    head += [f"*{escape(block.lines_heading)}*"] if block.lines_heading and lines else []
    for text in _paragraphs([*head, *lines] if lines else []):
        yield [_section(text)]


def _texts(entries: Sequence[Entry], outline: Outline) -> Iterator[str]:
    """One text per item; headings that follow each other stand together, an item never in two texts."""
    brief: list[str] = []
    for entry in entries:
        if entry.brief:
            brief.append(f"• {_entry(entry, outline)}")
            continue
        yield from _paragraphs(brief)
        brief = []
        yield _entry(entry, outline)
    yield from _paragraphs(brief)


def _entry(entry: Entry, outline: Outline) -> str:
    """The item's text, at most one section: lines are left out from the end until it fits."""
    lines = [f"*[{escape(entry.badge)}]* {link(Link(entry.heading, entry.url))}"]
    if entry.aside:
        lines[0] += f" · {_said(entry.aside)}"
    lines += [_said(entry.meta)] if entry.meta else []
    quoted = f" · {_said(entry.quote_is)}" if entry.quote_is else ""
    lines += [f'>"{_said(entry.quote)}"{quoted}'] if entry.quote else []
    lines += [_said(said) for said in entry.said]
    lines += [_step(step, outline) for step in (*entry.facts, *entry.edits)]
    lines += [_said(entry.counted)] if entry.counted else []
    lines += [f"_{_said(entry.note)}_"] if entry.note else []
    lines += [_row(row) for row in entry.rows]
    lines += [_joined(entry.foot)] if entry.foot else []
    while len("\n".join(lines)) > MOST_IN_SECTION and len(lines) > 1:
        lines.pop()
    return "\n".join(lines)


def _step(step: Step, outline: Outline) -> str:
    if not (step.before and step.after):
        return f"• {_said(step.label)}: {_said(step.after or step.before)}"
    sides = []
    for word, said in ((outline.was, step.before), (outline.becomes, step.after)):
        if said:
            shown = " ".join(part for part in (step.lead, said, step.tail) if part)
            sides.append(f"{word} {_said(shown)}")
    delta = f" ({escape(step.delta)})" if step.delta else ""
    return f"• {_said(step.label)}: " + " → ".join(sides) + delta


def _row(row: Row) -> str:
    label = f"*{escape(row.label)}* " if row.label else ""
    if row.tone is Tone.PLAIN:
        return label + _joined(row.runs)
    return label + " · ".join((f'"{_said(row.runs[0].text)}"', *(link(run) for run in row.runs[1:])))


def _said(text: str, most: int = _LONGEST_PART) -> str:
    """The text escaped, at most `most` characters long after escaping; never cut inside an escape."""
    room = most
    while len(said := escape(clip(text, room))) > most:
        room -= (len(said) - most) // 5 + 1
    return said


def _joined(line: tuple[Link, ...], between: str = " · ") -> str:
    """The runs in one line of at most a section; those that no longer fit are left out, with an ellipsis."""
    said = ""
    for target in line:
        run = link(target)
        if len(said) + len(run) > MOST_IN_SECTION - 200:
            return f"{said}{between}…"
        said = f"{said}{between}{run}" if said else run
    return said


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The lines, each shorter than a section, joined into as few texts as fit one."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) + 1 > MOST_IN_SECTION:
            yield text
            text = ""
        text = f"{text}\n{line}" if text else line
    if text:
        yield text


def _section(text: str) -> Payload:
    # Verbatim keeps Slack from turning bare addresses and names in scraped text into links and mentions.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _size(blocks: list[Payload]) -> int:
    return len(json.dumps(blocks, ensure_ascii=False))
