"""An archive into which documents are put as if a visit had read them, and from which issues are made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.digests import Digest, DigestForm
from domain.documents import Document
from domain.events import VisitState
from domain.listings import Answer, Entry
from services import digest as issues
from services.acquire import Acquired
from services.radar import Radar
from services.record import Recorded, record
from services.settings import load
from services.wiring import open_radar, wire
from sources.adapter import Reading
from storage import migrate
from storage.issues import DigestRun
from storage.unit_of_work import Store

OB, RO = "officielebekendmakingen", "rijksoverheid"
BEGIN = datetime(2021, 12, 9, 6, 30, tzinfo=UTC)
SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources:
  officielebekendmakingen: {{visit: "0 * * * *"}}
  rijksoverheid: {{visit: "0 * * * *"}}
topics: {{procesinnovatie: {topics}/procesinnovatie.yaml}}
channels: {{mail: {{secret: BELEIDSRADAR_CHANNEL_MAIL}}}}
digests:
  ochtend:
    topics: [procesinnovatie]
    follow: [{follow}]
    when: "30 7 * * *"
    if_empty: skip
    channels: [mail]
    to: [team@example.nl]
    owner: radar@example.nl
"""


class Turning:
    """A clock that is turned by hand."""

    def __init__(self, time: datetime = BEGIN) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def clock_at() -> type[Turning]:
    """Clocks that stand at a moment until they are turned."""
    return Turning


@dataclass
class Room:
    """The archive with its clock."""

    radar: Radar
    clock: Turning

    def read(
        self, document: Document, *, source: str = OB, quiet: bool = False, minutes: int = 1, roles: tuple[str, ...] = ("main",)
    ) -> Recorded:
        """A visit reads this document."""
        self.clock.sleep(60 * minutes)
        at = self.clock.time
        entry = Entry(document.url, title=document.title, kind=document.kind, dated=document.dated)
        with self.radar.store.begin() as unit:
            unit.resources.announce(source, "rss", [entry], at=at, baseline=quiet, quiet=quiet, priority={document.url: 0})
            resource = unit.resources.by_url(document.url)
            visit = unit.visits.open(source, "live", at)
        assert resource is not None
        answers = {role: Answer(document.url, document.url, 200, (), document.text().encode()) for role in roles}
        done = record(self.radar, resource, Acquired(Reading(document), answers, {}), visit.id)
        with self.radar.store.begin() as unit:
            unit.visits.close(visit.id, VisitState.ACCEPTED, at=at)
        return done

    def preview(self) -> Digest:
        """The issue that would be made now."""
        return issues.preview(self.radar, "ochtend")

    def send(self) -> tuple[Digest, DigestRun | None]:
        """Make the issue of what waits an hour later: what it would show now, and what was written down (None when there is
        nothing to say)."""
        self.clock.sleep(3600)
        wanted = issues.DueDigest("ochtend", DigestForm.REGULAR, self.clock.time)
        return self.preview(), issues.make(self.radar, wanted)

    def turn(self, moment: datetime) -> None:
        """Set the clock."""
        self.clock.time = moment


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the present schema, to be copied."""
    file = tmp_path_factory.mktemp("schema") / "radar.db"
    store = Store(f"sqlite:///{file}")
    migrate.upgrade(store)
    store.close()
    return file


@pytest.fixture
def make_room(tmp_path: Path, root: Path, empty_archive: Path) -> Iterator[Callable[..., Room]]:
    """Rooms with an archive of their own each; `follow` as it stands in sources.yaml."""
    stores: list[Store] = []

    def make(follow: str = "kst-32637-473") -> Room:
        place = tmp_path / f"room{len(stores)}"
        place.mkdir()
        sources = place / "sources.yaml"
        sources.write_text(SOURCES.format(topics=root / "topics", follow=follow), encoding="utf-8")
        shutil.copy(empty_archive, place / "radar.db")
        settings = load(sources, {"BELEIDSRADAR_DATABASE_URL": f"sqlite:///{place / 'radar.db'}"})
        store = Store(settings.database_url.reveal())
        stores.append(store)
        clock = Turning()
        return Room(wire(settings, store, clock), clock)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    """One room."""
    return make_room()


@pytest.fixture
def old_radar(old_home: Path) -> Iterator[Radar]:
    """The product over the archive of the first release, on Friday 10 December 2021 at ten."""
    radar = open_radar({"BELEIDSRADAR_HOME": str(old_home), "BELEIDSRADAR_CLOCK": str(old_home / "clock")}, create=False)
    yield radar
    radar.store.close()
