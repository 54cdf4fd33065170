"""An archive into which papers are put as if visits had read them, with packs that can be edited."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.documents import Document, Field, Kind, Passage
from domain.listings import Answer, Entry
from services import watch
from services.acquire import Acquired
from services.radar import Radar
from services.record import record
from services.settings import load
from services.wiring import wire
from sources.adapter import Reading
from storage.unit_of_work import Store

SOURCE = "officielebekendmakingen"
START = datetime(2021, 12, 17, 6, 30, tzinfo=UTC)  # vrijdag 07.30 uur
OFFICE = "De Minister van Economische Zaken"
SOURCES = """\
language: nl
organisation: Koninklijke Metaalunie
contact: radar@example.nl
sources:
  officielebekendmakingen: {visit: "0 * * * *"}
  rvo: {visit: "0 * * * *", paths: [/subsidies-financiering/wbso]}
topics: {procesinnovatie: packs/procesinnovatie.yaml}
channels: {slack: {secret: BELEIDSRADAR_CHANNEL_SLACK}}
digests:
  ochtend:
    topics: [procesinnovatie]
    follow: [kst-32637-473]
    when: "30 7 * * 1-5"
    channels: [slack]
    owner: radar@example.nl
"""


@dataclass
class Shelf:
    """The archive, its home and its clock."""

    home: Path
    radar: Radar
    clock: Any
    environ: Mapping[str, str]
    visit: int = 0

    def paper(self, number: int, title: str, text: str = "", **more: Any) -> Document:
        """A letter of the ministry in a dossier of no topic, unless said otherwise."""
        dossier = more.pop("dossier", "36000")
        said = {"kind": Kind.LETTER, "dated": date(2021, 12, 10), "authors": (OFFICE,), "dossiers": (dossier,), **more}
        name = f"kst-{dossier}-{number}"
        url = f"https://zoek.officielebekendmakingen.nl/{name}.html"
        return Document(id=name, url=url, title=title, passages=(Passage(Field.BODY, text or f"{title}."),), **said)

    def read(self, *documents: Document, quiet: bool = False) -> int:
        """One visit that reads these papers; returns its key."""
        now = self.clock.time
        with self.radar.store.begin() as unit:
            visit = unit.visits.open(SOURCE, "live", now)
            entries = [Entry(one.url, title=one.title, kind=one.kind, dated=one.dated) for one in documents]
            priority = {one.url: 0 for one in documents}
            unit.resources.announce(SOURCE, "rss", entries, at=now, baseline=quiet, quiet=quiet, priority=priority)
            unit.visits.count(visit.id, {"routes_answered": 1})
        for document in documents:
            with self.radar.store.read() as unit:
                resource = unit.resources.by_url(document.url)
            assert resource is not None
            answer = Answer(document.url, document.url, 200, (), document.text().encode())
            record(self.radar, resource, Acquired(Reading(document), {"main": answer}, {}), visit.id)
        watch.close(self.radar, visit.id)
        return visit.id

    def again(self) -> Radar:
        """The product with its files read anew, over the same archive."""
        self.radar = wire(load(self.home / "sources.yaml", self.environ), self.radar.store, self.clock, self.radar.holder)
        return self.radar

    def edit(self, old: str, new: str, file: str = "packs/procesinnovatie.yaml") -> None:
        """Edit a file of the home."""
        path = self.home / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def shelf(tmp_path: Path, root: Path, empty_archive: Path, clock_at: Any) -> Iterator[Shelf]:
    """An archive without papers."""
    home = tmp_path / "home"
    shutil.copytree(root / "topics", home / "packs")
    (home / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    shutil.copy(empty_archive, home / "radar.db")
    environ = {"BELEIDSRADAR_DATABASE_URL": f"sqlite:///{home / 'radar.db'}"}
    settings = load(home / "sources.yaml", environ)
    store = Store(settings.database_url.reveal())
    clock = clock_at(START)
    yield Shelf(home, wire(settings, store, clock), clock, environ)
    store.close()
