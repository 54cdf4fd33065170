"""Every pair of colours in the mail can be read: WCAG 2 asks 4.5 to 1 for text, 3 to 1 for lines that carry meaning."""

from __future__ import annotations

import re

import pytest

from domain.digests import Digest
from notifications.rendering import render_html

LIGHT = {
    "page": ("#1b1b1b", "#ffffff"),
    "muted": ("#555555", "#ffffff"),
    "del": ("#8a1c1c", "#ffffff"),
    "ins": ("#0b5d1e", "#ffffff"),
}
DARK = {
    "page": ("#ececec", "#16181b"),
    "muted": ("#c4c8ce", "#16181b"),
    "del": ("#ff9c9c", "#16181b"),
    "ins": ("#8fe3a3", "#16181b"),
}
LIGHT |= {"own name": ("#1b1b1b", "#fff4e5"), "link": ("#0000ee", "#ffffff"), "link in own name": ("#0000ee", "#fff4e5")}
LIGHT |= {"followed link": ("#551a8b", "#ffffff")}  # links have the reader's own colours
DARK |= {"own name": ("#ececec", "#3a2a12"), "link": ("#9cc4ff", "#16181b"), "link in own name": ("#9cc4ff", "#3a2a12")}
LINES = {"heading": ("#154273", "#ffffff"), "own name": ("#b35900", "#fff4e5"), "dark heading": ("#9cc4ff", "#16181b")}
LINES |= {"dark own name": ("#ffb35c", "#3a2a12")}
QUIET = {"#c8c8c8", "#555b63"}  # hairlines of quotes and tables, beside indent and headings that say the same


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("least", "pairs"), [(4.5, LIGHT), (4.5, DARK), (3.0, LINES)], ids=["light", "dark", "lines"])
def test_every_pair_can_be_read(least: float, pairs: dict[str, tuple[str, str]]) -> None:
    assert {name: round(contrast(*pair), 1) for name, pair in pairs.items() if contrast(*pair) < least} == {}


def test_the_mail_uses_no_other_colours(digest: Digest) -> None:
    used = set(re.findall(r"#[0-9a-f]{6}\b", render_html(digest)))
    known = {colour for pairs in (LIGHT, DARK, LINES) for pair in pairs.values() for colour in pair} | QUIET
    assert used <= known
