"""Comparing two versions of a paper: what was said before, what is said now.

`compare` gives changes if and only if the content hash differs. Scheme facts come first, as a reader writes them, then the title,
the text paragraph by paragraph (`domain.differences`) and the attachments. A fact that is no longer stated is told as such; no
value is made up for it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from domain.differences import Block, BlockSort, diff
from domain.documents import AttachmentRef, Document, Kind
from domain.dutch_numbers import parse_amount, parse_percentage, percentage_points, relative_step
from domain.events import EventKind
from domain.scheme_words import NOT_READ, NOT_STATED, fact_label, fact_value
from domain.schemes import SchemeFact, SchemeSheet, Unit
from domain.text import sentences
from domain.word_differences import Words, WordSort

_CORRECTION = re.compile(r"\b(?:rectificatie|herdruk|herzien\w*|erratum|verbeterd\w*|gecorrigeerd\w*)\b|-[hn]\d+$", re.IGNORECASE)
_UNCORRECTED = re.compile(r"\bongecorrigeerd\w*", re.IGNORECASE)
_KINDS = {
    Kind.LETTER: "brief",
    Kind.QUESTION: "vraag",
    Kind.ANSWER: "antwoord",
    Kind.EXTENSION: "uitstelbericht",
    Kind.REPORT: "rapport",
    Kind.MOTION: "motie",
    Kind.DEBATE: "debat",
    Kind.REGULATION: "regeling in het publicatieblad",
    Kind.SCHEME: "subsidieregeling",
    Kind.NEWS: "nieuwsbericht",
    Kind.ATTACHMENT: "bijlage",
    Kind.OTHER: "ander stuk",
}
_SORTS = {
    BlockSort.INSERT: "alinea toegevoegd",
    BlockSort.DELETE: "alinea vervallen",
    BlockSort.REPLACE: "alinea gewijzigd",
    BlockSort.MOVE: "alinea verplaatst",
}


class ChangeSort(StrEnum):
    """What sort of thing changed."""

    FACT = "fact"  # a scheme fact, with before and after
    TITLE = "title"
    TEXT = "text"  # a paragraph added, removed or rewritten
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, readable by itself: never empty, `before` and `after` are never equal.

    `label` says in Dutch what changed ("tarief eerste schijf"); `before` and `after` are as a reader writes them ("40%");
    `delta` is the size of the step where that has a meaning ("-8 procentpunt", "+16,8 %").
    """

    sort: ChangeSort
    label: str
    before: str
    after: str
    delta: str = ""
    sentence: str = ""

    def __post_init__(self) -> None:
        if self.before == self.after:
            raise ValueError(f"no change: {self.label!r} is {self.before!r} before and after")


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """How `old` became `new`, facts first; empty if and only if their content hashes are equal.

    Remove noise from both documents first (`Document.without`), so that it is never told as a change.
    """
    if old.content_hash() == new.content_hash():
        return ()
    told = (
        *_facts(old.scheme, new.scheme),
        *_title(old, new),
        *_text(old, new),
        *_attachments(old.attachments, new.attachments),
    )
    return told or tuple(_unseen(old, new)) or (_other(old, new),)


def event_kind(old: Document, new: Document, changes: Sequence[Change]) -> EventKind:
    """What the changes from `old` to `new` amount to.

    CORRECTED when the new version calls itself a correction or reprint and the old did not, then SCHEME_CHANGED when a fact
    changed, ATTACHMENT_ADDED or ATTACHMENT_REPLACED when nothing but attachments changed, else REVISED.
    """
    if _says_corrected(new) and not _says_corrected(old):
        return EventKind.CORRECTED
    if any(change.sort is ChangeSort.FACT for change in changes):
        return EventKind.SCHEME_CHANGED
    if changes and all(change.sort is ChangeSort.ATTACHMENT for change in changes):
        return EventKind.ATTACHMENT_ADDED if any(not change.before for change in changes) else EventKind.ATTACHMENT_REPLACED
    return EventKind.REVISED


def _says_corrected(document: Document) -> bool:
    said = (_UNCORRECTED.sub("", document.title), document.number, document.id, document.raw_kind)
    return any(_CORRECTION.search(text) for text in said)


def _facts(old: SchemeSheet | None, new: SchemeSheet | None) -> Iterator[Change]:
    """Facts by key, in the order of the new sheet, then those no longer stated. A fact met for the first time counts only when
    the scheme was read before."""
    before, after = _by_key(old), _by_key(new)
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key, []), after.get(key, [])
        for place in range(max(len(was), len(now))):
            first = was[place] if place < len(was) else None
            last = now[place] if place < len(now) else None
            if first and last:
                yield from _fact(first, last)
            elif last and old:
                yield Change(ChangeSort.FACT, fact_label(last), NOT_READ, fact_value(last), "", last.sentence)
            elif first:
                yield Change(ChangeSort.FACT, fact_label(first), fact_value(first), NOT_READ, NOT_STATED, first.sentence)
    if old and new and old.provisional != new.provisional:
        was_said, now_said = ("voorlopig" if sheet.provisional else "definitief" for sheet in (old, new))
        yield Change(ChangeSort.FACT, "status van de gegevens", was_said, now_said)


def _by_key(sheet: SchemeSheet | None) -> dict[tuple[str, str], list[SchemeFact]]:
    grouped: dict[tuple[str, str], list[SchemeFact]] = defaultdict(list)
    for fact in sheet.facts if sheet else ():
        grouped[fact.key].append(fact)
    return grouped


def _fact(was: SchemeFact, now: SchemeFact) -> Iterator[Change]:
    if (was.value, was.unit) == (now.value, now.unit):
        return
    before, after = fact_value(was), fact_value(now)
    if before == after:
        before, after = f"{before} ({was.value})", f"{after} ({now.value})"
    delta = ""
    if was.unit is now.unit is Unit.PERCENT:
        delta = percentage_points(int(was.value), int(now.value))
    elif was.unit is now.unit is Unit.CENTS:
        delta = relative_step(int(was.value), int(now.value))
    if before != after:
        yield Change(ChangeSort.FACT, fact_label(now), before, after, delta, now.sentence)


def _title(old: Document, new: Document) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(ChangeSort.TITLE, "titel", old.title, new.title)
    if old.kind is not new.kind:
        yield Change(ChangeSort.TEXT, "soort stuk", _KINDS[old.kind], _KINDS[new.kind])


def _text(old: Document, new: Document) -> Iterator[Change]:
    difference = diff([p.text for p in old.passages], [p.text for p in new.passages])
    for block in difference.changed:
        passage = new.passages[block.new_index] if block.new_index is not None else old.passages[block.old_index or 0]
        label = _SORTS[block.sort]
        if passage.heading and passage.heading != passage.text:
            label += f" onder «{passage.heading}»"
        yield _paragraph(block, label)


def _paragraph(block: Block, label: str) -> Change:
    if block.words:
        if block.sort is BlockSort.MOVE:
            label = label.replace("verplaatst", "verplaatst en gewijzigd")
        before, after = _said_differently(block.old, block.new)
        return Change(ChangeSort.TEXT, label, before, after, _step(block.words), after or before)
    if block.sort is BlockSort.MOVE:
        was, now = f"alinea {(block.old_index or 0) + 1}", f"alinea {(block.new_index or 0) + 1}"
        return Change(ChangeSort.TEXT, label, was, now if now != was else f"{now}, in andere volgorde", "", block.new)
    if block.old == block.new:  # an empty paragraph added or dropped
        return Change(ChangeSort.TEXT, label, *(("", "lege alinea") if block.sort is BlockSort.INSERT else ("lege alinea", "")))
    return Change(ChangeSort.TEXT, label, block.old, block.new, "", block.new or block.old)


def _said_differently(old: str, new: str) -> tuple[str, str]:
    """The sentences that only one of the two paragraphs has; the whole paragraphs when they hold the same sentences."""
    before, after = sentences(old), sentences(new)
    kept = Counter(before) & Counter(after)
    gone, come = _less(before, kept), _less(after, kept)
    return (gone, come) if gone != come else (old, new)


def _less(listed: Sequence[str], kept: Counter[str]) -> str:
    left = Counter(kept)
    out = []
    for sentence in listed:
        if left[sentence]:
            left[sentence] -= 1
        else:
            out.append(sentence)
    return " ".join(out)


def _step(words: Sequence[Words]) -> str:
    """The size of the step when a paragraph changed in one amount or one percentage; "" when it changed in more or in others."""
    steps = []
    for first, last in pairwise(words):
        if first.sort is WordSort.DELETE and last.sort is WordSort.INSERT:
            rates = parse_percentage(first.text), parse_percentage(last.text)
            sums = parse_amount(first.text), parse_amount(last.text)
            if rates[0] is not None and rates[1] is not None:
                steps.append(percentage_points(rates[0], rates[1]))
            elif sums[0] is not None and sums[1] is not None and not first.text.isdigit():
                steps.append(relative_step(sums[0], sums[1]))
    return steps[0] if len(steps) == 1 else ""


def _attachments(old: Sequence[AttachmentRef], new: Sequence[AttachmentRef]) -> Iterator[Change]:
    """Attachments by id; one that left and one that came under the same title are one that was replaced."""
    was, now = _numbered(old), _numbered(new)
    gone = {key: ref for key, ref in was.items() if key not in now}
    for key, ref in now.items():
        if key in was:
            if was[key].title != ref.title:
                yield Change(ChangeSort.ATTACHMENT, "bijlage hernoemd", was[key].title, ref.title)
            continue
        twin = next((old_key for old_key, old_ref in gone.items() if old_ref.title == ref.title), None)
        if twin is not None:
            yield Change(ChangeSort.ATTACHMENT, f"bijlage vervangen: {ref.title}", _spoken(twin), _spoken(key))
            del gone[twin]
        else:
            yield Change(ChangeSort.ATTACHMENT, "bijlage toegevoegd", "", ref.title or ref.id or "bijlage zonder naam")
    for ref in gone.values():
        yield Change(ChangeSort.ATTACHMENT, "bijlage vervallen", ref.title or ref.id or "bijlage zonder naam", "")


def _numbered(refs: Sequence[AttachmentRef]) -> dict[tuple[str, int], AttachmentRef]:
    """Attachments by id, and by rank among those with the same id."""
    seen: Counter[str] = Counter()
    out = {}
    for ref in refs:
        out[(ref.id, seen[ref.id])] = ref
        seen[ref.id] += 1
    return out


def _spoken(key: tuple[str, int]) -> str:
    return key[0] if not key[1] else f"{key[0]} ({key[1] + 1})"


def _unseen(old: Document, new: Document) -> Iterator[Change]:
    """What differs where facts, words and attachments are the same: headings, places, order, the sentences of facts."""
    headings = [(was.heading, now.heading) for was, now in zip(old.passages, new.passages, strict=False)]
    for was, now in dict.fromkeys(pair for pair in headings if pair[0] != pair[1]):
        yield Change(ChangeSort.TEXT, "kop boven de tekst", was, now)
    fields = [(was.field.value, now.field.value) for was, now in zip(old.passages, new.passages, strict=False)]
    for was, now in dict.fromkeys(pair for pair in fields if pair[0] != pair[1]):
        yield Change(ChangeSort.TEXT, "plaats van de tekst in het stuk", was, now)
    if old.attachments != new.attachments:
        before, after = ("; ".join(f"{ref.title} ({ref.id})" for ref in refs) for refs in (old.attachments, new.attachments))
        if before != after:
            yield Change(ChangeSort.ATTACHMENT, "volgorde van de bijlagen", before, after)
    yield from _sheet(old.scheme, new.scheme)


def _other(old: Document, new: Document) -> Change:
    """The last word, for what no reader could put into words: that the content is not the same."""
    return Change(ChangeSort.TEXT, "overige gegevens", old.content_hash()[:12], new.content_hash()[:12])


def _sheet(old: SchemeSheet | None, new: SchemeSheet | None) -> Iterator[Change]:
    if old == new:
        return
    if old is None or new is None:
        yield Change(
            ChangeSort.TEXT, "gegevens van de regeling", *(NOT_READ if sheet is None else "gelezen" for sheet in (old, new))
        )
        return
    if (old.scheme, old.name) != (new.scheme, new.name):
        yield Change(ChangeSort.TEXT, "naam van de regeling", f"{old.name} ({old.scheme})", f"{new.name} ({new.scheme})")
    before, after = ("; ".join(f"{fact_label(fact)}: {fact.sentence}" for fact in sheet.facts) for sheet in (old, new))
    if before != after:
        yield Change(ChangeSort.TEXT, "vindplaats van de gegevens", before, after)
