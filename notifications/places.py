"""What became of a paper's address, as a sentence in the language of the digest (`services.lifecycle` stores it in Dutch)."""

from __future__ import annotations

import re
from datetime import date

from domain.calendar import MONTHS
from domain.change import Change
from notifications import moments
from notifications.words import Words

_DAY = rf"\w+ (?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"
_GONE = re.compile(rf"niet meer te vinden sinds {_DAY}, (?P<times>\d+) keer gecontroleerd")
_SINCE = re.compile(rf"verdwenen sinds {_DAY}")
_AT = re.compile(r"te lezen op (?P<host>\S+)")


def said(change: Change, words: Words) -> str:
    """ "Verdwenen: niet meer te vinden op rvo.nl sinds ..."; a place that is stored in other words is told in those."""
    if (gone := _GONE.fullmatch(change.after)) and (at := _AT.search(change.before)):
        return words.say("gone", host=at["host"], day=_day(gone, words), times=gone["times"])
    if (since := _SINCE.fullmatch(change.before)) and (at := _AT.search(change.after)):
        return words.say("back", host=at["host"], day=_day(since, words))
    return f"{change.label}: {change.after}"


def _day(found: re.Match[str], words: Words) -> str:
    return moments.long_day(date(int(found["year"]), MONTHS.index(found["month"]) + 1, int(found["day"])), words)
