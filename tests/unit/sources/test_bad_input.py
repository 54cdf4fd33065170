"""Hostile answers end as a ReadingError with a name, at every place where bytes become values."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import ReadingError
from domain.listings import Answer, Scope, Window
from sources import ADAPTERS, pdf
from sources.koop_metadata import read_metadata
from sources.koop_xml import read_publication
from sources.pdf import read_pdf

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LETTER = (EXAMPLES / "rijksoverheid" / "open_overheid_record" / "response.file.pdf").read_bytes()
WINDOW = Window(datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))
URL = "https://zoek.officielebekendmakingen.nl/kst-32637-901.html"
ABOUT = b'<metadata_gegevens><metadata name="DC.identifier" content="kst-32637-901"/></metadata_gegevens>'
ROUTES = [
    (source, route.name) for source, adapter in sorted(ADAPTERS.items()) for route in adapter.routes(Scope(source, use_sru=True))
]
XML_ROUTES = [(source, name) for source, name in ROUTES if name not in ("open-overheid", "opendata")]


def _listing(source: str, name: str) -> Callable[[bytes], object]:
    route = next(route for route in ADAPTERS[source].routes(Scope(source, use_sru=True)) if route.name == name)
    ask = route.asks(WINDOW)[0]
    return lambda body: route.read(ask, Answer(ask.url, ask.url, 200, (), body))


def _publication(body: bytes) -> object:
    return read_publication("kst-32637-901", URL, Answer(URL, URL, 200, (), body), Answer(URL, URL, 200, (), ABOUT))


READERS: dict[str, Callable[[bytes], object]] = {
    **{f"{source}/{name}": _listing(source, name) for source, name in XML_ROUTES},
    "metadata": lambda body: read_metadata(URL, body),
    "paper": _publication,
}
FEED = '<rss version="2.0"><channel><item><title>%s</title><link>%s</link></item></channel></rss>'
ROOTS = {
    "officielebekendmakingen/rss": (
        '<rss version="2.0"><channel><item><title>%s</title><link>%s</link></item></channel></rss>',
        URL,
    ),
    "rijksoverheid/rss": ('<rss version="2.0"><channel><item><title>%s</title><link>%s</link></item></channel></rss>', URL),
    "metadata": ('<metadata_gegevens><metadata name="DC.identifier" content="x"/><a>%s</a></metadata_gegevens><!-- %s -->', ""),
    "paper": ("<officiele-publicatie><kamerstuk><stuk><al>%s</al></stuk></kamerstuk></officiele-publicatie><!-- %s -->", ""),
}
SITEMAP = ("<urlset><url><loc>https://www.rvo.nl/nieuws/%s</loc></url></urlset><!-- %s -->", "")
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def _document(reader: str, dtd: str, text: str) -> bytes:
    form, link = ROOTS.get(reader, SITEMAP)
    return f'<?xml version="1.0"?><!DOCTYPE x {dtd}>{form % (text, link)}'.encode()


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize(
    ("dtd", "text"),
    [
        ('[<!ENTITY x SYSTEM "file:///etc/hostname">]', "&x;"),
        ('[<!ENTITY x SYSTEM "http://127.0.0.1:9/">]', "&x;"),
        ('[<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]', "x"),
        (f'[<!ENTITY l0 "ha">{LAUGHS}]', "&l9;"),
    ],
    ids=["file", "address", "parameter", "laughs"],
)
def test_entities_are_refused(reader: str, dtd: str, text: str) -> None:
    """Neither a file of ours, nor an address, nor a billion laughs: no entity is ever resolved."""
    with pytest.raises(ReadingError) as caught:
        READERS[reader](_document(reader, dtd, text))
    assert "haha" not in str(caught.value)


@pytest.mark.parametrize(("source", "name"), ROUTES)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty answer"),
        (b"  \r\n ", "empty answer"),
        (b"<!DOCTYPE html><html><body>Inloggen</body></html>", "an HTML page instead"),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML//EN"><html><body/></html>',
            "an HTML page instead",
        ),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "cannot read"),
        (b"\x00" * 5000, "cannot read"),
    ],
    ids=["nothing", "blanks", "html", "xhtml", "gzip", "zeros"],
)
def test_what_is_no_list_is_refused_by_name(source: str, name: str, body: bytes, said: str) -> None:
    """A log-in page, an error page or nothing at all is never a list without entries."""
    with pytest.raises(ReadingError, match=said):
        _listing(source, name)(body)


@pytest.mark.parametrize("reader", ["metadata", "paper"])
def test_html_where_xml_was_due(reader: str) -> None:
    with pytest.raises(ReadingError, match="an HTML page instead of XML"):
        READERS[reader](b"<!doctype html>\n<html><head><title>Fout</title></head><body></body></html>")


def test_a_feed_whose_dates_go_backwards_announces_the_same_papers() -> None:
    """Older dates than last time change the marks of what is listed, not what is listed; the reader says so."""
    folder = EXAMPLES / "rijksoverheid"
    now, then = (json.loads((folder / name / "expected.json").read_text()) for name in ("rss", "rss_dates_backwards"))
    assert [entry["url"] for entry in then["entries"]] == [entry["url"] for entry in now["entries"]]
    assert then["surprises"] == ["3 of 3 items are dated outside the window that was asked"]


# --- PDF files


def _pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return body + b"trailer << /Size %d /Root 1 0 R %s >>\n%%%%EOF\n" % (len(objects) + 1, trailer)


def _with_content(stream: bytes) -> bytes:
    packed = zlib.compress(stream, 9)
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def test_a_pdf_that_takes_too_much_processor_time_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few kilobytes that draw a letter a million times over. A fast machine meets the limit of memory first (SIGABRT)."""
    monkeypatch.setattr(pdf, "PROCESSOR", 1)
    with pytest.raises(ReadingError, match=r"stopped by SIG(XCPU|KILL|ABRT) \(limits: 700 MiB, 1 s\)|more than \d+ characters"):
        read_pdf(_with_content(b"BT /F1 1 Tf (a b c d) Tj ET\n" * 3_000_000))


def test_a_pdf_that_takes_too_much_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child has its own limit; this process goes on."""
    monkeypatch.setattr(pdf, "MEMORY", 120 * 1024 * 1024)
    with pytest.raises(ReadingError, match=r"PDF cannot be read: "):
        read_pdf(_with_content(b"BT /F1 1 Tf (a) Tj ET\n" * 8_000_000))


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock runs from the start of the child."""
    monkeypatch.setattr(pdf, "WALL_LIMIT", 0.01)
    with pytest.raises(ReadingError, match="PDF not read within 0 s"):
        read_pdf(LETTER)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty answer"),
        (b"<!DOCTYPE html><html></html>", "an HTML page instead of a PDF"),
        (b"PK\x03\x04 een ander bestand", "not a PDF file"),
        (_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]), "without pages|cannot be read"),
        (_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"]), "PDF"),
        (_with_content(b""), "PDF without a text layer"),
        (
            _pdf(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"],
                b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<01><01>]" % (b"41" * 32, b"42" * 32),
            ),
            "encrypted: it asks for a password",
        ),
    ],
    ids=["empty", "html", "zip", "no-pages", "loop", "images-only", "encrypted"],
)
def test_what_is_no_readable_pdf_is_named(body: bytes, said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        read_pdf(body)


def test_hyphens_at_line_ends_are_left_to_the_repair_of_text() -> None:
    """The reader of the file joins nothing: what a broken word becomes is a rule of the domain."""
    raw = read_pdf(LETTER)
    assert "maakindustrie" not in raw
    assert any(mark in raw for mark in ("maak-\n", "maak\x02", "maak\ufffe"))
