"""What cannot wait: must-read news, changed facts of a scheme, and deadlines within 48 hours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.assessments import Level
from domain.change import Change, ChangeSort
from domain.documents import Document, Kind
from domain.events import EventKind
from domain.schemes import SchemeFact, SchemeField, SchemeSheet, Unit
from domain.urgency import is_urgent

NOW = datetime(2026, 9, 22, 8, 0, tzinfo=UTC)
CEILING = Change(ChangeSort.FACT, "plafond", "€ 7.150.000", "€ 8.350.000", "+16,8 %")
TEXT = Change(ChangeSort.TEXT, "alinea gewijzigd", "zo", "anders")


def paper(closes: str = "2026-09-17") -> Document:
    fact = SchemeFact(SchemeField.CLOSES, closes, Unit.MOMENT, "zin")
    return Document("rvo:mit", "https://www.rvo.nl/mit", Kind.SCHEME, "MIT", (), scheme=SchemeSheet("mit", "MIT", (fact,)))


@pytest.mark.parametrize(
    ("level", "kind", "changes", "closes", "urgent"),
    [
        (Level.RELEVANT, EventKind.SCHEME_CHANGED, (CEILING,), "2026-09-17", True),  # after closing
        (Level.RELEVANT, EventKind.CORRECTED, (CEILING,), "2026-09-17", True),
        (Level.RELEVANT, EventKind.CORRECTED, (TEXT,), "2026-09-17", False),
        (Level.RELEVANT, EventKind.REVISED, (TEXT,), "2026-09-17", False),
        (Level.RELEVANT, EventKind.REVISED, (TEXT,), "2026-09-24T09:59", True),
        (Level.RELEVANT, EventKind.REVISED, (TEXT,), "2026-09-24T10:01", False),
        (Level.MUST_READ, EventKind.PUBLISHED, (), "2026-12-01", True),
        (Level.HELD, EventKind.SCHEME_CHANGED, (CEILING,), "2026-09-23", False),
    ],
)
def test_urgent(level, kind, changes, closes, urgent):
    assert is_urgent(level, kind, paper(closes), changes, NOW) is urgent
