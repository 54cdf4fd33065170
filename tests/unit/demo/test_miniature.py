"""The miniature as a server: hosts, clock, log, faults, not modified, and the same bytes for the same question."""

from __future__ import annotations

import http.client
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from demo.sites import Miniature

ZOEK = "zoek.officielebekendmakingen.nl"
RVO = "www.rvo.nl"
CONTROL = "127.0.0.1"
LETTER = "/kst-32637-480.html"


def test_it_names_its_hosts_for_the_connect_map(miniature: Miniature) -> None:
    assert miniature.hosts == (ZOEK, "repository.overheid.nl", "www.rijksoverheid.nl", "open.overheid.nl", RVO)
    assert miniature.connect.split(",")[0] == f"{ZOEK}={miniature.address}"
    assert miniature.address.startswith("127.0.0.1:")


def test_an_unknown_host_is_misdirected_and_a_post_not_allowed(ask: Any) -> None:
    assert ask("example.nl", "/").status == 421
    assert ask(RVO, "/sitemap.xml", "POST").status == 405


def test_the_clock_turns_from_inside_and_from_outside(miniature: Miniature, ask: Any) -> None:
    start = datetime(2021, 12, 3, 14, 0, tzinfo=UTC)
    assert miniature.turn(start) == miniature.now == start
    assert miniature.clock_url == f"http://{miniature.address}/clock"
    assert datetime.fromisoformat(ask(CONTROL, "/clock").body.decode()) == start
    assert ask(CONTROL, "/clock/sleep?seconds=90.5", "POST").body == b"2021-12-03T14:01:30.500000+00:00"
    assert miniature.sleep(1.5).second == 32
    ask("localhost", "/clock/turn?to=2021-12-09T16:45:00+01:00", "POST")
    assert miniature.now == datetime(2021, 12, 9, 15, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    "target", ["/clock/turn?to=gisteren", "/clock/turn", "/clock/turn?to=2021-12-09", "/clock/sleep?seconds=-1"]
)
def test_the_clock_refuses_what_is_no_moment(ask: Any, target: str) -> None:
    assert ask(CONTROL, target, "POST").status == 400
    assert ask(CONTROL, "/elders").status == 404


def test_a_paper_appears_at_its_moment(miniature: Miniature, ask: Any) -> None:
    miniature.turn(datetime(2021, 12, 9, 15, 44, 59, tzinfo=UTC))
    assert ask(ZOEK, LETTER).status == 404
    miniature.sleep(1)
    assert ask(ZOEK, LETTER).status == 200


def test_not_modified_by_tag_and_by_date(ask: Any) -> None:
    got = ask(ZOEK, LETTER)
    assert got.headers["last-modified"] == "Thu, 09 Dec 2021 15:45:00 GMT"
    again = ask(ZOEK, LETTER, If_None_Match=f'"other", {got.headers["etag"]}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", got.headers["etag"])
    assert ask(ZOEK, LETTER, If_Modified_Since=got.headers["last-modified"]).status == 304
    assert ask(ZOEK, LETTER, If_Modified_Since="Thu, 09 Dec 2021 15:44:59 GMT").status == 200
    assert ask(ZOEK, LETTER, If_None_Match='"other"', If_Modified_Since=got.headers["last-modified"]).status == 200
    assert ask(ZOEK, LETTER, If_Modified_Since="no date").status == 200


def test_every_request_to_a_site_is_logged(miniature: Miniature, ask: Any) -> None:
    tag = ask(RVO, "/sitemap.xml?x=1", User_Agent="beleidsradar (test)").headers["etag"]
    ask(RVO, "/sitemap.xml", If_None_Match=tag)
    ask(CONTROL, "/clock")
    first, second = miniature.requests
    assert (first.host, first.method, first.path, first.status) == (RVO, "GET", "/sitemap.xml?x=1", 200)
    assert (first.user_agent, first.conditional) == ("beleidsradar (test)", False)
    assert (second.status, second.conditional, second.bytes) == (304, True, 0)
    seen = json.loads(ask(CONTROL, "/requests").body)
    assert [line["status"] for line in seen] == [200, 304]
    assert datetime.fromisoformat(seen[0]["at"]) == miniature.now
    miniature.clear_requests()
    assert miniature.requests == ()


def test_an_outage_has_an_html_body_and_is_mended(miniature: Miniature, ask: Any) -> None:
    miniature.fault(ZOEK, status=503, retry_after=120, path="/rss")
    got = ask(ZOEK, "/rss?q=x")
    assert (got.status, got.headers["retry-after"]) == (503, "120")
    assert got.headers["content-type"].startswith("text/html")
    assert "etag" not in got.headers
    assert ask(ZOEK, LETTER).status == 200
    miniature.mend(ZOEK)
    assert ask(ZOEK, "/rss?q=w.dossiernummer==32637").status == 200


def test_a_soft_404_spares_robots_txt(miniature: Miniature, ask: Any) -> None:
    for host in miniature.hosts:
        miniature.fault(host, soft404=True)
    moved = ask(ZOEK, LETTER)
    assert (moved.status, moved.headers["location"]) == (302, f"https://{ZOEK}/fout404.html")
    assert ask(ZOEK, "/fout404.html").status == 200
    for host in ("www.rijksoverheid.nl", "open.overheid.nl", RVO):
        assert "niet gevonden" in ask(host, "/sitemap.xml").body.decode()
        assert ask(host, "/robots.txt").body.startswith(b"User-agent")
    miniature.mend()
    assert ask(ZOEK, LETTER).status == 200


def test_frozen_lists_stand_still_while_pages_go_on(miniature: Miniature, ask: Any) -> None:
    page = "/subsidies-financiering/wbso"
    miniature.turn(datetime(2021, 12, 7, 11, 0, tzinfo=UTC))
    lists = ("/sitemap.xml", "/api/v1/opendata/subsidies", "/api/v1/opendata/articles")
    before = [ask(RVO, path) for path in lists]
    old_page = ask(RVO, page).body
    miniature.fault(RVO, frozen=True)
    miniature.turn(datetime(2021, 12, 9, 20, 0, tzinfo=UTC))
    assert [ask(RVO, path).body for path in lists] == [got.body for got in before]
    assert ask(RVO, lists[0], If_None_Match=before[0].headers["etag"]).status == 304
    assert ask(RVO, page).body != old_page
    miniature.mend(RVO)
    assert ask(RVO, lists[0]).body != before[0].body


def test_a_delay_holds_the_answer_back(miniature: Miniature, ask: Any) -> None:
    miniature.fault(RVO, delay=0.2, path="/robots.txt")
    began = time.monotonic()
    assert ask(RVO, "/robots.txt").status == 200
    assert time.monotonic() - began >= 0.19


def test_faults_can_be_set_from_outside(miniature: Miniature, ask: Any) -> None:
    fault = json.dumps({"host": RVO, "status": 500, "path": "/nieuws"}).encode()
    assert ask(CONTROL, "/faults", "POST", fault).status == 200
    assert ask(RVO, "/nieuws/x").status == 500
    assert ask(CONTROL, "/faults", "POST", json.dumps({"host": RVO, "frozen": True}).encode()).status == 200
    assert len(json.loads(ask(CONTROL, "/faults").body)) == 2
    ask(CONTROL, "/faults", "POST", b'{"mend": null}')
    assert ask(RVO, "/nieuws/x").status == 404
    for wrong in (b"{", b'{"host": "example.nl"}', b'{"host": "www.rvo.nl", "onbekend": 1}', b"{}", b"[]"):
        assert ask(CONTROL, "/faults", "POST", wrong).status == 400
    with pytest.raises(ValueError, match="no such host"):
        miniature.fault("example.nl", status=503)


def test_the_same_papers_clock_and_faults_give_the_same_bytes(send_to: Any) -> None:
    moment = datetime(2021, 12, 9, 17, 0, tzinfo=UTC)
    targets = (
        (ZOEK, "/rss?q=w.publicatienaam==Kamerstuk"),
        (ZOEK, "/kst-32637-480.pdf"),
        ("repository.overheid.nl", "/sru?query=w.dossiernummer==32637"),
        ("www.rijksoverheid.nl", "/actueel/nieuws/2021/12/09/jongeren-krijgen-hulp-bij-eerste-baan"),
        ("open.overheid.nl", "/overheid/openbaarmakingen/api/v0/zoek?zoektekst=&aantalResultaten=50"),
        (RVO, "/sitemap.xml"),
    )
    runs = []
    for start in (moment, datetime(2021, 9, 1, tzinfo=UTC)):
        with Miniature(start) as sites:
            sites.turn(moment)
            runs.append([send_to(sites.address, host, target) for host, target in targets])
    assert runs[0] == runs[1]


def test_a_connection_is_kept_and_ends_with_the_server() -> None:
    with Miniature(datetime(2021, 12, 9, 17, 0, tzinfo=UTC)) as sites:
        connection = http.client.HTTPConnection(sites.address, timeout=5)
        for method in ("GET", "HEAD", "GET"):
            connection.request(method, "/robots.txt", headers={"Host": RVO})
            response = connection.getresponse()
            assert (response.version, response.status) == (11, 200)
            assert bool(response.read()) is (method == "GET")
        sites.fault(RVO, delay=30)
        connection.request("GET", "/robots.txt", headers={"Host": RVO})
        began = time.monotonic()
    assert time.monotonic() - began < 2
    connection.close()
