"""Amending acts: what each instruction of a "Regeling tot wijziging van ..." does, where, and what of it was not understood.

An instruction is read whole or not at all. A sentence of an amending article in which no known instruction is found is kept as
UNREAD: it may change anything, so readers see it as it stands. New text that an instruction announces is kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain import amending_grammar as grammar
from domain.amending_grammar import Masked, masked
from domain.amending_places import NOWHERE, Place, place_in
from domain.documents import Field, Passage
from domain.dutch_numbers import amounts, moments, percentages
from domain.scheme_openings import read_opening
from domain.scheme_rows import cells_of
from domain.text import sentences

_ROMAN = re.compile(r"artikel\s+[IVXLC]+[a-z]?\b\.?", re.IGNORECASE)
_ARABIC = re.compile(r"artikel\s+(\d+)(?![.:]?\d|[a-z])", re.IGNORECASE)
_MARKER = re.compile(r"(?:[A-Z]{1,2}|\d{1,2}|[a-z])[.)]?")
_LETTER = re.compile(r"[A-Z][.)]?(?=\s|$)|[A-Z]{2}(?:[.)]|$)")
_NUMBERING = re.compile(r"^(?:[A-Z]{1,2}|\d{1,2}|[a-z])[.)]?\s+(?=[A-Z⟦])")
_END = re.compile(
    r"^(?:nota\s+van\s+)?toelichting\b.{0,20}$|^lasten\s+en\s+bevelen\b|^de\s+(?:minister|staatssecretaris)\s+(?:van|voor)\b.{0,160}(?<![.;:])$|^(?:'s-gravenhage|den\s+haag)\b.{0,40}$",
    re.IGNORECASE,
)
_AMENDING_TITLE = re.compile(
    r"\b(?:tot\s+wijziging\s+van|houdende\s+wijziging\s+van|wijziging\s+(?:van\s+)?(?:de|het)?)\b|^wijziging", re.IGNORECASE
)
_OBJECT = re.compile(
    r"\bwijziging\s+(?:van\s+)?(?:de\s+|het\s+)?(?P<name>.+?)(?=\s+(?:in\s+verband\s+met|vanwege|ten\s+behoeve|houdende|\(|nr\.)|\s*\(|,?\s+en\s+(?:van\s+)?(?:de|het)\s|$)",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"€|\bEUR\b|%|\b(?:procent|miljoen)\b|\d{1,3}(?:\.\d{3})+|\d{1,2}[- ]\w+[- ](?:19|20)\d{2}", re.IGNORECASE)
_UNREAD_FIELDS = {Field.BOILERPLATE, Field.AGENDA, Field.FOOTNOTE}


class Action(StrEnum):
    """What an instruction does."""

    REPLACED = "replaced"  # `before` is struck and `after` stands there
    REPEALED = "repealed"  # the place, or `before` in it, is gone
    REWRITTEN = "rewritten"  # the place says `after` from now on
    INSERTED = "inserted"  # `after` is added at the place
    RENUMBERED = "renumbered"  # moved; nothing else is said by it
    UNREAD = "unread"  # not understood; `sentence` is what was printed


@dataclass(frozen=True, slots=True)
class Amendment:
    """One instruction: where it works, what it does, and the sentence that says so."""

    action: Action
    place: Place
    before: str
    after: str
    sentence: str


@dataclass(slots=True)
class _Reading:
    """Where the reading of an act stands. `writing` is the instruction whose new text is being collected."""

    found: list[Amendment] = field(default_factory=list)
    place: Place = NOWHERE
    lists: Place = NOWHERE
    writing: tuple[Action, Place, str] | None = None
    text: list[str] = field(default_factory=list)

    def close(self) -> None:
        """Write down the instruction whose new text came to an end."""
        if self.writing is not None:
            action, place, sentence = self.writing
            self.found.append(Amendment(action, place, "", "\n".join(self.text), sentence))
        self.writing = None
        self.text = []


def is_amending(title: str, passages: Sequence[Passage]) -> bool:
    """True when a regulation says of itself that it changes another one."""
    return _AMENDING_TITLE.search(title) is not None or any(
        grammar.OPENS_LIST.search(passage.text) and "egeling" in passage.text for passage in passages[:40]
    )


def amended(title: str) -> str:
    """The name of the regulation that a title says is changed; "" when it does not say."""
    found = _OBJECT.search(title)
    return " ".join(found["name"].split()).rstrip(" ,.;") if found else ""


def read_amendments(passages: Sequence[Passage]) -> tuple[Amendment, ...]:
    """Every instruction of an amending act, in order; recitals, entry into force, signature and explanation say none."""
    state = _Reading()
    for article in _articles(passages):
        state.close()
        state.place = state.lists = NOWHERE
        for passage in article:
            _passage(passage, state)
    state.close()
    return tuple(state.found)


def _articles(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """The passages under each article of the act itself, without those before the first and after the last."""
    current: list[Passage] | None = None
    number = 0
    for passage in passages:
        if passage.field in _UNREAD_FIELDS:
            continue
        if _END.match(passage.text) and current is not None:
            break
        arabic = _ARABIC.fullmatch(passage.heading) or _ARABIC.match(passage.heading)
        own = passage.text == passage.heading and (
            _ROMAN.match(passage.heading) is not None or (arabic is not None and int(arabic[1]) == number + 1)
        )
        if own:
            if current is not None:
                yield current
            current, number = [], number + 1
        elif current is not None:
            current.append(passage)
    if current is not None:
        yield current


def _passage(passage: Passage, state: _Reading) -> None:
    """One line: the next instruction, or a piece of the new text that the last one announced."""
    line = masked(passage.text)
    bare = _NUMBERING.sub("", line.text)
    if _LETTER.match(line.text) and passage.text != passage.heading:
        state.close()  # the instructions of an article are lettered in capitals; new text never is
    if _MARKER.fullmatch(line.text.strip()) or not bare.strip():
        return
    heading = passage.text == passage.heading
    begins = not heading and grammar.INSTRUCTION.match(line.text) and grammar.VERB.search(bare) and _is_instruction(bare)
    if state.writing is not None and not begins:
        state.text.append(passage.text)
        return
    if heading:
        if not begins:
            state.place = state.lists = (
                place_in(passage.text, state.place) if re.match(r"artikel|§|titel", passage.text, re.I) else state.place
            )
        return
    state.close()
    if cells_of(passage.text):  # a row of a table: an opening (`domain.scheme_openings`), or figures that nobody understands
        if read_opening(passage.text) is None and _FIGURES.search(passage.text):
            state.found.append(Amendment(Action.UNREAD, state.place, "", "", passage.text))
        return
    for sentence in sentences(line.text):
        _sentence(Masked(_NUMBERING.sub("", sentence), line.quoted, line.printed), state)


def _is_instruction(text: str) -> bool:
    return any(pattern.search(text) for pattern in grammar.ALL)


def _sentence(line: Masked, state: _Reading) -> None:
    text = line.text.strip()
    if not text or grammar.ENTRY_INTO_FORCE.match(text):
        return
    printed = line.restored(text)
    if state.writing is not None:
        state.text.append(printed)
        return
    if grammar.OPENS_LIST.search(text):
        state.place = state.lists = place_in(text, NOWHERE if not state.lists.article else state.lists)
        return
    place = place_in(text, state.lists)
    found = list(_instructions(line, place, printed))
    if found:
        state.found += found
        state.place = place
    elif grammar.REWRITTEN.search(text) or grammar.ADDED.search(text) or grammar.TABLE_REPLACED.search(text):
        added = grammar.ADDED.search(text) and not grammar.REWRITTEN.search(text)
        state.writing = (Action.INSERTED if added else Action.REWRITTEN, place, printed)
        rest = re.split(r"\b(?:te\s+luiden|luidende|door)\s*:\s*", text, maxsplit=1)
        if len(rest) == 2 and rest[1].strip():
            state.text.append(line.inner(rest[1].strip()))
    elif grammar.REPEALED.search(text) and "⟦" not in text and place != NOWHERE:
        state.found.append(Amendment(Action.REPEALED, place, "", "", printed))
    elif grammar.RENUMBERED.search(text) and "⟦" not in text:
        state.found.append(Amendment(Action.RENUMBERED, place, "", "", printed))
    else:
        state.found.append(Amendment(Action.UNREAD, place, "", "", printed))


def _instructions(line: Masked, place: Place, printed: str) -> Iterator[Amendment]:
    """The replacements, repeals and insertions of quoted words in one sentence; nothing when a quoted text is left over."""
    text = line.text
    found: list[tuple[int, int, Amendment]] = []
    if each := grammar.REPLACED_EACH.search(text):
        for was, made in (("was1", "made1"), ("was2", "made2")):
            read = Amendment(Action.REPLACED, place, line.said(each[was]), line.said(each[made]), printed)
            found.append((*each.span(), read))
        text = text[: each.start()] + " " * (each.end() - each.start()) + text[each.end() :]
    for pattern in (grammar.REPLACED, grammar.INSERTED, grammar.GONE, grammar.GONE_BEHIND):
        for match in pattern.finditer(text):
            found.append((*match.span(), _one(pattern, match, line, place, printed)))
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    if found and "⟦" not in text:
        yield from (read for _, _, read in sorted(found, key=lambda one: one[0]))
    elif not line.quoted:
        yield from _bare(line.text, place, printed)


def _one(pattern: re.Pattern[str], match: re.Match[str], line: Masked, place: Place, printed: str) -> Amendment:
    where = place_in(line.text[: match.start()], place) if match.start() else place
    if pattern is grammar.REPLACED:
        return Amendment(Action.REPLACED, where, line.said(match["was"]), line.said(match["made"]), printed)
    if pattern is grammar.INSERTED:
        return Amendment(Action.INSERTED, where, "", line.said(match["made"]), printed)
    return Amendment(Action.REPEALED, where, line.said(match["was"]), "", printed)


_BARE = re.compile(
    r"\b(?:wordt|worden)\b(?P<was>.*?)\b(?:vervangen\s+door|gewijzigd\s+in|verhoogd\s+(?:naar|tot)|verlaagd\s+(?:naar|tot))\b(?P<made>.*)$|"
    r"\b(?:wordt|worden)\s+(?:verhoogd|verlaagd|gewijzigd)\s+van\b(?P<was2>.*?)\b(?:naar|tot|in)\b(?P<made2>.*)$",
    re.IGNORECASE,
)


def _bare(text: str, place: Place, printed: str) -> Iterator[Amendment]:
    """A replacement without quotation marks, when each side of it holds exactly one amount, percentage or date of one sort."""
    match = _BARE.search(text)
    if match is None:
        return
    was, made = match["was"] or match["was2"] or "", match["made"] or match["made2"] or ""
    for read in (amounts, percentages, moments):
        left, right = read(was), read(made)
        if len(left) == len(right) == 1:
            old, new = was[left[0].start : left[0].end], made[right[0].start : right[0].end]
            yield Amendment(Action.REPLACED, place, old.strip(), new.strip(), printed)
            return
