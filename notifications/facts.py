"""Scheme facts and differences in the language of a digest: labels, values, steps and what has to be done by when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.calendar import DAYS, MONTHS
from domain.changes import Change, ChangeSort
from domain.scheme_conflicts import LABEL as CONFLICT
from domain.scheme_reader import fact_label, fact_value
from domain.schemes import SchemeFact, SchemeField
from notifications import moments
from notifications.words import Words

_BEFORE = "vóór"  # the part by which a deadline says that its day itself is too late
_APPLY = {SchemeField.OPENS: "apply_from", SchemeField.CLOSES: "apply_by", SchemeField.DEADLINE: "apply_by"}
_DAY = rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})"
_DAY_OF_YEAR = re.compile(rf"start {_DAY}")
_MOMENT = re.compile(
    rf"(?:{'|'.join(day[:2] for day in DAYS)}) {_DAY} (?P<year>\d{{4}})(?:, (?P<hour>\d\d)\.(?P<minute>\d\d) uur)?"
)
_AMOUNT = re.compile(r"(?P<sign>-?)€ (?P<whole>\d{1,3}(?:\.\d{3})*)(?:,(?P<rest>\d\d))?")
_RATE = re.compile(r"(?P<figures>[+-]?\d+(?:,\d+)?)(?P<unit> ?%| procentpunt)")
_PARAGRAPH = re.compile(r"alinea (?P<number>\d+)(?:, (?P<more>in andere volgorde))?")
# Labels under which a difference in the text is told in words of the comparison, not of the paper.
_OURS = ("soort stuk", "alinea verplaatst", "zin verplaatst", "gegevens van de regeling")


def label(fact: SchemeFact, words: Words) -> str:
    """What the fact is about: "plafond (Zuid)", "ceiling (Zuid)"."""
    return _label(fact_label(fact), words)


def value(fact: SchemeFact, words: Words) -> str:
    """Its value as a reader of this language writes it. Raises ValueError when the value does not fit its unit."""
    return _value(fact_value(fact), words)


def ahead(fact: SchemeFact, words: Words) -> str:
    """What the date of a scheme means for who wants to apply: "aanvragen uiterlijk (start 1 januari)", "aanvragen vanaf"."""
    if fact.field not in _APPLY:
        return label(fact, words)
    parts = [part for part in fact.part.split(", ") if part]
    key = _APPLY[fact.field]
    if _BEFORE in parts:
        parts.remove(_BEFORE)
        key = "apply_before"
    said = words.say(key)
    return f"{said} ({part_words(', '.join(parts), words)})" if parts else said


def told(change: Change, words: Words) -> Change:
    """The change with its label, step and, where they are ours, its values in this language; a paper's own words stay as they
    were published."""
    if not words.vocabulary:
        return change
    before, after = change.before, change.after
    if change.sort is ChangeSort.CONFLICT:
        before, after = _sourced(before, words), _sourced(after, words)
    elif change.sort is ChangeSort.FACT:
        before, after = _value(before, words), _value(after, words)
    elif change.sort is ChangeSort.ATTACHMENT or change.label.startswith(_OURS):
        before, after = _ours(before, words), _ours(after, words)
    if before == after:  # two words of ours that English does not tell apart: then the published ones are better
        before, after = change.before, change.after
    return replace(
        change, label=_label(change.label, words), before=before, after=after, delta=_ours(figure(change.delta, words), words)
    )


def _label(text: str, words: Words) -> str:
    """A label of the comparison: whole, before a name of the paper's ("alinea gewijzigd onder «Budget»"), or with a part."""
    known = words.vocabulary
    if known and text.startswith(f"{CONFLICT}: "):
        return f"{known[CONFLICT]}: {_label(text.removeprefix(f'{CONFLICT}: '), words)}"
    if not known or text in known:
        return known.get(text, text)
    for sign, said in ((" onder «", " under «"), (": ", ": "), (" (", " (")):
        head, found, tail = text.partition(sign)
        if found and head in known:
            rest = f"{part_words(tail[:-1], words)})" if sign == " (" and tail.endswith(")") else tail
            return f"{known[head]}{said}{rest}"
    head, _, tail = text.partition(" ")
    return f"{known[head]} {part_words(tail, words)}" if head in known and "schijf" in tail else text


def part_words(text: str, words: Words) -> str:
    """The parts of a scheme that a label names, in this language."""
    return ", ".join(_part(part, words) for part in text.split(", "))


def _part(part: str, words: Words) -> str:
    if words.vocabulary and (start := _DAY_OF_YEAR.fullmatch(part)):
        return f"start {start['day']} {moments.MONTHS[MONTHS.index(start['month'])]}"
    return words.vocabulary.get(part, part)


def _value(text: str, words: Words) -> str:
    """A value of a fact: a date, an amount, a rate, or a word of ours."""
    if not words.vocabulary:
        return text
    if moment := _MOMENT.fullmatch(text):
        day = date(int(moment["year"]), MONTHS.index(moment["month"]) + 1, int(moment["day"]))
        said = f"{moments.short_day(day, words, day)} {day.year}"
        return f"{said}, {moment['hour']}:{moment['minute']}" if moment["hour"] else said
    if amount := _AMOUNT.fullmatch(text):
        rest = f".{amount['rest']}" if amount["rest"] else ""
        return f"{amount['sign']}€{amount['whole'].replace('.', ',')}{rest}"
    return _ours(figure(text, words), words)


def _sourced(text: str, words: Words) -> str:
    """A value with its source and standing behind it: "Thu 11 June 2026 (rvo.nl, provisional)"."""
    value, found, rest = text.rpartition(" (")
    source, _, standing = rest.removesuffix(")").rpartition(", ")
    return f"{_value(value, words)} ({source}, {words.vocabulary.get(standing, standing)})" if found else text


def figure(text: str, words: Words) -> str:
    """A rate or step with a point: "16.5%", "-8 percentage points"; as it is in Dutch."""
    if not words.vocabulary:
        return text
    found = _RATE.fullmatch(text)
    if not found:
        return text
    unit = "%" if "%" in found["unit"] else " percentage points"
    return found["figures"].replace(",", ".") + unit


def _ours(text: str, words: Words) -> str:
    if paragraph := _PARAGRAPH.fullmatch(text):
        more = f", {words.vocabulary[paragraph['more']]}" if paragraph["more"] else ""
        return f"paragraph {paragraph['number']}{more}"
    return words.vocabulary.get(text, text)
