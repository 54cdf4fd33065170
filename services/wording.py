"""Short Dutch phrases about reasons, offices and earlier messages; longer texts are the renderings' business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.assessments import Reason
from domain.calendar import clock_time, day_and_time, local
from domain.documents import Document, Kind
from domain.identifiers import cite
from storage.unit_of_work import Unit


def office_title(document: Document) -> str:
    """Who speaks: the offices of the paper, joined; for questions also to whom."""
    speaks = ", ".join(document.authors)
    if document.kind is Kind.QUESTION and document.addressees and speaks:
        return f"{speaks} aan {', '.join(document.addressees)}"
    return speaks


def reasons_in_words(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """The reasons as a reader understands them, strongest first, each concept once ("procesinnovatie 12x")."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    weights: dict[str, int] = {}
    for reason in sorted(reasons, key=lambda found: -found.weight):
        label = _label(reason)
        if not label:
            continue
        key = reason.term if reason.rule in COUNTED else label
        names.setdefault(key, label)
        counts[key] = counts.get(key, 0) + (reason.count if reason.rule in COUNTED else 0)
        weights[key] = weights.get(key, 0) + abs(reason.weight)
    order = sorted(names, key=lambda key: (-weights[key], names[key]))
    return tuple(f"{names[key]} {counts[key]}x" if counts[key] else names[key] for key in order)


COUNTED = frozenset({"term", "same_concept", "own_name"})
"""Rules that rest on words in the text; their counts are shown."""

RULES = {
    "own_name_floor": "uw organisatie wordt genoemd",
    "own_name_in_title": "uw organisatie staat in de titel",
    "scheme_changed": "gegeven van een gevolgde regeling gewijzigd",
    "scheme_named": "gevolgde regeling",
    "dossier": "gevolgd beleidsdossier",
    "core_in_title": "",
    "core_floor": "",
    "tier_most": "",
}
"""What a rule that rests on no word is called; rules that only move points are not shown. `docs/relevance.md` has them all."""


def _label(reason: Reason) -> str:
    if reason.rule in COUNTED:
        return reason.words
    if reason.rule.startswith("followed"):
        return f"u volgt {_cited(reason.term.removeprefix('follow:'))}"
    if reason.rule.startswith("negative:"):
        return f"ander onderwerp ({reason.rule.partition(':')[2].replace('-', ' ')})"
    return RULES.get(reason.rule, "") if reason.weight else ""


def _cited(identifier: str) -> str:
    try:
        return cite(identifier)
    except ValueError:
        return identifier


def told_in_words(unit: Unit, keys: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Where and when this news went out before: "slack gisteren 16.55", each channel once."""
    first: dict[str, datetime] = {}
    for key in keys:
        for _, channel, _, at in unit.outbox.told(key):
            if channel not in first or at < first[channel]:
                first[channel] = at
    return tuple(f"{channel.capitalize()} {_when(at, now)}" for channel, at in sorted(first.items(), key=lambda pair: pair[1]))


def _when(at: datetime, now: datetime) -> str:
    days = (local(now).date() - local(at).date()) // timedelta(days=1)
    return {0: f"vandaag {clock_time(at)}", 1: f"gisteren {clock_time(at)}"}.get(days, day_and_time(at))
