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
    """The reasons as a reader understands them, strongest first, each word once ("procesinnovatie 12x")."""
    counted: dict[str, int] = {}
    weights: dict[str, int] = {}
    for reason in reasons:
        label = _label(reason)
        if not label:
            continue
        counted[label] = counted.get(label, 0) + (reason.count if reason.words else 0)
        weights[label] = weights.get(label, 0) + abs(reason.weight)
    order = sorted(counted, key=lambda label: (-weights[label], label))
    return tuple(f"{label} {counted[label]}x" if counted[label] else label for label in order)


def _label(reason: Reason) -> str:
    if reason.rule.startswith("follow"):
        return f"u volgt {_cited(reason.term.removeprefix('follow:'))}"
    return reason.words or RULES.get(reason.rule, reason.rule.replace("_", " "))


RULES = {
    "own_name": "uw organisatie wordt genoemd",
    "scheme_changed": "een gevolgde regeling is gewijzigd",
}
"""What a rule that rests on no word is called; `docs/relevance.md` has them all."""


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
