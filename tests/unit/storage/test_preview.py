"""A preview leaves the archive as it was, on either database: every row of every table and every counter of keys.

That the files of SQLite stay the same byte for byte: `tests/unit/cli/test_preview_bytes.py`.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from domain.digests import DigestForm
from domain.documents import Document, Field, Kind, Passage
from domain.events import VisitState
from domain.listings import Answer, Entry
from services.acquire import Acquired
from services.digest import DueDigest, make, preview
from services.radar import Radar
from services.record import record
from services.settings import load
from services.wiring import wire
from sources.adapter import Reading
from storage.unit_of_work import Store

MORNING = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
OB = "officielebekendmakingen"
SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources: {{officielebekendmakingen: {{visit: "0 * * * *"}}}}
topics: {{procesinnovatie: {topics}/procesinnovatie.yaml}}
channels: {{slack: {{secret: BELEIDSRADAR_CHANNEL_SLACK}}}}
digests:
  ochtend: {{topics: [procesinnovatie], when: "30 7 * * 1-5", channels: [slack], owner: radar@example.nl}}
  dringend: {{topics: [procesinnovatie], only: urgent, when: immediately, channels: [slack], owner: radar@example.nl}}
"""


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return MORNING

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing waits here")


@pytest.fixture
def radar(store: Store, tmp_path: Path, root: Path) -> Radar:
    """The product with an archive in which one issue was made and more waits: a new paper and a changed one."""
    sources = tmp_path / "sources.yaml"
    sources.write_text(SOURCES.format(topics=root / "topics"), encoding="utf-8")
    made = wire(load(sources, {"BELEIDSRADAR_DATABASE_URL": f"sqlite:///{tmp_path / 'none.db'}"}), store, Stopped())
    read(made, 480, "Over procesinnovatie in de maakindustrie.")
    assert make(made, DueDigest("ochtend", DigestForm.REGULAR, MORNING)) is not None
    read(made, 480, "Over procesinnovatie. Een eigen regeling komt er niet.")
    read(made, 481, "Nog een brief over procesinnovatie in de maakindustrie.")
    return made


def read(radar: Radar, number: int, said: str) -> None:
    url = f"https://zoek.officielebekendmakingen.nl/kst-32637-{number}.html"
    title = f"Brief {number} over procesinnovatie"
    document = Document(f"kst-32637-{number}", url, Kind.LETTER, title, (Passage(Field.BODY, said),), dated=date(2021, 12, 9))
    at = MORNING - timedelta(hours=1)
    with radar.store.begin() as unit:
        visit = unit.visits.open(OB, "live", at)
        entry = Entry(url, title=title, kind=Kind.LETTER)
        unit.resources.announce(OB, "rss", [entry], at=at, baseline=False, quiet=False, priority={url: 0})
        resource = unit.resources.by_url(url)
    assert resource is not None
    record(radar, resource, Acquired(Reading(document), {"main": Answer(url, url, 200, (), said.encode())}, {}), visit.id)
    with radar.store.begin() as unit:
        unit.visits.close(visit.id, VisitState.ACCEPTED, at=at)


def prints(url: str) -> dict[str, str]:
    """A hash of the rows of every table, and where the counters of new keys stand."""
    engine = create_engine(url)
    found: dict[str, str] = {}
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            if name == "search_words":  # an index without rows of its own
                continue
            said = sorted(map(repr, connection.execute(text(f'select * from "{name}"'))))
            found[name] = f"{len(said)} {hashlib.sha256(repr(said).encode()).hexdigest()}"
        if engine.dialect.name == "postgresql":
            found["counters"] = repr(
                sorted(map(repr, connection.execute(text("select sequencename, last_value from pg_sequences"))))
            )
    engine.dispose()
    return found


def test_a_preview_leaves_every_row_and_counter(radar: Radar, url: str) -> None:
    before = prints(url)
    assert before["delivery"].startswith("1 ")
    assert {item.heading for item in preview(radar, "ochtend").items} == {f"Brief {n} over procesinnovatie" for n in (480, 481)}
    assert preview(radar, "dringend").items
    assert preview(radar, "ochtend", MORNING - timedelta(days=1), MORNING + timedelta(days=1)).items
    assert prints(url) == before
    read(radar, 482, "Een derde brief over procesinnovatie in de maakindustrie.")
    assert prints(url) != before
