"""A digest for services that know only plain text: short, cut into messages at item borders, with nothing they would act on."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.digests import Digest, Length
from notifications.composing import compose_outline
from notifications.entries import shorter
from notifications.outline import Shrink
from notifications.plain_text import paragraphs
from notifications.safe import clip

SMALLEST_ROOM = 1_000  # characters; the least that an enabled service takes (Teams workflows, Rocket.Chat)
MOST_ITEMS = 40
MOST_TEXTS = 4  # beyond these the items get shorter
_CALLS = re.compile(r"(?<![\w.])@(?=\w)")  # "@everyone", not the @ of a mail address
_MARKS = str.maketrans({"*": "∗", "`": "'", "~": "∼", "<": "‹", ">": "›"})


def split_text(digest: Digest, room: int = SMALLEST_ROOM) -> tuple[str, ...]:
    """The digest as texts of at most `room` characters, numbered when there are several. An item is never spread over two,
    unless it alone is longer than a message: then its end is cut. Many items are shown by their headings alone."""
    free = max(room, 200) - len("(999/999) ")
    texts = _texts(digest, Length.SHORT, free)
    if len(texts) > MOST_TEXTS:
        texts = _texts(digest, Length.HEADINGS, free)
    if len(texts) == 1:
        return tuple(texts)
    return tuple(f"({number}/{len(texts)}) {text}" for number, text in enumerate(texts, start=1))


def _texts(digest: Digest, longest: Length, free: int) -> list[str]:
    short = replace(digest, length=shorter(digest.length, longest))
    shrink = Shrink(most=MOST_ITEMS, reasons=longest is not Length.HEADINGS)
    texts: list[str] = []
    for paragraph in paragraphs(compose_outline(short, shrink, by_mail=False)):
        for number, piece in enumerate(_pieces(defang(paragraph), free)):
            between = "\n" if number else "\n\n"
            if texts and len(texts[-1]) + len(piece) + len(between) <= free:
                texts[-1] += between + piece
            else:
                texts.append(piece)
    return texts


def defang(text: str) -> str:
    """Text in which no chat service finds a mention, link mark or formatting; addresses of pages stay whole."""
    return _CALLS.sub("@\u2060", text.translate(_MARKS)).replace("](", "] (")


def _pieces(paragraph: str, free: int) -> list[str]:
    """The paragraph, or, when it is too long for a message, its items (a list goes line by line), none longer than `free`."""
    if len(paragraph) <= free:
        return [paragraph]
    items: list[list[str]] = []
    for line in paragraph.split("\n"):
        in_item = bool(items) and any(above.startswith("[") for above in items[-1])
        if items and line.startswith(" " if in_item else "["):  # its own lines, or the heading it comes under
            items[-1].append(line)
        else:
            items.append([line])
    return [_cut(item, free) for item in items]


def _cut(lines: list[str], free: int) -> str:
    """The lines joined, without the last ones, as many as needed; a single line that is too long is clipped."""
    kept = list(lines)
    while len(kept) > 1 and len("\n".join(kept)) > free - 2:
        kept.pop()
    return clip("\n".join(kept if len(kept) == len(lines) else [*kept, "…"]), free)
