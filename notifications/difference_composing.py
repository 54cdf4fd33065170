"""Wording a comparison of two versions: from the facts of `domain` to the outline that every rendering walks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.change import Change
from domain.comparison import Section
from domain.differences import Block, BlockSort
from domain.text_changes import step
from domain.version_difference import Side, VersionDifference
from domain.word_differences import Words, WordSort, diff_words
from notifications import facts, moments
from notifications.difference_outline import DifferenceOutline, Edit, Origin, Part, Row, Unchanged
from notifications.outline import Step
from notifications.safe import clean, safe_url
from notifications.words import words_for
from notifications.words_difference import counted, phrase

HASH_SHOWN = 12  # characters of a SHA-256: enough to name one of a million without a double


def compose_difference(found: VersionDifference, language: str) -> DifferenceOutline:
    """The comparison in this language ("en", else Dutch)."""
    older, newer = (_origin(side, key, language) for side, key in ((found.older, "was"), (found.newer, "becomes")))
    compared = found.comparison
    sheet = _rows(compared.facts, language, 1)
    frame = _rows((*compared.frame, *compared.others), language, len(sheet) + 1)
    composer = _Composer(language, len(sheet) + len(frame))
    parts = tuple(composer.parts(compared.sections))
    count = composer.count
    alone = phrase(language, "alone", version=newer.version, seen=newer.seen) if found.alone else ""
    return DifferenceOutline(
        language=language,
        title=phrase(language, "title", title=clean(found.newer.title) or clean(found.newer.id)),
        older=older,
        newer=newer,
        count=count,
        counted=counted(language, count, "count") if count else phrase(language, "nothing"),
        facts=sheet,
        frame=frame,
        parts=parts if composer.count > len(sheet) + len(frame) else (),
        notes=tuple(_notes(found, language)),
        alone=alone,
    )


def visible(text: str) -> str:
    """The text on one line without invisible characters; white space at its ends stays, as one space."""
    return f"{' ' if text[:1].isspace() else ''}{clean(text)}{' ' if text.strip() and text[-1:].isspace() else ''}"


class _Composer:
    """The changed paragraphs of all sections, numbered on from the rows before them."""

    def __init__(self, language: str, count: int) -> None:
        self._language = language
        self.count = count

    def parts(self, sections: Iterable[Section]) -> Iterator[Part]:
        """A part per section in which something changed; those between are one line."""
        quiet: list[str] = []
        for section in sections:
            renamed = bool(section.was) and section.was != section.heading and not _tells_heading(section)
            if not renamed and all(block.sort is BlockSort.EQUAL for block in section.blocks):
                quiet += [visible(block.new).strip() for block in section.blocks]
                continue
            if quiet:
                yield Part("", (self._unchanged(quiet),))
                quiet = []
            yield Part(_heading(section), tuple(self._entries(section, renamed)))
        if quiet:
            yield Part("", (self._unchanged(quiet),))

    def _entries(self, section: Section, renamed: bool) -> Iterator[Edit | Unchanged]:
        if renamed:
            yield self._edit(phrase(self._language, "heading"), BlockSort.REPLACE, diff_words(section.was, section.heading))
        quiet: list[str] = []
        for block in section.blocks:
            if block.sort is BlockSort.EQUAL:
                if block.new != section.heading:
                    quiet.append(visible(block.new).strip())
                continue
            if quiet:
                yield self._unchanged(quiet)
                quiet = []
            yield self._edit(self._label(block), block.sort, block.runs)
        if quiet:
            yield self._unchanged(quiet)

    def _edit(self, label: str, sort: BlockSort, runs: Iterable[Words]) -> Edit:
        self.count += 1
        shown = tuple(Words(run.sort, said, run.moved) for run in runs if (said := visible(run.text)))
        if not shown:
            inserted = WordSort.DELETE if sort is BlockSort.DELETE else WordSort.INSERT
            shown = (Words(inserted, phrase(self._language, "empty")),)
        return Edit(self.count, label, sort, shown)

    def _unchanged(self, texts: list[str]) -> Unchanged:
        return Unchanged(counted(self._language, len(texts), "unchanged"), tuple(text for text in texts if text))

    def _label(self, block: Block) -> str:
        if block.sort is BlockSort.MOVE:
            key = "moved_and_changed" if block.words else "move"
            said = phrase(self._language, key, was=(block.old_index or 0) + 1)
        elif block.words and all(run.moved or not run.text.strip() for run in block.words if run.sort is not WordSort.EQUAL):
            said = phrase(self._language, "sentence_moved")
        else:
            said = phrase(self._language, block.sort.value)
        delta = facts.figure(step(block.words), words_for(self._language))
        return f"{said} ({delta})" if delta else said


def _tells_heading(section: Section) -> bool:
    """True when the heading stands in the text as a paragraph of its own, so that its change is an item already."""
    return any(section.heading in (block.new, block.old) for block in section.blocks)


def _heading(section: Section) -> str:
    """The heading above a part; "" when its first item is the heading itself."""
    first = section.blocks[0]
    told = first.sort is not BlockSort.EQUAL and section.heading in (first.new, first.old)
    return "" if told else clean(section.heading)


def _rows(changes: Iterable[Change], language: str, first: int) -> tuple[Row, ...]:
    words = words_for(language)
    told = (facts.told(change, words) for change in changes)
    return tuple(
        Row(number, Step(clean(one.label), clean(one.before), clean(one.after), clean(one.delta)))
        for number, one in enumerate(told, first)
    )


def _origin(side: Side, key: str, language: str) -> Origin:
    words = words_for(language)
    day = moments.long_day(side.seen, words)
    clock = moments.clock_time(side.seen, words)
    said = f"{day}, {clock}" if words.language == "en" else f"{day} om {clock} uur"
    return Origin(
        label=phrase(language, key),
        id=clean(side.id),
        url=safe_url(side.url),
        version=phrase(language, "version", seq=side.seq),
        seen=phrase(language, "seen", moment=said),
        hash=side.snapshots[-1][1][:HASH_SHOWN] if side.snapshots else "",
        title=clean(side.title),
    )


def _notes(found: VersionDifference, language: str) -> Iterator[str]:
    if found.older.parser != found.newer.parser:
        yield phrase(language, "readers")
    for rule in found.ignored:
        text, reason = clean(rule.text), clean(rule.reason)
        yield phrase(language, "ignored", text=text, reason=reason, before=rule.before, after=rule.after)
