"""Every captured file that an adapter claims is read without surprise or refused by name, also after it was damaged.

Which reader a file belongs to is decided by where it lies and what its bytes are, so that captures nobody has seen yet find
their reader too. `pytest -rP` shows the table of counts.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from domain.errors import ReadingError
from domain.listings import Answer, Scope, Window
from sources import ADAPTERS
from sources.adapter import Route
from sources.koop_metadata import read_metadata

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
WINDOW = Window(datetime(2021, 10, 12, 22, tzinfo=UTC), datetime(2021, 10, 13, 22, tzinfo=UTC))
SITE = "https://zoek.officielebekendmakingen.nl"
RECORD = "https://open.overheid.nl/details/0a1b2c3d-1111-4222-8333-944455556666"
# What may be remarked about a capture without anything being wrong with its reader.
EXPECTED = re.compile(r"PDF without a text layer|no XML; read from the PDF|asked for \S+, got \S+|a record with neither|no PDF: ")
Reader = Callable[[bytes], tuple[str, ...]]

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not REAL.is_dir(), reason="the captured answers are not here")]


def _answer(url: str, body: bytes) -> Answer:
    return Answer(url, url, 200, (), body)


def _route(source: str, name: str) -> Route:
    return next(route for route in ADAPTERS[source].routes(Scope(source, use_sru=True)) if route.name == name)


def _listing(source: str, name: str) -> Reader:
    def read(body: bytes) -> tuple[str, ...]:
        route = _route(source, name)
        ask = route.asks(WINDOW)[0]
        return route.read(ask, _answer(ask.url, body)).surprises

    return read


def _paper(source: str, url: str, role: str, **others: bytes) -> Reader:
    def read(body: bytes) -> tuple[str, ...]:
        followed = ADAPTERS[source].resource_url(url)
        assert followed is not None
        answers = {name: _answer(url, said) for name, said in {**others, role: body}.items()}
        return ADAPTERS[source].read(followed, answers, Scope(source)).surprises

    return read


def _metadata(body: bytes) -> tuple[str, ...]:
    return read_metadata("metadata.xml", body)[1]


def _beside(path: Path) -> bytes:
    """The metadata that lies beside a manifestation in the file tree, else the least that there can be."""
    found = path.parent.parent / "metadata" / "metadata.xml"
    if found.is_file():
        return found.read_bytes()
    said = f'<metadata name="DC.identifier" content="{_id(path)}"/><metadata name="DC.title" content="Zonder titel"/>'
    return f"<metadata_gegevens>{said}</metadata_gegevens>".encode()


def _id(path: Path) -> str:
    found = re.search(r"[a-z]+-[\w.-]*\d", path.stem)
    return found[0] if found and ADAPTERS["officielebekendmakingen"].url_for(found[0]) else "stb-2018-84"


def _koop(path: Path, body: bytes) -> Reader | None:
    head = body[:4000].lower()
    about = _beside(path)
    if path.suffix == ".pdf":
        role = _paper("officielebekendmakingen", f"{SITE}/{_id(path)}.html", "pdf", metadata=about)
        return role
    if b"metadata_gegevens" in head or b"owms-metadata" in head:
        return _metadata
    if b"searchretrieveresponse" in head or b"<sru:record" in head or b"<record>" in head or b"diagnostics" in head:
        return _listing("officielebekendmakingen", "sru")
    if b"<rss" in head or b"<feed" in head:
        return _listing("officielebekendmakingen", "rss")
    if path.suffix in (".xml", ".html", ".htm", ".odt"):
        return _paper("officielebekendmakingen", f"{SITE}/{_id(path)}.html", "xml", metadata=about)
    return None


def _rijksoverheid(path: Path, body: bytes) -> Reader | None:
    head = body[:4000].lower()
    page = "https://www.rijksoverheid.nl/actueel/nieuws/2026/09/22/x"
    if path.suffix == ".pdf":
        detail = b'{"document": {"titelcollectie": {"officieleTitel": "Zonder titel"}}}'
        return _paper("rijksoverheid", RECORD, "file", detail=detail)
    if path.suffix in (".html", ".htm"):
        return _paper("rijksoverheid", page, "page")
    if path.suffix == ".xml":
        if b"<rss" in head or b"<feed" in head:
            return _listing("rijksoverheid", "rss")
        return _listing("rijksoverheid", "news-sitemap" if b"sitemap-news" in head else "sitemap")
    if path.suffix == ".json" and b'"resultaten"' in body:
        return _listing("rijksoverheid", "open-overheid")
    return None if b'"requestState"' in body or path.suffix != ".json" else _paper("rijksoverheid", RECORD, "detail")


def _rvo(path: Path, body: bytes) -> Reader | None:
    if path.suffix == ".pdf":
        return _paper("rvo", f"https://www.rvo.nl/sites/default/files/2025-01/{path.name}", "pdf")
    if path.suffix in (".html", ".htm"):
        return _paper("rvo", "https://www.rvo.nl/subsidies-financiering/x", "page")
    if path.suffix == ".json":
        return _listing("rvo", "opendata")
    return _listing("rvo", "sitemap") if path.suffix in (".xml", ".rdf") else None


CLAIMS: dict[str, tuple[str, Callable[[Path, bytes], Reader | None]]] = {
    "officielebekendmakingen": ("officielebekendmakingen", _koop),
    "rijksoverheid": ("rijksoverheid", _rijksoverheid),
    "open_overheid": ("rijksoverheid", _rijksoverheid),
    "rvo": ("rvo", _rvo),
}


def _members(path: Path, body: bytes) -> Iterator[tuple[Path, bytes]]:
    """The file, or what is packed in it; the JSON that an author of a client kept in a comment."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield path.with_name(name.rpartition("/")[2]), archive.read(name)
    elif path.name.endswith("_captured_json.txt"):
        for number, said in enumerate(_in_comment(body.decode())):
            yield path.with_suffix(f".{number}.json"), said
    else:
        yield path, body


def _in_comment(text: str) -> Iterator[bytes]:
    """The JSON objects of an annotated capture, the author's marks and notes taken out; a cut-off one is closed."""
    for block in re.split(r"\n(?=\{\n)", text)[1:]:
        plain = re.sub(r"(?m)^[xy] ", "  ", re.sub(r"\s//.*", "", block))
        lines = plain.split("\n")
        for end in range(len(lines), 0, -1):
            for tail in ("", "]}"):
                try:
                    said = json.loads("\n".join(lines[:end]).rstrip().rstrip(",") + tail)
                except ValueError:
                    continue
                yield json.dumps(said).encode()
                break
            else:
                continue
            break


def claimed() -> list[tuple[str, str, Reader, bytes]]:
    """Adapter, path, reader and bytes of every captured file that an adapter claims, by MANIFEST.tsv."""
    found = []
    rows = (REAL / "MANIFEST.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for name in sorted({row.split("\t")[0] for row in rows}):
        source, claim = CLAIMS.get(name.partition("/")[0], ("", None))
        path = REAL / name
        if claim is None or not path.is_file():
            continue
        for member, body in _members(path, path.read_bytes()):
            reader = claim(member, body)
            if reader is not None:
                found.append((source, f"{name}:{member.name}", reader, body))
    return found


def _outcome(reader: Reader, body: bytes) -> tuple[str, tuple[str, ...]]:
    """ "read" with what surprised, or the reason of the refusal without the file's own words. Any other exception is a fault."""
    try:
        return "read", reader(body)
    except ReadingError as error:
        return re.sub(r"\d+|(?<=: ).*|'.*'", "…", error.reason)[:70], ()


def test_every_claimed_capture_is_read_or_refused_by_name() -> None:
    """With the table of counts; nothing that was read surprised its reader."""
    table: dict[str, Counter[str]] = {}
    surprised = []
    for source, name, reader, body in claimed():
        outcome, surprises = _outcome(reader, body)
        table.setdefault(source, Counter())[outcome] += 1
        surprised += [(name, remark) for remark in surprises if not EXPECTED.match(remark)]
    for source, counts in sorted(table.items()):
        print(f"{source}: {counts.total()} claimed")
        for outcome, count in counts.most_common():
            print(f"  {count:4}  {outcome}")
    assert surprised == []
    assert all(counts["read"] > 0 for counts in table.values())
    assert set(table) == set(ADAPTERS)


def _damaged(body: bytes, random: Random) -> bytes:
    """Cut off, a byte flipped, a stretch doubled, or in an encoding that it does not declare."""
    at = random.randrange(len(body) or 1)
    match random.randrange(6):
        case 0:
            return body[:at]
        case 1:
            return body[:at] + bytes([body[at] ^ (1 << random.randrange(8))]) + body[at + 1 :]
        case 2:
            return body[:at] + body[max(0, at - 500) :]
        case 3:
            return body.decode("utf-8", "replace").encode("utf-16")
        case 4:
            return body.decode("latin-1").encode("utf-8")
        case _:
            return body.decode("utf-8", "replace").encode("cp1252", "replace")


def _fuzz(rounds: int, seed: int, *, pdf: bool) -> int:
    random = Random(seed)
    done = 0
    for _source, _name, reader, body in claimed():
        if body.startswith(b"%PDF") and not pdf:
            continue
        for _ in range(rounds):
            _outcome(reader, _damaged(body, random))
            done += 1
    return done


def test_damaged_captures_are_read_or_refused() -> None:
    """Twice each; nothing but a ReadingError comes out, whatever happened to the bytes."""
    assert _fuzz(2, 20261121, pdf=False) > 150


@pytest.mark.torture
def test_captures_damaged_in_a_hundred_ways() -> None:
    assert _fuzz(100, 7, pdf=False) > 8000


@pytest.mark.torture
def test_damaged_pdfs() -> None:
    """Each in a child process of its own."""
    assert _fuzz(6, 11, pdf=True) > 400
