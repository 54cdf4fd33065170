"""Messages from an issue as it is stored: for a channel that came, or changed its service, after the issue was made, and for the
owner who gets it in the place of its readers."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace

from notifications import slack_blocks
from notifications.envelopes import ChannelKind, Envelope
from notifications.mail import LONGEST_SUBJECT, Letter
from notifications.parts import SMALLEST_ROOM, defang
from notifications.safe import clip

_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


def chat_envelopes(
    renderings: Mapping[str, str], subject: str, kind: ChannelKind, room: int = SMALLEST_ROOM
) -> tuple[Envelope, ...]:
    """The stored issue as messages of a chat service: Slack's as they were rendered, for others the text in pieces of `room`
    characters, cut between paragraphs."""
    if kind is ChannelKind.SLACK:
        payloads = json.loads(renderings["slack"])
        return tuple(Envelope(kind, payload["text"], slack_blocks.to_json(payload)) for payload in payloads)
    free = max(room, 200) - len("(999/999) ")
    texts: list[str] = []
    for paragraph in defang(renderings["text"]).split("\n\n"):
        for piece in _lines(paragraph, free):
            if texts and len(texts[-1]) + len(piece) + 2 <= free:
                texts[-1] += f"\n\n{piece}"
            else:
                texts.append(piece)
    total = len(texts)
    numbered = [f"({number}/{total}) {text}" for number, text in enumerate(texts, 1)] if total > 1 else texts
    return tuple(Envelope(kind, clip(subject, LONGEST_SUBJECT), text.encode()) for text in numbered)


def letter(renderings: Mapping[str, str], subject: str, *, name: str, language: str, owner: str) -> Letter:
    """The stored issue as a mail says it."""
    return Letter(name, language, subject, renderings["text"], renderings["html"], owner)


def with_preface(found: Letter, subject: str, preface: str) -> Letter:
    """The letter under another subject, with a few lines of ours above everything."""
    shown = "".join(f"<p>{html.escape(line)}</p>" for line in preface.splitlines() if line.strip())
    page, inserted = _BODY.subn(lambda body: body.group() + shown, found.html, count=1)
    return replace(found, subject=subject, text=f"{preface}\n\n{found.text}", html=page if inserted else shown + found.html)


def _lines(paragraph: str, free: int) -> list[str]:
    """The paragraph, or its lines in groups when it is too long for one message."""
    if len(paragraph) <= free:
        return [paragraph]
    groups: list[str] = []
    for line in (clip(line, free) for line in paragraph.split("\n")):
        if groups and len(groups[-1]) + len(line) + 1 <= free:
            groups[-1] += f"\n{line}"
        else:
            groups.append(line)
    return groups
