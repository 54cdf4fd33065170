"""A comparison for programs: the same items in the same order, with every word's fate."""

from __future__ import annotations

from typing import Any

from domain.version_difference import Side, VersionDifference
from notifications.difference_outline import DifferenceOutline, Edit


def difference_document(found: VersionDifference, outline: DifferenceOutline) -> dict[str, Any]:
    """One JSON-ready document. `changes` are as stored with an event (Dutch, facts first); `items` are as people see them."""
    return {
        "id": found.newer.id,
        "title": found.newer.title,
        "url": found.newer.url,
        "from": found.older.seq,
        "to": found.newer.seq,
        "older": _side(found.older),
        "newer": _side(found.newer),
        "alone": found.alone,
        "ignored": found.ignored,
        "changes": found.comparison.changes,
        "items": [*_rows(outline), *_edits(outline)],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "id": side.id,
        "title": side.title,
        "url": side.url,
        "version": side.seq,
        "seen": side.seen.isoformat(),
        "snapshots": [{"role": role, "sha256": sha256} for role, sha256 in side.snapshots],
        "parser": side.parser,
    }


def _rows(outline: DifferenceOutline) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "label": row.step.label,
            "before": row.step.before,
            "after": row.step.after,
            "delta": row.step.delta,
        }
        for row in (*outline.facts, *outline.frame)
    ]


def _edits(outline: DifferenceOutline) -> list[dict[str, Any]]:
    return [
        {
            "number": edit.number,
            "heading": part.heading,
            "label": edit.label,
            "sort": edit.sort.value,
            "words": [{"sort": run.sort.value, "text": run.text, "moved": run.moved} for run in edit.runs],
        }
        for part in outline.parts
        for edit in part.entries
        if isinstance(edit, Edit)
    ]
