"""Texts and bytes as they lie in the archive: small, exact, and kept by the migration both ways."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from domain.documents import Document, Field, Kind, Passage
from domain.errors import StorageError
from domain.listings import Answer, Entry
from storage import migrate
from storage.blobs import KEYFRAME_EVERY, Blobs
from storage.packing import DamagedError, pack, unpack
from storage.unit_of_work import Store

NOW = datetime(2021, 12, 9, 15, 52, tzinfo=UTC)
WORDS = [f"woord{number}" for number in range(4_000)]


def page(number: int, edit: int = 0) -> bytes:
    """A page of a site: menus as on every page, a text of its own."""
    menu = " ".join(random.Random(0).choices(WORDS, k=1_500))
    own = " ".join(random.Random(number + 1).choices(WORDS, k=400))
    return f"<nav>{menu}</nav><p>{own}</p><p>wijziging {edit}</p>".encode()


def test_bytes_come_back_exactly_through_every_chain(store: Store) -> None:
    with store.begin() as unit:
        blobs = Blobs(unit._connection)
        stored: dict[str, bytes] = {}
        neighbour = None
        for number in range(3):
            previous = None
            for edit in range(25):
                data = page(number, edit)
                previous = blobs.put(data, previous, neighbour)
                stored[previous] = data
            neighbour = previous
        assert blobs.get_all(stored) == stored
        rows = unit._connection.execute(text("SELECT base, depth, length(data) AS packed FROM blob")).all()
    assert max(row.depth for row in rows) == KEYFRAME_EVERY
    assert sum(row.base is None for row in rows) == 3  # the first page of the site, and its next frames
    assert sorted(row.packed for row in rows)[len(rows) // 2] < 100


def test_a_broken_link_is_named_with_what_leans_on_it(store: Store) -> None:
    with store.begin() as unit:
        blobs = Blobs(unit._connection)
        names = []
        for edit in range(4):
            names.append(blobs.put(page(0, edit), names[-1] if names else None))
        damaged = unit._connection.execute(text("SELECT data FROM blob WHERE sha256 = :name"), {"name": names[1]}).scalar_one()
        flipped = bytes(damaged)[:-1] + bytes([damaged[-1] ^ 0xFF])
        unit._connection.execute(text("UPDATE blob SET data = :data WHERE sha256 = :name"), {"data": flipped, "name": names[1]})
        blobs = Blobs(unit._connection)  # what was stored just now is not read again
        with pytest.raises(StorageError, match=f"snapshot {names[1][:12]} .*{names[3][:12]} leans on it"):
            blobs.get(names[3])
        assert blobs.get(names[0]) == page(0, 0)
        assert {name for name, wrong in blobs.check() if wrong} == set(names[1:])
        unit._connection.execute(text("DELETE FROM blob WHERE sha256 = :name"), {"name": names[1]})
        with pytest.raises(StorageError, match=f"{names[1][:12]} .*not in the archive"):
            blobs.get(names[3])


def test_a_text_costs_little_beside_the_page_it_stands_in(store: Store) -> None:
    body = page(7)
    words = body.decode().split("<p>")[1].removesuffix("</p>")
    document = Document("rvo:x", "https://www.rvo.nl/x", Kind.SCHEME, "Regeling", (Passage(Field.BODY, words),))
    with store.begin() as unit:
        unit.resources.announce("rvo", "sitemap", [Entry(document.url)], at=NOW, baseline=False, quiet=False, priority={})
        found = unit.resources.by_url(document.url)
        assert found is not None
        visit = unit.visits.open("rvo", "live", NOW).id
        part = unit.snapshots.keep(found.id, "page", Answer(document.url, document.url, 200, (), body), NOW)
        version = unit.snapshots.add_version(found.id, document, "h", 1, {"page": part}, at=NOW, visit_id=visit)
        assert version == unit.snapshots.version(version.id)
        assert version.document == document
        assert unit.snapshots.latest_versions([found.id])[found.id].document == document
        assert unit.snapshots.latest_versions([found.id], NOW) == {}
        assert unit._connection.execute(text("SELECT length(said) FROM version")).scalar_one() < 300
        plain = unit.snapshots.add_version(found.id, document, "h", 1, {}, at=NOW, visit_id=visit)
        assert unit.snapshots.version(plain.id) == plain
        unit._connection.execute(text("UPDATE version SET basis = '', said = said WHERE seq = 1"))
        with pytest.raises(StorageError, match=f"version {version.id} is damaged"):
            unit.snapshots.version(version.id)


def test_texts_lean_on_the_first_of_their_ten_and_come_back_the_same_there_and_back(store: Store) -> None:
    url = "https://www.rvo.nl/x"
    said = []
    with store.begin() as unit:
        unit.resources.announce("rvo", "sitemap", [Entry(url)], at=NOW, baseline=False, quiet=False, priority={})
        found = unit.resources.by_url(url)
        assert found is not None
        visit = unit.visits.open("rvo", "live", NOW).id
        for edit in range(23):
            body = page(7, edit)
            words = body.decode().split("<p>")[1:]
            passages = tuple(Passage(Field.BODY, word.removesuffix("</p>"), f"Kop {place}") for place, word in enumerate(words))
            said.append(Document("rvo:x", url, Kind.SCHEME, "Regeling", passages))
            answer = Answer(url, url, 200, (), body)
            part = {"page": unit.snapshots.keep(found.id, "page", answer, NOW)} if edit != 5 else {}  # one leans on no page
            unit.snapshots.add_version(found.id, said[-1], said[-1].content_hash(), 1, part, at=NOW, visit_id=visit)
    before = lying(store)
    assert [number for number, row in enumerate(before, 1) if row.leans_on is None] == [1, 11, 21]
    leaning = [row.size for row in before if row.leans_on is not None and row.basis]
    assert max(leaning) < min(row.size for row in before if row.leans_on is None) / 2
    for _ in range(2):
        with store.read() as unit:
            assert [version.document for version in unit.snapshots.versions(found.id)] == said
            assert unit.snapshots.latest_version(found.id).document == said[-1]
        migrate.downgrade(store, "0009")
        migrate.upgrade(store)
    assert {row.leans_on for row in lying(store)} == {None}
    with store.begin() as unit:
        unit._connection.execute(text("UPDATE version SET leans_on = 21, said = said WHERE seq = 23"))
        with pytest.raises(StorageError, match="of version 23 is damaged"):
            unit.snapshots.latest_version(found.id)


def lying(store: Store) -> list[Any]:
    """The versions as they lie in the table."""
    with store.engine.connect() as connection:
        return list(connection.execute(text("SELECT leans_on, basis, length(said) AS size FROM version ORDER BY id")))


def test_packed_bytes_do_not_come_out_larger_than_they_should() -> None:
    bomb = pack(b"\0" * 10_000_000)
    assert len(unpack(bomb, size=1_000)) == 1_001
    with pytest.raises(DamagedError):
        unpack(b"nonsense")
    with pytest.raises(DamagedError):
        unpack(pack(page(1), page(0)), page(2))


def test_an_archive_of_the_first_schema_keeps_every_text_there_and_back(url: str) -> None:
    store = Store(url)
    migrate.upgrade(store, "0001")
    said = {
        number: {"id": f"rvo:{number}", "kind": "scheme", "title": f"Titel € {number}", "url": "u", "n": None}
        for number in range(6)
    }
    with store.engine.begin() as connection:
        blobs = Blobs(connection)
        connection.execute(
            text(
                "INSERT INTO visit (id, source, purpose, state, started, counts, failure)"
                " VALUES (1,'rvo','live','open',:at,'{}','')"
            ),
            {"at": NOW},
        )
        connection.execute(
            text(
                "INSERT INTO resource (id, source, url, title, kind, baseline, quiet, first_listed, priority, state, marks,"
                " read_marks, validators, failures, failure)"
                " VALUES (1,'rvo','u','','scheme',:no,:no,:at,0,'read','{}','{}','{}',0,'')"
            ),
            {"at": NOW, "no": False},
        )
        previous = None
        for number, document in said.items():
            previous = blobs.put(page(0, number) + json.dumps(document).encode(), previous)
            at = {"n": number + 1, "sha": previous, "at": NOW + timedelta(days=number), "said": json.dumps(document)}
            for statement in (
                "INSERT INTO snapshot (id, resource_id, role, url, sha256, headers, status, fetched)"
                " VALUES (:n,1,'page','u',:sha,'{}',200,:at)",
                "INSERT INTO version (id, resource_id, seq, content_hash, parser, document, created, visit_id)"
                " VALUES (:n,1,:n,'h',1,:said,:at,1)",
                "INSERT INTO version_part (version_id, role, snapshot_id) VALUES (:n,'page',:n)",
            ):
                connection.execute(text(statement), at)
        connection.execute(text("UPDATE blob SET data = :x WHERE sha256 = :last"), {"x": b"damaged", "last": previous})
    migrate.upgrade(store, "0002")
    with store.engine.begin() as connection:
        bases = connection.execute(text("SELECT basis FROM version ORDER BY id")).scalars().all()
    assert bases == ["page"] * 5 + [""]  # a damaged page loses no text
    migrate.downgrade(store, "0001")
    with store.engine.begin() as connection:
        rows = connection.execute(text("SELECT id, document FROM version ORDER BY id")).all()
        kept = {row.id - 1: json.loads(row.document) if isinstance(row.document, str) else row.document for row in rows}
    assert kept == said
    migrate.upgrade(store)
    with store.begin() as unit:
        assert [version.document.title for version in unit.snapshots.versions(1)] == [one["title"] for one in said.values()]
        assert not unit.search.is_current()
        assert unit.search.rebuild() == 6
        assert list(unit.search.holders("5")) == [1]
        assert list(unit.search.holders("4")) == []
