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


def test_an_announcement_is_urgent_by_its_own_date() -> None:
    """The page says two dates; the one that is announced lies two weeks ahead."""
    facts = (
        SchemeFact(SchemeField.CLOSES, "2026-09-23", Unit.MOMENT, "sluit morgen"),
        SchemeFact(SchemeField.OPENS, "2026-10-06", Unit.MOMENT, "opent over twee weken"),
    )
    page = Document("rvo:mit", "https://www.rvo.nl/mit", Kind.SCHEME, "MIT", (), scheme=SchemeSheet("mit", "MIT", facts))
    opens = Change(ChangeSort.AHEAD, "opent", "", "6 oktober 2026", sentence="opent over twee weken")
    closes = Change(ChangeSort.AHEAD, "sluit", "", "23 september 2026", sentence="sluit morgen")
    assert not is_urgent(Level.RELEVANT, EventKind.MOMENT, page, (opens,), NOW)
    assert is_urgent(Level.RELEVANT, EventKind.MOMENT, page, (closes,), NOW)


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
