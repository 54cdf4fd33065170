"""The zoek host and the SRU host: feeds, papers and searches in the real shapes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import feedparser
import pypdfium2
import pytest
from lxml import etree
from protego import Protego

from demo.making.gazettes import notice
from demo.making.offices import EZK
from demo.moments import AMSTERDAM
from demo.sites import Miniature

ZOEK = "zoek.officielebekendmakingen.nl"
REPOSITORY = "repository.overheid.nl"
SRU = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
EVERYTHING = (
    '(w.publicatienaam==Kamerstuk OR w.publicatienaam=="Kamervragen (Aanhangsel)" OR '
    'w.publicatienaam=="Kamervragen zonder antwoord" OR w.publicatienaam==Staatscourant OR w.publicatienaam==Staatsblad)'
)


def feed(ask: Any, query: str) -> Any:
    """The feed of a query, parsed."""
    got = ask(ZOEK, "/rss?q=" + quote(query))
    assert got.status == 200
    assert got.headers["content-type"].startswith("application/rss+xml")
    return feedparser.parse(got.body)


def test_the_feed_has_the_shape_of_the_real_one(ask: Any) -> None:
    entries = feed(ask, EVERYTHING + " AND dt.available>=2021-12-06").entries
    first = entries[0]
    assert first.title == "kst-32637-480 : Tweede Kamer der Staten-Generaal"
    assert first.link == f"https://{ZOEK}/kst-32637-480.html"
    assert first.description.startswith("Bedrijfslevenbeleid; Brief regering; ")
    assert first.published == "Thu, 09 Dec 2021 00:00:00 +0100"
    assert first.tags[0].scheme == "Kamerstuk"
    days = [entry.published_parsed for entry in entries]
    assert days == sorted(days, reverse=True)
    assert {entry.title.split("-")[0] for entry in entries} == {"kst", "ah", "kv", "stcrt", "stb"}


def test_the_feed_honours_windows_and_dossiers(ask: Any) -> None:
    window = feed(ask, EVERYTHING + " AND dt.available>=2021-12-07 AND dt.available<2021-12-08").entries
    assert {entry.title.split(" :")[0] for entry in window} == {"ah-tk-20212022-803", "kst-29544-1085", "stcrt-2021-48790"}
    dossier = feed(ask, "w.dossiernummer==32637").entries
    assert {entry.title.split(" :")[0] for entry in dossier} == {
        "kst-32637-480",
        "kst-32637-473",
        "kst-32637-469",
        "blg-1004473",
    }
    assert feed(ask, "w.dossiernummer==99999").entries == []


def test_an_answered_question_counts_as_modified(ask: Any) -> None:
    found = feed(ask, 'w.publicatienaam=="Kamervragen zonder antwoord" AND dt.modified>=2021-12-08').entries
    assert [entry.title.split(" :")[0] for entry in found] == ["kv-tk-2021Z20611"]


def test_the_feed_gives_at_most_150_items(send_to: Any) -> None:
    start = datetime(2021, 12, 1, 8, tzinfo=UTC)
    many = [
        notice(
            f"stcrt-2021-{50000 + n}",
            (start + timedelta(minutes=n)).astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M"),
            EZK,
            f"Bericht {n}",
            ("Tekst.",),
            rubric="Overig",
            signed_on=start.date(),
            categories=(),
        )
        for n in range(160)
    ]
    with Miniature(datetime(2021, 12, 2, tzinfo=UTC), many) as sites:
        got = send_to(sites.address, ZOEK, "/rss?q=" + quote("w.publicatienaam==Staatscourant"))
    entries = feedparser.parse(got.body).entries
    assert len(entries) == 150
    assert entries[0].title.startswith("stcrt-2021-50159")


def test_a_bad_query_is_an_error_of_the_feed(ask: Any) -> None:
    got = ask(ZOEK, "/rss?q=" + quote("w.publicatienaam=="))
    assert got.status == 500
    assert got.headers["content-type"].startswith("text/html")


def test_a_letter_comes_as_xml_with_its_notes_and_signature(ask: Any) -> None:
    got = ask(ZOEK, "/kst-32637-480.xml")
    root = etree.fromstring(got.body)
    assert root.tag == "officiele-publicatie"
    assert root.findtext("kamerstuk/dossier/dossiernummer/dossiernr") == "32 637"
    assert root.findtext("kamerstuk/stuk/stuknr/ondernummer") == "480"
    assert root.findtext("kamerstuk/stuk/titel") == "BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT"
    paragraphs = ["".join(al.itertext()) for al in root.iter("al")]
    assert paragraphs[:2] == ["Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "Den Haag, 9 december 2021"]
    assert [noot.get("type") for noot in root.iter("noot")] == ["voet"] * 3
    assert root.find(".//extref[@doc='ah-tk-20212022-622']") is not None
    assert root.findtext(".//ondertekening/functie") == "De Minister van Economische Zaken en Klimaat,"


def test_metadata_has_the_real_names_and_schemes(ask: Any) -> None:
    root = etree.fromstring(ask(ZOEK, "/kst-32637-480/metadata.xml").body)
    assert root.tag == "metadata_gegevens"
    lines = {(m.get("name"), m.get("scheme")): m.get("content") for m in root}
    assert lines["DC.identifier", "OVERHEIDop.ParlID"] == "kst-32637-480"
    assert lines["DC.type", "OVERHEIDop.KamerstukTypen"] == "Brief"
    assert lines["DCTERMS.available", "DCTERMS.W3CDTF"] == "2021-12-09"
    assert lines["OVERHEIDop.vergaderjaar", ""] == "2021-2022"
    assert lines["OVERHEIDop.documenttitel", ""].startswith("Reactie op brief Koninklijke Metaalunie")


def test_questions_answers_and_notices_have_their_own_elements(ask: Any) -> None:
    answer = etree.fromstring(ask(ZOEK, "/ah-tk-20212022-829.xml").body)
    assert [part.get("type") for part in answer.iter("kamervraagomschrijving")] == ["vraag", "antwoord"]
    assert len(answer.findall(".//vraag")) == len(answer.findall(".//antwoord")) == 3
    assert answer.find(".//datum").get("isodatum") == "2021-11-15"
    late = etree.fromstring(ask(ZOEK, "/ah-tk-20212022-803.xml").body)
    assert late.find(".//antwoord") is None
    assert late.find(".//kamervraagopmerking") is not None
    kind = etree.fromstring(ask(ZOEK, "/ah-tk-20212022-803/metadata.xml").body)
    assert kind.find("metadata[@scheme='OVERHEIDop.AanhangselTypen']").get("content") == "Mededeling"


def test_a_question_is_linked_to_its_answer_once_there_is_one(miniature: Miniature, ask: Any) -> None:
    path = "/kv-tk-2021Z20611/metadata.xml"
    assert b"ah-tk-20212022-829" in ask(ZOEK, path).body
    miniature.turn(datetime(2021, 12, 8, 13, 59, tzinfo=UTC))
    assert b"OVERHEIDop.aanhangsel" not in ask(ZOEK, path).body


@pytest.mark.parametrize(
    "identifier", ["stcrt-2021-48230", "stcrt-2021-48655", "stb-2021-601", "kst-35925-XIII-42", "kst-32637-469"]
)
def test_other_papers_come_as_xml_and_html(ask: Any, identifier: str) -> None:
    assert etree.fromstring(ask(ZOEK, f"/{identifier}.xml").body).tag == "officiele-publicatie"
    html = etree.HTML(ask(ZOEK, f"/{identifier}.html").body)
    assert html.find(".//div[@id='broodtekst']") is not None
    assert html.find(".//meta[@data-scheme='DCTERMS.W3CDTF']") is not None


def test_an_attachment_is_a_pdf_only(ask: Any) -> None:
    assert ask(ZOEK, "/blg-1004473.xml").status == 404
    got = ask(ZOEK, "/blg-1004473.pdf")
    assert got.headers["content-type"] == "application/pdf"
    text = pypdfium2.PdfDocument(got.body)[0].get_textpage().get_text_range()
    assert "procesinnovatie" in text


def test_a_bare_id_leads_to_the_page_and_an_unknown_one_is_missing(ask: Any) -> None:
    got = ask(ZOEK, "/kst-32637-480")
    assert (got.status, got.headers["location"]) == (302, f"https://{ZOEK}/kst-32637-480.html")
    assert ask(ZOEK, "/kst-32637-999.html").status == 404


def test_robots_files_say_what_the_real_ones_say(ask: Any) -> None:
    assert ask(REPOSITORY, "/robots.txt").body == b"User-agent: *\nDisallow: /"
    rules = Protego.parse(ask(ZOEK, "/robots.txt").body.decode())
    assert rules.can_fetch(f"https://{ZOEK}/rss?q=x", "beleidsradar")
    assert rules.can_fetch(f"https://{ZOEK}/kst-32637-480.xml", "beleidsradar")
    rate = rules.request_rate("beleidsradar")
    assert rate is not None
    assert (rate.requests, rate.seconds) == (10, 30)


def sru(ask: Any, query: str, **more: object) -> Any:
    """The answer of a search, parsed."""
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    got = ask(REPOSITORY, f"/sru?operation=searchRetrieve&version=2.0&query={quote(query)}{rest}")
    assert got.status == 200
    return etree.fromstring(got.body)


def test_the_search_pages_until_there_is_no_next_position(ask: Any) -> None:
    seen: list[str] = []
    start: str | None = "1"
    while start:
        root = sru(ask, EVERYTHING, maximumRecords=20, startRecord=start)
        seen += [e.text for e in root.iter("{http://purl.org/dc/terms/}identifier")]
        start = root.findtext(f"{SRU}nextRecordPosition")
    assert len(seen) == len(set(seen)) == int(root.findtext(f"{SRU}numberOfRecords"))
    assert "kst-32637-480" in seen


def test_a_record_names_files_that_exist(ask: Any) -> None:
    root = sru(ask, "dt.identifier==ah-tk-20212022-622")
    urls = [e.text for e in root.iter("{http://standaarden.overheid.nl/sru}itemUrl")]
    assert len(urls) == 4
    for url in urls:
        assert ask(REPOSITORY, url.removeprefix(f"https://{REPOSITORY}")).status == 200
    assert root.findtext(".//{http://standaarden.overheid.nl/wetgeving/}vraagnummer") == "2021Z14507"


@pytest.mark.parametrize("query", ["w.publicatienaam==", "nergens.index==1"])
def test_a_bad_search_is_a_diagnostic_with_status_200(ask: Any, query: str) -> None:
    root = sru(ask, query)
    assert root.tag == f"{SRU}searchRetrieveResponse"
    assert root.find(f"{SRU}numberOfRecords") is None
    message = root.find(f"{SRU}diagnostics/{{http://docs.oasis-open.org/ns/search-ws/diagnostic}}diagnostic")
    assert message is not None
