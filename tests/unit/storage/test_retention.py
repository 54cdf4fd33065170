"""What is let go of, and what never is."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.events import VisitState
from storage.unit_of_work import Store, Unit

LATER = datetime(2024, 12, 10, tzinfo=UTC)
EVERY = ("messages", "renderings", "warnings", "visits", "incidents", "backfills", "questions")


@pytest.fixture
def archive(upgraded: Path, tmp_path: Path) -> Store:
    """The archive of the first release."""
    return Store(f"sqlite:///{shutil.copy(upgraded, tmp_path / 'radar.db')}")


def _count(unit: Unit, what: str) -> int:
    return int(unit._connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def test_what_was_seen_and_told_stays_whatever_its_age(archive: Store) -> None:
    kept = ("snapshot", "blob", "version", "event", "assessment", "told", "to_tell", "delivery", "digest_run", "gap", "resource")
    with archive.begin() as unit:
        unit.visits.close(unit.visits.open("rvo", "live", datetime(2021, 12, 8, tzinfo=UTC)).id, VisitState.REJECTED, at=LATER)
        unit.visits.warn("rvo", "odd", at=datetime(2021, 12, 8, tzinfo=UTC), visit_id=None)
        unit.incidents.note("rvo", "vanished", "a paper is gone", datetime(2021, 12, 8, tzinfo=UTC))
        unit.incidents.end("rvo", "vanished", datetime(2021, 12, 9, tzinfo=UTC))
        unit.leases.acquire("visit:rvo", "elsewhere:1:1", datetime(2021, 12, 8, tzinfo=UTC), 60)
        before = {table: _count(unit, table) for table in kept}
        content = unit.content_hash()
        swept = unit.retention.sweep(dict.fromkeys(EVERY, LATER))
        assert {table: _count(unit, table) for table in kept} == before
        assert unit.content_hash() == content
        assert swept["messages"] == 9
        assert (swept["renderings"], swept["warnings"], swept["visits"], swept["incidents"]) == (6, 1, 1, 1)
        assert swept["questions"] > 50
        assert _count(unit, "delivery WHERE recipient <> '' OR length(envelope) > 0") == 0
        assert all(set(run.renderings) == {"html", "json"} for run in unit.issues.runs())
        assert sum(unit.retention.sweep(dict.fromkeys(EVERY, LATER)).values()) == 0
    archive.close()


def test_what_is_not_old_or_not_finished_stays(archive: Store) -> None:
    with archive.begin() as unit:
        unit._connection.execute(text("UPDATE delivery SET state = 'retry' WHERE id = 1"))
        early = datetime(2021, 12, 3, tzinfo=UTC)
        assert sum(unit.retention.sweep(dict.fromkeys(EVERY, early)).values()) == 0
        assert unit.retention.messages(LATER) == 8
        assert _count(unit, "delivery WHERE recipient <> ''") == 1
    archive.close()
