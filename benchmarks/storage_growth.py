"""What a version costs on disk: pages as rvo.nl serves them, each with small changes, through the real readers and store.

`python -m benchmarks.storage_growth [PAGES [URL]]`; the URL is that of an empty PostgreSQL database, without one it is SQLite.
The search index is reported apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.pages import Page
from domain.citations import read_citations
from domain.documents import Kind
from domain.listings import Answer, Entry, Scope
from domain.search_words import key
from sources import ADAPTERS
from storage import migrate
from storage.unit_of_work import Store

PAGES = 100
VERSIONS = 10
SITE = "https://www.rvo.nl"
START = datetime(2021, 12, 3, 14, tzinfo=UTC)
READ = 200

_TABLES_POSTGRESQL = """
SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_TABLES_SQLITE = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"


def main(pages: int = PAGES, url: str = "") -> None:
    """Print bytes per version: the whole, by table, and the search index; then what reading and searching take."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(url or f"sqlite:///{Path(folder) / 'radar.db'}")
        migrate.upgrade(store)
        empty = _sizes(store)
        began = time.process_time()
        page_bytes, packed_text = _fill(store, [Page(number) for number in range(pages)])
        count = pages * VERSIONS
        cpu = 1000 * (time.process_time() - began) / count
        grown = {name: size - empty.get(name, 0) for name, size in _sizes(store).items()}
        index = sum(size for name, size in grown.items() if name.startswith("search_words"))
        total = sum(grown.values()) - index
        print(
            f"storage, {store.engine.dialect.name}: {pages} pages x {VERSIONS} versions, {page_bytes / count / 1000:.1f} kB each"
        )
        print(f"  {'database growth per version, without search':<48} {total / count / 1000:>8.2f} kB")
        print(f"  {'search index per version':<48} {index / count / 1000:>8.2f} kB")
        print(f"  {'zlib of the text alone':<48} {packed_text / count / 1000:>8.2f} kB")
        for name, size in sorted(grown.items(), key=lambda one: -one[1])[:8]:
            print(f"    {name:<46} {size / count:>8.0f} B")
        print(f"  {'CPU per version: read, pack, index':<48} {cpu:>8.1f} ms")
        for what, each in _timings(store):
            print(f"  {what:<48} {each:>8.2f} ms")
        store.close()


def _fill(store: Store, pages: list[Page]) -> tuple[int, int]:
    """Every page in ten versions; returns how many bytes were served, and how many zlib makes of their texts."""
    adapter, scope = ADAPTERS["rvo"], Scope("rvo")
    with store.begin() as unit:
        visit = unit.visits.open("rvo", "live", START).id
        entries = [Entry(SITE + page.path, kind=Kind.SCHEME) for page in pages]
        unit.resources.announce("rvo", "sitemap", entries, at=START, baseline=False, quiet=False, priority={})
    served = packed = 0
    for edit in range(VERSIONS):
        at = START + timedelta(days=edit)
        for page in pages:
            if edit:
                page.edit()
            url = SITE + page.path
            part = adapter.parts(url)[0]
            body = page.html()
            headers = (("content-type", "text/html; charset=UTF-8"), ("last-modified", f"{at:%a, %d %b %Y} 10:00:00 GMT"))
            answer = Answer(part.url, part.url, 200, (*headers, ("etag", f'"{edit:08d}"'), ("date", f"{at:%c} GMT")), body)
            document = adapter.read(url, {part.role: answer}, scope).document
            with store.begin() as unit:
                resource = unit.resources.by_url(url)
                assert resource is not None
                kept = unit.snapshots.keep(resource.id, part.role, answer, at)
                hashed = document.without(["Laatst gecontroleerd"]).content_hash()
                parts = {part.role: kept}
                version = unit.snapshots.add_version(resource.id, document, hashed, 1, parts, at=at, visit_id=visit)
                unit.events.cite(version.id, [c for passage in document.passages for c in read_citations(passage.text)])
            served += len(body)
            packed += len(zlib.compress(document.text().encode()))
    return served, packed


def _sizes(store: Store) -> dict[str, int]:
    """Bytes on disk by table or index, everything included: what the file holds after a checkpoint."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            return {name: int(size) for name, size in connection.execute(text(_TABLES_POSTGRESQL))}
        sizes = {name: int(size) for name, size in connection.execute(text(_TABLES_SQLITE))}
        pages, size = (connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("page_count", "page_size"))
        return {**sizes, "free pages": pages * size - sum(sizes.values())}


def _timings(store: Store) -> Iterator[tuple[str, float]]:
    with store.read() as unit:
        keys = unit.snapshots.resources_with_versions()[:READ]
        began = time.process_time()
        for resource in keys:
            unit.snapshots.latest_version(resource)
        yield "the newest text of an address", 1000 * (time.process_time() - began) / len(keys)
        began = time.process_time()
        unit.snapshots.latest_versions(keys)
        yield f"the same, {len(keys)} together, each", 1000 * (time.process_time() - began) / len(keys)
        began = time.process_time()
        found = unit.search.holders(key("subsidieplafond"))
        yield f"a word that stands in {len(found)} addresses", 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main(*(int(word) if word.isdigit() else word for word in sys.argv[1:]))  # type: ignore[arg-type]
