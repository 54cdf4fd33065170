"""www.rijksoverheid.nl: the query feed, the sitemaps and the pages."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from lxml import etree

from demo.making.offices import EZK
from demo.making.web import news
from demo.moments import AMSTERDAM
from demo.sites import Miniature

HOST = "www.rijksoverheid.nl"
LETTER = "/documenten/kamerstukken/2021/12/09/kamerbrief-met-reactie-op-brief-metaalunie-over-procesinnovatie"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def rss_target(*filters: dict[str, Any], term: str = "") -> str:
    """The address of the feed with these filters."""
    query = {"filters": list(filters), "resultSearchTerm": term, "pageTitle": "Zoeken"}
    return "/api/rss?query=" + quote(json.dumps(query))


def span(since: str, until: str) -> dict[str, Any]:
    """A sort_date filter."""
    return {"field": "sort_date", "type": "all", "values": [{"from": since, "to": until, "name": "specificPeriod"}]}


def test_the_feed_gives_pages_of_a_window(ask: Any) -> None:
    got = ask(HOST, rss_target(span("2021-12-08T23:00:00.000Z", "2021-12-09T23:00:00.000Z")))
    entries = feedparser.parse(got.body).entries
    assert f"https://{HOST}{LETTER}" in [entry.link for entry in entries]
    letter = next(entry for entry in entries if entry.link.endswith(LETTER))
    assert letter.published == "Wed, 08 Dec 2021 23:00:00 GMT"
    assert letter.guid != letter.link
    assert all("2021/12/09" in entry.link for entry in entries)


def test_filters_of_type_and_topic(ask: Any) -> None:
    topic = {"field": "topic", "values": ["Ondernemen en innovatie"], "type": "all"}
    kind = {"field": "content_type", "values": ["pro:newsDocument"], "type": "all"}
    both = feedparser.parse(ask(HOST, rss_target(topic, kind)).body).entries
    assert both
    assert all("/actueel/nieuws/" in entry.link for entry in both)
    alone = feedparser.parse(ask(HOST, rss_target(topic)).body).entries
    assert any("/documenten/" in entry.link for entry in alone)


def test_a_search_term_ranks_by_relevance(ask: Any) -> None:
    entries = feedparser.parse(ask(HOST, rss_target(term="procesinnovatie")).body).entries
    assert {"ziekenhuizen", "metaalunie"} <= {word for entry in entries for word in re.split(r"\W+", entry.link)}


def test_a_day_without_time_is_a_server_error(ask: Any) -> None:
    assert ask(HOST, rss_target(span("2021-12-08", "2021-12-09"))).status == 500
    assert ask(HOST, "/api/rss?query=niets").status == 400


def test_the_feed_gives_at_most_20_items(send_to: Any) -> None:
    start = datetime(2021, 12, 1, 8, tzinfo=UTC)
    times = [(start + timedelta(minutes=n)).astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M") for n in range(25)]
    many = [news(f"bericht-{n}", time, f"Bericht {n}", "Intro.", ("Tekst.",), EZK, ()) for n, time in enumerate(times)]
    with Miniature(datetime(2021, 12, 2, tzinfo=UTC), many) as sites:
        entries = feedparser.parse(send_to(sites.address, HOST, rss_target()).body).entries
    assert [entry.title for entry in entries] == [f"Bericht {n}" for n in range(24, 4, -1)]


def test_a_backdated_report_is_in_the_sitemap_but_not_in_a_recent_window(ask: Any) -> None:
    path = "/documenten/rapporten/2021/12/06/slimme-productie-in-de-mkb-maakindustrie"
    window = ask(HOST, rss_target(span("2021-12-01T00:00:00.000Z", "2021-12-31T00:00:00.000Z")))
    assert path.encode() not in window.body
    root = etree.fromstring(ask(HOST, "/sitemap/1.xml").body)
    lastmod = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root}
    assert lastmod[f"https://{HOST}{path}"] == "2021-12-06T10:00:00.000Z"
    assert "15-11-2021" in ask(HOST, path).body.decode()


def test_the_sitemap_index_names_its_parts(ask: Any) -> None:
    root = etree.fromstring(ask(HOST, "/sitemap.xml").body)
    assert [e.text for e in root.iter(f"{SITEMAP}loc")] == [f"https://{HOST}/sitemap/1.xml", f"https://{HOST}/news/sitemap.xml"]


def test_the_news_sitemap_rolls_over_two_days(miniature: Miniature, ask: Any) -> None:
    root = etree.fromstring(ask(HOST, "/news/sitemap.xml").body)
    titles = [e.text for e in root.iter(f"{NEWS}title")]
    assert titles == [
        "Jongeren krijgen hulp bij eerste baan",
        "Minder stikstof door aangepast veevoer",
        "Steunpakket voor ondernemers verlengd",
    ]
    first = root[0]
    assert first.findtext(f"{SITEMAP}lastmod") < first.findtext(f".//{NEWS}publication_date")
    tag = ask(HOST, "/news/sitemap.xml").headers["etag"]
    miniature.turn(datetime(2021, 12, 10, 9, 0, tzinfo=UTC))
    assert ask(HOST, "/news/sitemap.xml", If_None_Match=tag).status == 200


def test_a_news_page_has_its_text_markers_in_order(ask: Any) -> None:
    got = ask(HOST, "/actueel/nieuws/2021/12/08/steunpakket-voor-ondernemers-verlengd")
    text = " ".join(etree.HTML(re.sub(rb"<script.*?</script>", b"", got.body, flags=re.S)).itertext())
    places = [
        text.index(marker)
        for marker in (
            "Nieuwsbericht 08-12-2021 | 09:45",
            "Heeft deze informatie u geholpen?",
            "Meer over dit onderwerp",
            "Hoort bij",
            "Terug naar boven",
        )
    ]
    assert places == sorted(places)
    head = etree.HTML(got.body)
    assert head.find(".//meta[@name='DCTERMS.rights']").get("content") == "CC0 1.0 Universal"
    data = json.loads(head.find(".//script[@type='application/ld+json']").text)
    assert (data["@type"], data["datePublished"]) == ("NewsArticle", "2021-12-08T08:45:00.000Z")
    assert "self.__next_f.push" in got.body.decode()


def test_a_nonce_differs_with_every_request_but_the_tag_does_not(ask: Any) -> None:
    first, second = ask(HOST, LETTER), ask(HOST, LETTER)
    assert first.body != second.body
    assert first.headers["etag"] == second.headers["etag"]
    assert ask(HOST, LETTER, If_None_Match=first.headers["etag"]).status == 304


@pytest.mark.parametrize("path", ["/onbekend", "/actueel/nieuws/2021/12/09/bestaat-niet"])
def test_an_unknown_page_is_missing(ask: Any, path: str) -> None:
    assert ask(HOST, path).status == 404
