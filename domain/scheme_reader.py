"""Scheme pages and acts, fact by fact: `read_sheet` gives what is stated, each fact with the sentence that states it.

Text before and after a fact does not matter, nor does its place on the page. What a page says twice is one fact; what it says in
two ways is none (`domain.scheme_findings.settle`). Nothing is completed or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.documents import Field, Passage
from domain.scheme_findings import Finding, settle, status_of
from domain.scheme_rows import cells_of, read_row
from domain.scheme_sentences import read_sentence
from domain.scheme_words import fact_label, fact_value, part_of
from domain.schemes import SchemeField, SchemeSheet, SchemeStatus, Unit
from domain.text import sentences

__all__ = ["fact_label", "fact_value", "read_sheet"]

_UNREAD = {Field.BOILERPLATE, Field.AGENDA, Field.FOOTNOTE}
_LABEL = re.compile(
    r"(?:status\s*:?\s*)?(?:(?:bijna|binnenkort)\s+open|tijdelijk\s+gesloten|gesloten|open)(?:\s+voor\s+aanvragen)?"
    r"(?:\s*[,:;(–-]\s*(?:het\s+)?(?:subsidieplafond|plafond|budget)\s+(?:is\s+)?(?:bereikt|uitgeput)\)?)?[.!]?"
    r"|(?:status\s*:?\s*)?(?:(?:subsidie)?plafond|budget)\s+(?:is\s+)?(?:bereikt|uitgeput)[.!]?",
    re.IGNORECASE,
)
_TARGET_GROUP = re.compile(
    r"(?:voor\s+wie\b.*|doelgroep\w*|wie\s+(?:kan|kunnen)\b.*aanvragen|wie\s+komt\s+in\s+aanmerking)\??", re.IGNORECASE
)
_MEANT_FOR = re.compile(r"(?:de|deze)\s+(?:regeling|subsidie)\s+is\s+(?:er\s+voor|bedoeld\s+voor)\b", re.IGNORECASE)


def read_sheet(scheme: str, name: str, passages: Sequence[Passage]) -> SchemeSheet:
    """The facts that the passages of one page or act state about a scheme; an empty sheet when they state none.

    A sheet is provisional: rvo.nl itself says that budget and dates are final only once they stand in the Staatscourant.
    """
    findings: list[Finding] = []
    for passage in passages:
        if passage.field not in _UNREAD:
            findings += _passage(passage, findings)
    return SchemeSheet(scheme, name, settle(_one_status(findings)))


def _passage(passage: Passage, so_far: Sequence[Finding]) -> Iterator[Finding]:
    text, heading = passage.text, passage.heading
    if _LABEL.fullmatch(text) and (status := status_of(text)):
        first = not any(finding.field is SchemeField.STATUS for finding in so_far)
        part = "" if first else part_of(heading) or heading
        yield Finding(SchemeField.STATUS, part, status.value, Unit.LABEL, text)
        return
    if text == heading:
        return
    cells = cells_of(text, heading)
    if cells:
        yield from read_row(cells, text, heading)
        return
    if _TARGET_GROUP.fullmatch(heading) and not any(finding.field is SchemeField.TARGET_GROUP for finding in so_far):
        yield Finding(SchemeField.TARGET_GROUP, "", text, Unit.LABEL, text)
    question = ""
    for sentence in sentences(text):
        if _MEANT_FOR.match(sentence) and not any(finding.field is SchemeField.TARGET_GROUP for finding in so_far):
            yield Finding(
                SchemeField.TARGET_GROUP, "", text if _TARGET_GROUP.fullmatch(heading) else sentence, Unit.LABEL, sentence
            )
        yield from read_sentence(sentence, heading, question)
        question = sentence if sentence.rstrip().endswith("?") else ""


def _one_status(findings: Sequence[Finding]) -> list[Finding]:
    """For the scheme as a whole one status counts: that the money is gone, before the label, before what the text says."""
    whole = [finding for finding in findings if finding.field is SchemeField.STATUS and not finding.part]
    exhausted = [finding for finding in whole if finding.value == SchemeStatus.EXHAUSTED.value]
    labels = [finding for finding in whole if _LABEL.fullmatch(finding.sentence)]
    chosen = next(iter((*exhausted, *labels, *whole)), None)
    return [finding for finding in findings if finding not in whole or finding is chosen]
