"""open.overheid.nl: search, detail and files."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest

from demo.sites import Miniature

HOST = "open.overheid.nl"
SEARCH = "/overheid/openbaarmakingen/api/v0/zoek"


def search(ask: Any, query: str) -> Any:
    """The answer of a search, parsed."""
    got = ask(HOST, f"{SEARCH}?{query}")
    assert got.status == 200, got.body
    return json.loads(got.body)


def test_the_newest_change_comes_first(ask: Any) -> None:
    found = search(ask, "zoektekst=&start=0&aantalResultaten=50&sort=laatst-gewijzigd")
    times = [hit["document"]["mutatiedatumtijd"] for hit in found["resultaten"]]
    assert found["totaal"] == len(times)
    assert times == sorted(times, reverse=True)
    assert times[0] == "2021-12-09T16:05:00.000Z"
    assert set(found["resultaten"][0]) >= {"document", "bestandsgrootte", "aantalPaginas", "bestandsType"}


def test_a_backdated_report_keeps_its_date_but_counts_as_changed(ask: Any) -> None:
    [hit] = search(ask, "zoektekst=" + quote("smart manufacturing"))["resultaten"]
    assert hit["document"]["openbaarmakingsdatum"] == "2021-11-15"
    assert hit["document"]["mutatiedatumtijd"].startswith("2021-12-06T")


def test_pages_follow_each_other(ask: Any) -> None:
    first = search(ask, "aantalResultaten=10&sort=publicatiedatum&order=asc")["resultaten"]
    rest = search(ask, "aantalResultaten=10&start=5&sort=publicatiedatum&order=asc")["resultaten"]
    assert first[5:] == rest[: len(first) - 5]


@pytest.mark.parametrize(
    "query", ["aantalResultaten=11", "start=-1", "aantalResultaten=x", "publicatiedatumVan=2021-12-01", "sort=zo"]
)
def test_bad_input_gets_400_with_a_detail(ask: Any, query: str) -> None:
    got = ask(HOST, f"{SEARCH}?{query}")
    assert got.status == 400
    assert json.loads(got.body)["detail"]


def test_filters(ask: Any) -> None:
    day = search(ask, "publicatiedatumVan=09-12-2021&publicatiedatumTot=09-12-2021")
    assert day["totaal"] == 1
    twice = quote(quote("ministerie van Volksgezondheid, Welzijn en Sport"))
    assert search(ask, f"organisatie={twice}")["totaal"] == 1
    assert search(ask, "documentsoort=rapport")["totaal"] == 4


def test_detail_and_file_belong_together(ask: Any) -> None:
    [hit] = search(ask, "zoektekst=metaalunie")["resultaten"]
    detail = json.loads(ask(HOST, f"{SEARCH}/{hit['document']['id'].removesuffix('_1')}").body)
    assert detail["document"]["titelcollectie"]["officieleTitel"] == hit["document"]["titel"]
    file = detail["versies"][0]["bestanden"][0]
    got = ask(HOST, file["id"].removeprefix(f"https://{HOST}"))
    assert (got.headers["content-type"], len(got.body)) == ("application/pdf", file["grootte"])
    pdf = pypdfium2.PdfDocument(got.body)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert len(pdf) == file["paginas"] == hit["aantalPaginas"]
    assert "geen nieuw procesinnovatie-instrument" in " ".join(text.split())


def test_a_document_is_missing_until_it_appears(miniature: Miniature, ask: Any) -> None:
    [hit] = search(ask, "zoektekst=metaalunie")["resultaten"]
    path = hit["document"]["pid"].removeprefix(f"https://{HOST}") + "/file"
    miniature.turn(datetime(2021, 12, 9, 16, 4, tzinfo=UTC))
    assert ask(HOST, path).status == 404
    assert search(ask, "zoektekst=metaalunie")["totaal"] == 0
