"""Making scraped text plain: the dashboard renders Markdown and raw HTML, in tables too."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[&<>\\`*_{}\[\]()#!|~:@$]|(?<=www)\.|^[-+=]|^\d+(?=[.)])")
"""Characters by which Markdown, HTML or a bare address would do something; some only where a text or an address begins."""

_LINKS_ITSELF = re.compile(r"://|www\.|@")
"""What the dashboard makes a link of after it has decoded references; an invisible character within keeps it from that."""

_CELL = str.maketrans("<>[]`*_|~@$#", "‹›［］ˋ∗ˍ¦∼＠＄＃")
"""For a cell: the new dashboard shows its letters as they are, the old one reads Markdown in it. Look-alikes do nothing in
either, where character references would be shown as such in the one."""

_CELL_BEGINS = re.compile(r"^(?=[-+=]|\d+[.)])")

_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?][\w./?=&%+,;~-]*)?")


def plain(text: object) -> str:
    """Text that the dashboard shows letter for letter, on one line, also in a cell: no link, image, emphasis or HTML of others.

    Character references are text to Markdown and to HTML alike, so both show the character and neither acts on it.
    """
    line = " ".join(str(text).split())
    line = _LINKS_ITSELF.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", line)
    return _ACTIVE.sub(lambda found: "".join(f"&#{ord(character)};" for character in found[0]), line)


def cell(text: object) -> str:
    """Text for a cell of a table, on one line, that is read as it was written and does nothing."""
    line = " ".join(str(text).split()).translate(_CELL)
    line = line.replace("://", ":∕∕").replace("www.", "www․")
    return _CELL_BEGINS.sub("\u2060", line)


def plain_lines(text: str) -> str:
    """As `plain`, but the lines stay lines and keep their indent: a message as its readers see it.

    An address at the end of a line with at most one word before it is that of an item, and can be clicked.
    """
    shown = []
    for line in text.splitlines():
        indent, words = len(line) - len(line.lstrip()), line.split()
        is_item = 0 < len(words) <= 2 and _ADDRESS.fullmatch(words[-1]) and "__" not in words[-1]
        said = " ".join([*map(plain, words[:-1]), words[-1]]) if is_item else plain(line)
        shown.append("&#160;" * indent + said)
    return "  \n".join(line or "&#160;" for line in shown)


def address(url: str) -> str:
    """An address of a watched site, to be clicked; one with a character that could end or format a link is only shown."""
    return url if _ADDRESS.fullmatch(url) and "__" not in url else cell(url)
