"""Real captured answers beside the checkout: the facts that must come out of them. Skipped where they are absent."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.documents import Document, Field, Kind
from domain.errors import ReadingError
from domain.listings import Answer, Listing, Scope, Window
from sources import ADAPTERS
from sources.koop_metadata import read_metadata
from sources.koop_xml import read_publication
from sources.pdf import NoTextLayerError, read_pdf

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
KOOP = REAL / "officielebekendmakingen"
FRBR = KOOP / "plooi-it" / "repository.overheid.nl" / "frbr" / "officielepublicaties"
WINDOW = Window(datetime(2021, 10, 12, 22, tzinfo=UTC), datetime(2021, 10, 13, 22, tzinfo=UTC))

pytestmark = [pytest.mark.shared, pytest.mark.skipif(not REAL.is_dir(), reason="the captured answers are not here")]


def _answer(path: Path, url: str = "https://zoek.officielebekendmakingen.nl/x") -> Answer:
    return Answer(url, url, 200, (), path.read_bytes())


def _paper(folder: str, identifier: str) -> Document:
    base = FRBR / folder / identifier / "1"
    adapter = ADAPTERS["officielebekendmakingen"]
    url = adapter.url_for(identifier)
    assert url is not None
    answers = {"xml": _answer(base / "xml" / f"{identifier}.xml"), "metadata": _answer(base / "metadata" / "metadata.xml")}
    reading = adapter.read(url, answers, Scope("officielebekendmakingen"))
    assert reading.surprises == ()
    return reading.document


def test_a_motion() -> None:
    motion = _paper("kst/32545", "kst-32545-143")
    assert (motion.kind, motion.dossiers, motion.number, motion.dated) == (Kind.MOTION, ("32545",), "143", date(2021, 7, 6))
    assert motion.published == date(2021, 7, 7)
    requests = [passage.text for passage in motion.passages if passage.field is Field.DICTUM]
    assert len(requests) == 2
    assert all(text.startswith("verzoekt de regering") for text in requests)
    assert motion.title.startswith("Motie van de leden")
    assert len(motion.authors) == 2


def test_an_answer() -> None:
    answer = _paper("ah-tk/20202021", "ah-tk-20202021-3235")
    assert (answer.kind, answer.cases, answer.number) == (Kind.ANSWER, ("tkzaak:2021Z09739",), "3235")
    assert (answer.submitted, answer.received) == (date(2021, 6, 3), date(2021, 6, 21))
    assert answer.authors == ("De Minister van Sociale Zaken en Werkgelegenheid",)
    assert len([passage for passage in answer.passages if passage.field is Field.QUESTION]) == 9
    assert {passage.heading for passage in answer.passages if passage.field is Field.BODY} == {
        f"Antwoord {n}" for n in range(1, 10)
    }


def test_an_attachment_that_is_a_scan() -> None:
    base = FRBR / "blg" / "onopgemaakt" / "blg-1007826" / "1"
    adapter = ADAPTERS["officielebekendmakingen"]
    answers = {"metadata": _answer(base / "metadata" / "metadata.xml"), "pdf": _answer(base / "pdf" / "blg-1007826.pdf")}
    reading = adapter.read("https://zoek.officielebekendmakingen.nl/blg-1007826.html", answers, Scope("x"))
    assert (reading.document.kind, reading.document.main_paper) == (Kind.ATTACHMENT, "kst-33037-430")
    assert reading.surprises == ("PDF without a text layer",)


def test_a_gazette_with_bom_crlf_and_instructions() -> None:
    about = b'<metadata_gegevens><metadata name="DC.identifier" scheme="" content="stb-2018-84"/></metadata_gegevens>'
    url = "https://zoek.officielebekendmakingen.nl/stb-2018-84.html"
    reading = read_publication("stb-2018-84", url, _answer(KOOP / "wetsuite" / "stb.xml"), Answer(url, url, 200, (), about))
    document = reading.document
    assert document.kind is Kind.REGULATION
    assert document.authors == ("De Staatssecretaris van Financiën",)
    assert "\r" not in document.text()
    assert [passage.heading for passage in document.passages if passage.text == passage.heading] == [
        f"Artikel {n}" for n in (1, 2, 3)
    ]
    assert any(passage.text.startswith("a. op de voorzijde") for passage in document.passages)


def test_nested_metadata() -> None:
    metadata, _ = read_metadata("x", (KOOP / "wetsuite" / "opmeta1.xml").read_bytes())
    assert (metadata.id, metadata.one("OVERHEIDop.woonplaats")) == ("gmb-2024-216934", "Yerseke")


def _sru(name: str) -> Listing:
    route = next(r for r in ADAPTERS["officielebekendmakingen"].routes(Scope("x", use_sru=True)) if r.name == "sru")
    ask = route.asks(WINDOW)[0]
    return route.read(ask, _answer(KOOP / name, ask.url))


@pytest.mark.parametrize(
    ("name", "count", "further"),
    [("plooi-oep/sru.xml", 10, 1), ("plooi-it/repository.overheid.nl/sru.xml", 5, 0), ("sru2026/sru_records_trimmed.xml", 4, 0)],
)
def test_pages_of_records(name: str, count: int, further: int) -> None:
    """The count that one of these pages states is wrong, as it may be: it is an estimate."""
    listing = _sru(name)
    assert (len(listing.entries), len(listing.further), listing.ignored, listing.surprises) == (count, further, (), ())
    assert all(entry.mark.startswith("sru:") or "2026" in name for entry in listing.entries)
    assert all(entry.ids and entry.url.endswith(f"/{entry.ids[0]}.html") for entry in listing.entries)


def test_a_diagnostic_is_no_empty_list() -> None:
    with pytest.raises(ReadingError, match="diagnostic"):
        _sru("sru2026/sru_diagnostic.xml")


def test_the_news_sitemap() -> None:
    route = next(r for r in ADAPTERS["rijksoverheid"].routes(Scope("x")) if r.name == "news-sitemap")
    path = REAL / "rijksoverheid" / "new_platform" / "news_sitemap_2026-09-23.xml"
    listing = route.read(route.asks(WINDOW)[0], _answer(path))
    assert len(listing.entries) == 2
    assert listing.entries[1].published == datetime(2026, 9, 23, 14, 30, 20, 53000, tzinfo=UTC)
    assert listing.entries[1].mark == "news-sitemap:2026-09-23T14:30:13.751Z"


def test_a_head_without_a_body_is_no_page() -> None:
    path = REAL / "rijksoverheid" / "new_platform" / "article_head_efacturatie.html"
    url = "https://www.rijksoverheid.nl/actueel/nieuws/2026/09/22/e-facturatie"
    with pytest.raises(ReadingError):
        ADAPTERS["rijksoverheid"].read(url, {"page": _answer(path, url)}, Scope("x"))


def test_old_feeds_and_broken_files_are_refused() -> None:
    """XML of another kind, and one that is not well-formed on purpose."""
    folder = REAL / "rijksoverheid" / "plooi-it" / "opendata.rijksoverheid.nl" / "v1" / "sources" / "rijksoverheid"
    for path in (folder / "documents.xml", folder / "documents" / "02dbce21-c2a6-4310-9ed5-aab7b27467ac.xml"):
        with pytest.raises(ReadingError):
            read_metadata("x", path.read_bytes())


@pytest.mark.parametrize("path", sorted(REAL.glob("**/*.pdf")) if REAL.is_dir() else [], ids=lambda path: path.name)
def test_every_pdf_is_read_or_known_as_a_scan(path: Path) -> None:
    try:
        assert len(read_pdf(path.read_bytes())) > 200
    except NoTextLayerError:
        assert path.name == "blg-1007826.pdf"


def test_pages_of_other_gazettes_do_not_trip_the_reader_of_pages() -> None:
    """Captured publication pages in HTML are no pages of rijksoverheid.nl, but must be read or refused in words."""
    pages = [(KOOP / "wetsuite" / name).read_bytes() for name in ("bgr.html", "stb.html")]
    for name in ("prb.html.zip", "trb.html.zip"):
        with zipfile.ZipFile(KOOP / "wetsuite" / name) as archive:
            pages += [archive.read(member) for member in archive.namelist()]
    url = "https://www.rijksoverheid.nl/documenten/2026/11/02/x"
    for body in pages:
        try:
            assert ADAPTERS["rijksoverheid"].read(url, {"page": Answer(url, url, 200, (), body)}, Scope("x")).document.title
        except ReadingError:
            continue
