"""A day on which many papers appear: what each further paper costs must not grow with what is there already.

CPU milliseconds of this process to read and write down one letter more, at officielebekendmakingen.nl and as a copy at another
site, when 50, 200 and 700 letters of the same day stand in the archive. No network: the answers are made here.
"""

from __future__ import annotations

import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.standing import Standing
from demo import home
from domain.documents import Document, Field, Kind, Passage
from domain.listings import Answer, Entry
from services.acquire import Acquired
from services.radar import Radar
from services.record import record
from services.settings import load
from services.wiring import wire
from sources.adapter import Reading
from storage import migrate
from storage.unit_of_work import Store

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2021, 12, 6)
MEASURED = 20
SITES = {
    "officielebekendmakingen": "https://zoek.officielebekendmakingen.nl/",
    "rijksoverheid": "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/06/",
}


def main() -> None:
    """Print a row per size and site."""
    with tempfile.TemporaryDirectory() as folder:
        sources = home.furnish(Path(folder), ROOT / "topics")
        url = f"sqlite:///{Path(folder) / 'radar.db'}"
        store = Store(url)
        migrate.upgrade(store)
        radar = wire(load(sources, {"BELEIDSRADAR_DATABASE_URL": url}), store, Standing(datetime(2021, 12, 6, 9, tzinfo=UTC)))
        print(f"{'one letter more, of the same day as':<40} {'CPU ms at its own site':>24} {'as a copy elsewhere':>20}")
        there = 0
        _read(radar, "officielebekendmakingen", [letter(9_000)])  # what loads at the first paper is not counted
        for size in (50, 200, 700):
            _read(radar, "officielebekendmakingen", [letter(number) for number in range(there, size - MEASURED)])
            own = _read(radar, "officielebekendmakingen", [letter(number) for number in range(size - MEASURED, size)])
            copies = [letter(number, "rijksoverheid") for number in range(size - MEASURED, size)]
            print(f"{f'{size} letters':<40} {own:>24.1f} {_read(radar, 'rijksoverheid', copies):>20.1f}")
            there = size
        store.close()


def letter(number: int, source: str = "officielebekendmakingen") -> Document:
    """A letter of some four hundred words of its own."""
    chance = random.Random(number)
    words = (
        "regeling",
        "gemeente",
        "fabriek",
        "haven",
        "brug",
        "woning",
        "kust",
        "markt",
        "vernieuwt",
        "bouwt",
        "sluit",
        "de",
        "een",
    )
    text = [" ".join([*chance.choices(words, k=12), f"{chance.randint(2, 9_999)} keer."]) for _ in range(30)]
    own = source == "officielebekendmakingen"
    return Document(
        f"kst-{30_000 + number}-1" if own else f"ro:documenten/kamerstukken/2021/12/06/brief-{number}",
        f"{SITES[source]}{f'kst-{30_000 + number}-1.html' if own else f'brief-{number}'}",
        Kind.LETTER,
        f"Brief nummer {number} over een onderwerp van bestuur",
        tuple(Passage(Field.BODY, one) for one in text),
        dated=DAY,
        published=DAY,
    )


def _read(radar: Radar, source: str, papers: list[Document]) -> float:
    """Write these papers down; CPU milliseconds for each."""
    now = radar.clock.now()
    with radar.store.begin() as unit:
        entries = [Entry(paper.url, title=paper.title, kind=paper.kind, dated=paper.dated) for paper in papers]
        unit.resources.announce(source, "rss", entries, at=now, baseline=False, quiet=False, priority={})
        found = [unit.resources.by_url(paper.url) for paper in papers]
        visit = unit.visits.open(source, "live", now)
    began = time.process_time()
    for paper, resource in zip(papers, found, strict=True):
        assert resource is not None
        answer = Answer(paper.url, paper.url, 200, (), paper.text().encode())
        record(radar, resource, Acquired(Reading(paper), {"main": answer}, {}), visit.id)
    return 1000 * (time.process_time() - began) / max(len(papers), 1)


if __name__ == "__main__":
    main()
