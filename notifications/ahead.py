"""A date that comes near, as one would say it on that day: "opent morgen om 09.00 uur", "sluit over 3 dagen: vr 17 dec"."""

from __future__ import annotations

import re
from datetime import date, datetime

from domain.calendar import AMSTERDAM, MONTHS
from domain.change import Change
from domain.digests import Ahead, ComingDate
from domain.schemes import SchemeField
from notifications import facts, moments
from notifications.words import Words

_MOMENT = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})(?:, (?P<hour>\d\d)\.(?P<minute>\d\d) uur)?$"
)
_SORTS = {"opent": "opens", "sluit": "closes", "uiterste datum": "deadline", "antwoord verwacht": "answer"}
_FIELDS = {SchemeField.OPENS: "opens", SchemeField.CLOSES: "closes", SchemeField.DEADLINE: "deadline"}
_BEFORE = "vóór"  # the part by which a deadline says that its day itself is too late


def announced(change: Change, words: Words, made: datetime) -> str:
    """What an announcement says on the day of the issue. Its label and value as they stand when they are none of ours."""
    sort, _, part = change.label.partition(" (")
    when = _parsed(change.after)
    if sort not in _SORTS or when is None:
        return f"{change.label}: {change.after}"
    return _said(_SORTS[sort], part.removesuffix(")"), when, words, made)


def coming(ahead: ComingDate, words: Words, made: datetime) -> str:
    """The same for a coming date, with what it belongs to: "WBSO: aanvragen kan uiterlijk morgen · start 1 januari"."""
    if ahead.sort is Ahead.ANSWER:
        return f"{ahead.what}: {_said('answer', '', ahead.when, words, made)}"
    if ahead.fact is None or ahead.fact.field not in _FIELDS:
        return f"{ahead.what}: {moments.short_moment(ahead.when, words, moments.day_of(made))}"
    return f"{ahead.what}: {_said(_FIELDS[ahead.fact.field], ahead.fact.part, ahead.when, words, made)}"


def when(at: date | datetime, words: Words, made: datetime, by: bool = False) -> str:
    """ "vandaag om 09.00 uur", "morgen", "over 4 dagen: di 14 dec om 09.00 uur"; as the last day (`by`) "ma 20 dec (nog 10
    dagen)"."""
    today = moments.day_of(made)
    days = (moments.day_of(at) - today).days
    near = {0: words.say("today"), 1: words.say("tomorrow")}.get(days)
    day = near or moments.short_day(at, words, today)
    if isinstance(at, datetime):
        day = words.say("at_time", day=day, time=moments.clock_time(at, words))
    if days < 0 or (isinstance(at, datetime) and at <= made):
        return words.say("when_past", day=day)
    if near:
        return day
    return f"{day} ({words.count(days, 'days')})" if by else words.say("when_far", n=days, day=day)


def _said(sort: str, part: str, at: date | datetime, words: Words, made: datetime) -> str:
    parts = [one for one in part.split(", ") if one]
    if sort == "deadline" and _BEFORE in parts:
        parts.remove(_BEFORE)
        sort = "deadline_before"
    said = words.say(sort, when=when(at, words, made, by=sort not in ("opens", "closes")))
    return f"{said} · {facts.part_words(', '.join(parts), words)}" if parts else said


def _parsed(value: str) -> date | datetime | None:
    found = _MOMENT.search(value)
    if found is None:
        return None
    day = (int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"]))
    if found["hour"]:
        return datetime(*day, int(found["hour"]), int(found["minute"]), tzinfo=AMSTERDAM)
    return date(*day)
