"""www.rvo.nl: sitemap, open-data lists and pages."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from demo.sites import Miniature

HOST = "www.rvo.nl"
WBSO = "/subsidies-financiering/wbso"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def rows(body: bytes) -> dict[str, str]:
    """The first table of a page: heading cell and last cell of each row."""
    table = etree.HTML(body).find(".//table")
    return {row.findtext("th"): row.findall("td")[-1].text for row in table.iter("tr") if row.find("td") is not None}


def test_the_sitemap_is_flat_and_every_page_in_it_answers(ask: Any) -> None:
    root = etree.fromstring(ask(HOST, "/sitemap.xml").body)
    urls = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root}
    assert all(urls.values())
    sorts = Counter(url.split("/")[3] for url in urls)
    assert set(sorts) == {"subsidies-financiering", "nieuws", "onderwerpen", "meldcodes-warmtepompen"}
    assert all(ask(HOST, url.removeprefix(f"https://{HOST}")).status == 200 for url in urls)


def test_the_lists_are_bare_arrays_that_ignore_paging(ask: Any) -> None:
    first = ask(HOST, "/api/v1/opendata/subsidies")
    assert first.body == ask(HOST, "/api/v1/opendata/subsidies?page=3").body
    items = json.loads(first.body)
    wbso = next(item for item in items if item["url"] == WBSO)
    assert wbso["changed"] == "2021-12-07T14:00:00+01:00"
    assert {"id", "title", "created", "intro", "subjects", "type"} <= set(wbso)
    articles = json.loads(ask(HOST, "/api/v1/opendata/articles").body)
    assert all(item["url"].startswith("/nieuws/") for item in articles)
    assert ask(HOST, "/api/v1/opendata/vouchers").status == 404


def test_the_wbso_changes_on_tuesday_and_nothing_else_on_the_page(miniature: Miniature, ask: Any) -> None:
    miniature.turn(datetime(2021, 12, 7, 12, 59, tzinfo=UTC))
    before = ask(HOST, WBSO).body
    miniature.turn(datetime(2021, 12, 7, 13, 0, tzinfo=UTC))
    after = ask(HOST, WBSO).body
    assert rows(before) == {
        "Tarief eerste schijf": "40%",
        "Tarief eerste schijf starters": "50%",
        "Tarief tweede schijf": "16%",
        "Grens eerste schijf": "€ 350.000",
    }
    assert rows(after) == rows(before) | {"Tarief eerste schijf": "32%", "Tarief eerste schijf starters": "40%"}
    assert "1.336 miljoen" in after.decode()


def test_on_monday_only_the_day_of_checking_changes(miniature: Miniature, ask: Any) -> None:
    paths = (WBSO, "/subsidies-financiering/mit", "/subsidies-financiering/innovatiekrediet")
    miniature.turn(datetime(2021, 12, 6, 10, 59, tzinfo=UTC))
    before = [ask(HOST, path).body.decode().splitlines() for path in paths]
    miniature.turn(datetime(2021, 12, 6, 11, 0, tzinfo=UTC))
    for path, old in zip(paths, before, strict=True):
        new = ask(HOST, path).body.decode().splitlines()
        changed = [line for line, was in zip(new, old, strict=True) if line != was]
        assert len(changed) == 1
        assert "Laatst gecontroleerd op: 6 december 2021" in changed[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (WBSO, "Open voor aanvragen"),
        ("/subsidies-financiering/mit", "Gesloten voor aanvragen"),
        ("/subsidies-financiering/mit/rd-samenwerkingsprojecten", "Gesloten voor aanvragen"),
        ("/subsidies-financiering/veki", "Bijna open voor aanvragen"),
        ("/subsidies-financiering/tse-industrie-studies", "Tijdelijk gesloten voor aanvragen"),
    ],
)
def test_a_scheme_page_bears_its_status(ask: Any, path: str, status: str) -> None:
    page = etree.HTML(ask(HOST, path).body)
    label = page.find(".//div[@class]")
    labels = [e.text for e in page.iter("div") if "rvo-status-indicator" in (e.get("class") or "")]
    assert label is not None
    assert labels == [status]
    assert "In opdracht van" in "".join(page.itertext())


def test_the_brochure_that_the_letter_cites_is_there(ask: Any) -> None:
    path = "/sites/default/files/2021/07/Procesinnovatie-Belastingvoordeel-voor-innovatieve-ondernemers-2021.pdf"
    assert ask(HOST, path).body.startswith(b"%PDF-")
