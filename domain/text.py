"""Text as published, made whole: repaired lines, paragraphs, sentences, and the form in which words are compared.

All functions are pure and, applied twice, give what they gave once.
"""

from __future__ import annotations

import re
import unicodedata

from domain.hyphens import first_word, is_address, join
from domain.sentences import sentences as sentences
from domain.word_forms import tails

__all__ = ["canonical", "paragraphs", "repair", "sentences", "sound"]

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\u2010": "-",
    "\u2011": "-",
    "\ufe63": "-",
    "\uff0d": "-",
}
_LIGATURE = str.maketrans(_LIGATURES)
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PDF_HYPHEN = re.compile(r"[\x02\ufffe][ \t]*\n?")  # how PDF readers mark a word broken at a line end
_SOFT_BREAK = re.compile(r"\u00ad[ \t]*\n\s*")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MAYBE_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
_MOST_LINES = 20  # over more lines than this no address runs on
_TAIL = 600  # characters at the end of a paragraph that decide whether it runs on; no address is longer
_LONGEST = 1000  # characters; nothing that is longer without a space is a word or an address
# Anything that `_clean` may change: all but plain Latin letters, punctuation, spaces and line feeds.
_EXTRAORDINARY = re.compile("[^\\n\\t -~\u00a1-\u00ac\u00ae-\u02ff\u2013\u2014\u2018-\u201f\u2022\u2026\u20ac]")
_PRINTED = bytes(range(0x20, 0x7F))  # what `str.isprintable` says of plain letters, at a fraction of its cost
_LINES = _PRINTED + b"\n"
_HYPHEN_AT_END = re.compile(r"-[^\S\n]*\n")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_NOTE = re.compile(r"\s*\d{1,3}\s+(?=[A-ZÀ-Þ«“\"(]|https?://|www\.)")
_CLOSED = re.compile(r"[.!?:;…][\"'»”’)\]]*\d{0,2}$")
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,})\d{1,2}(?![\w-])|(?<=[^\W\d_]\.)\d{1,2}(?=\s|$)")
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_SUSPENDED = re.compile(
    r"\b([^\W\d_]+)-(?=[,/\s])((?:[,/]?\s*(?:[^\W\d_]+-(?=[,/\s])|(?:en|of|dan|wel|noch|alsmede)\b))*[,/]?\s*)([^\W\d_]+)"
)


def sound(text: str) -> str:
    """The text without what no archive or channel takes: halves of a surrogate pair are joined or become U+FFFD, line ends are
    "\\n", all other control characters but the tab vanish. Applied twice it gives what it gave once."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", _BREAK.sub("\n", text))


def repair(text: str) -> str:
    """One paragraph in, one clean line out: line-end hyphens three ways (`domain.hyphens`), soft hyphens, ligatures and invisible
    characters gone, every stretch of white space one space. Wording and footnote numbers stay as published."""
    if text.isascii() and not text.encode().translate(None, _PRINTED) and "  " not in text:  # most of what a web page gives
        return text.strip()
    if _is_ordinary(text):
        return _one_line(text)
    return unicodedata.normalize("NFC", _one_line(_clean(text)))


def _one_line(plain: str) -> str:
    """The lines of a cleaned paragraph as one."""
    parts = _HYPHEN_AT_END.split(plain) if "-" in plain and "\n" in plain else [plain]
    lines = [" ".join(part.split()) for part in parts]
    if len(lines) == 1:
        return lines[0]
    lines[:-1] = [f"{line} -" if line and part[-1].isspace() else f"{line}-" for line, part in zip(lines, parts, strict=True)][
        :-1
    ]
    done: list[str] = []
    last = ""  # only the last word of a line decides how the next one is joined to it
    for line in filter(None, lines):
        joined = f"{last} {line}" if len(last) > _LONGEST else join(last, line) if last else line
        cut = joined.rfind(" ") + 1
        done.append(joined[:cut])
        last = joined[cut:]
    return "".join(done) + last


def _is_ordinary(text: str) -> bool:
    """True when there is nothing in the text for `_clean` to change."""
    if text.isascii():
        return not text.encode().translate(None, _LINES)
    return _EXTRAORDINARY.search(text) is None


def paragraphs(text: str) -> tuple[str, ...]:
    """Raw text with line ends (as a PDF gives it) as repaired paragraphs: split at blank lines, joined again where a sentence or
    an address runs on over a page break; footnotes at the foot of a page stand apart, after the paragraph that they interrupt."""
    raw: list[_Paragraph] = []
    body: _Paragraph | None = None  # the last paragraph that is no footnote
    ordinary = _is_ordinary(text)
    plain = text.strip() if ordinary else _clean(text).strip()
    tidy = _one_line if ordinary or _is_ordinary(plain) else repair
    for block in _BLANK.split(plain):
        lines = [line for line in block.split("\n") if line.strip()]
        if raw and lines and _address_runs_on(raw[-1].tail):
            token, _, rest = lines[0].strip().partition(" ")
            raw[-1].add(token)
            lines = [rest, *lines[1:]] if rest else lines[1:]
        notes, lines = _footnotes(lines)
        raw.extend(map(_Paragraph, notes))
        if not lines:
            continue
        said = "\n".join(lines)
        if body is not None and _runs_on(body.tail, said):
            body.add(said)
        else:
            body = _Paragraph(said)
            raw.append(body)
    return tuple(line for line in (tidy("\n".join(one.pieces)) for one in raw) if line)


class _Paragraph:
    """A paragraph that may still run on: its blocks, and the end of what they say together."""

    __slots__ = ("pieces", "tail")

    def __init__(self, said: str) -> None:
        self.pieces = [said]
        self.tail = said[-_TAIL:]

    def add(self, said: str) -> None:
        """What follows belongs to this paragraph."""
        self.pieces.append(said)
        self.tail = f"{self.tail}\n{said}"[-_TAIL:]


def canonical(text: str) -> str:
    """The form in which two texts say the same: repaired, folded, hyphens inside words removed, suspended hyphens written out,
    footnote numbers taken off the words they are glued to."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", repair(text)).casefold())
    plain = _INNER_HYPHEN.sub("", plain)
    plain = _GLUED.sub(lambda match: match.group(1) or "", plain)
    return " ".join(_SUSPENDED.sub(_write_out, plain).split())


def _clean(text: str) -> str:
    if _is_ordinary(text):
        return text
    plain = _LINE_END.sub("\n", text.translate(_LIGATURE))
    plain = _SOFT_BREAK.sub("", _PDF_HYPHEN.sub("-\n", plain))
    return unicodedata.normalize("NFC", sound(_INVISIBLE.sub("", plain)))


def _write_out(match: re.Match[str]) -> str:
    part, between, word = match.groups()
    found = tails(word)
    if not found:
        return match.group()
    head = part + found[0]
    return head + re.sub(r"([^\W\d_]+)-(?=[,/\s])", lambda inner: inner.group(1) + found[0], between) + word


def _address_runs_on(raw: str) -> bool:
    """True when a paragraph breaks off inside an address: its last token, joined over lines, is one and ends in a hyphen."""
    return raw.rstrip().endswith("-") and _MAYBE_ADDRESS.search(raw) is not None and is_address(repair(raw).rsplit(" ", 1)[-1])


def _footnotes(lines: list[str]) -> tuple[list[str], list[str]]:
    """The footnotes that a block begins with, and the lines of the block that are none."""
    notes: list[str] = []
    place = 0
    while place < len(lines) and _NOTE.match(lines[place]):
        begin = place
        place += 1
        while (
            place < len(lines)
            and not _NOTE.match(lines[place])
            and not _note_is_whole(lines[max(begin, place - _MOST_LINES) : place])
        ):
            place += 1
        notes.append("\n".join(lines[begin:place]))
    return notes, lines[place:]


def _note_is_whole(note: list[str]) -> bool:
    """True when the last line of a footnote ends it: an address that does not run on, or a closed sentence."""
    last = repair("\n".join(note))
    token = last.rsplit(" ", 1)[-1]
    return not last.endswith("-") and (is_address(token) or bool(_CLOSED.search(last)))


def _runs_on(before: str, after: str) -> bool:
    """True when a sentence goes on over the gap between two blocks."""
    last, word = before.rstrip(), first_word(after.strip())
    if not word[:1].islower():
        return False
    return not _CLOSED.search(last)
