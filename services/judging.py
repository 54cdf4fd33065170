"""Judging a paper, the one way for all: when it is recorded, when it is judged again, and when it is only looked at."""

from __future__ import annotations

from collections.abc import Sequence

from domain.amending_changes import act_changes
from domain.assessments import Assessment
from domain.changes import Change
from domain.citations import Citation
from domain.documents import Document
from domain.events import EventKind
from domain.occasions import settled
from domain.relevance import Judge
from services.radar import Radar


def judge(
    radar: Radar,
    document: Document,
    kind: EventKind,
    changes: Sequence[Change],
    citations: Sequence[Citation],
    judge: Judge | None = None,
) -> tuple[Assessment, ...]:
    """How much it matters to every topic and every followed id; by another `judge` than the one in force if given."""
    found = (judge or radar.judge).judge(document, kind, changes, citations, attachment=bool(document.main_paper))
    topics = radar.settings.topics
    return tuple(settled(kind, one, topics[one.topic].levels) if one.topic in topics else one for one in found)


def judged_changes(document: Document, changes: Sequence[Change], *, first: bool) -> Sequence[Change]:
    """The changes by which an event was judged, from those that it tells: the first sight of a paper tells more than it is judged
    by (`services.record`)."""
    return act_changes(document) if first else changes
