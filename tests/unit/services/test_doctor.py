"""The doctor on the miniature: whole, and with one thing broken at a time, which it has to name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import home, story
from demo.exchange import HTML, Reply, Request
from demo.sites import Miniature
from domain.errors import UsageError
from services.doctor import Line, Report, examine
from services.radar import Radar
from services.wiring import open_radar
from sources.assumptions import ASSUMPTIONS, Verdict

SITE = "www.rijksoverheid.nl"
NOON = story._at(9, "17:30")


@pytest.fixture
def sites() -> Iterator[Miniature]:
    with Miniature(NOON) as sites:
        yield sites


@pytest.fixture
def environment(sites: Miniature, tmp_path: Path, root: Path) -> dict[str, str]:
    place = tmp_path / "home"
    sources = home.furnish(place, root / "topics")
    return home.environment(place, sources, sites.connect, sites.clock_url, ("127.0.0.1", 1), "127.0.0.1:1")


@pytest.fixture
def radar(environment: dict[str, str]) -> Radar:
    return open_radar(environment, create=True)


def failing(report: Report) -> set[tuple[str, str]]:
    return {(line.about, line.assumption) for line in report.lines if line.needed and line.verdict is Verdict.FAILS}


def line(report: Report, about: str, assumption: str) -> Line:
    return next(one for one in report.lines if one.about == about and one.assumption == assumption)


def test_all_holds_on_a_whole_site_and_one_request_is_made_per_route_and_page(radar: Radar, sites: Miniature) -> None:
    before = content(radar)
    report = examine(radar, [])
    assert failing(report) == set()
    assert report.healthy
    files = {Path(one.snapshot) for one in report.lines if one.snapshot}
    assert all(file.is_file() and file.parent == Path(report.folder) for file in files)
    assert Path(report.folder).parent == radar.settings.home / "doctor"
    asked = [(one.host, one.path) for one in sites.requests if one.path != "/robots.txt"]
    assert len(asked) == len(set(asked)) == len(files) + sum(1 for one in report.lines if one.assumption == "it exists")
    print(f"{len(asked)} requests, {len(report.lines)} assumptions looked at")
    assert len(asked) <= 40
    assert content(radar) == before
    with radar.store.read() as unit:
        assert all(unit.resources.count(source) == 0 and unit.visits.all(source) == () for source in radar.adapters)


def content(radar: Radar) -> str:
    with radar.store.read() as unit:
        return unit.content_hash()


def test_every_assumption_is_about_something_that_exists_and_is_looked_at(radar: Radar) -> None:
    seen = {(one.source, one.assumption) for one in examine(radar, []).lines}
    named = {(source, one.name) for source, found in ASSUMPTIONS.items() for one in found if one.about != "sru"}
    assert named - seen == set()


def test_a_list_that_stands_still_is_named(radar: Radar, sites: Miniature) -> None:
    sites.turn(story._at(6, "08:00"))
    sites.fault(SITE, frozen=True)
    sites.turn(story._at(16, "12:00"))
    report = examine(radar, ["rijksoverheid"])
    assert ("sitemap", "it moves") in failing(report)
    assert line(report, "sitemap", "it moves").seen.startswith("newest of 2021-12-0")


def test_a_page_for_what_does_not_exist_is_named(radar: Radar, sites: Miniature) -> None:
    sites.fault("www.rvo.nl", soft404=True, path="/subsidies-financiering/")
    report = examine(radar, ["rvo"])
    assert failing(report) >= {("scheme at www.rvo.nl", "the page is one that the reader knows")}
    broken = line(report, "scheme at www.rvo.nl", "the page is one that the reader knows")
    assert b"Pagina niet gevonden" in Path(broken.snapshot).read_bytes()


@pytest.mark.parametrize(("fault", "said"), [({"status": 503}, "busy: HTTP 503"), ({"status": 403}, "refused: HTTP 403")])
def test_a_route_that_does_not_answer_is_named(radar: Radar, sites: Miniature, fault: Any, said: str) -> None:
    sites.fault("www.rvo.nl", path="/sitemap.xml", **fault)
    report = examine(radar, ["rvo"])
    assert failing(report) == {("sitemap", "it answers")}
    assert line(report, "sitemap", "it answers").seen.startswith(said)


class Altered:
    """A site whose answers go through a function first."""

    def __init__(self, site: Any, alter: Callable[[Request, Reply], Reply]) -> None:
        self.site, self.alter, self.host = site, alter, site.host

    def is_list(self, path: str) -> bool:
        return bool(self.site.is_list(path))

    def soft_error(self) -> Reply:
        return self.site.soft_error()  # type: ignore[no-any-return]

    def answer(self, request: Request, now: datetime) -> Reply:
        return self.alter(request, self.site.answer(request, now))


def alter(sites: Miniature, host: str, change: Callable[[Request, Reply], Reply]) -> None:
    known: Any = sites._front.sites
    known[host] = Altered(known[host], change)


def test_changed_markup_is_named(radar: Radar, sites: Miniature) -> None:
    def restyle(_: Request, reply: Reply) -> Reply:
        if reply.content_type != HTML:
            return reply
        body = re.sub(rb"[A-Z]\w+(?:: \w+)? \|? ?\d\d-\d\d-\d{4}[ |\d:]*", b"Vandaag", reply.body)
        body = re.sub(rb"Heeft deze informatie|Meer over|Hoort bij|Terug naar boven", b"Lees", body)
        return Reply(body, reply.content_type, reply.status, reply.last_modified)

    alter(sites, SITE, restyle)
    found = failing(examine(radar, ["rijksoverheid"]))
    assert ("news at www.rijksoverheid.nl", "the reader finds its markers") in found
    assert ("news at www.rijksoverheid.nl, page", "a line under the title gives sort and date") in found


def test_another_shape_of_the_interface_is_named(radar: Radar, sites: Miniature) -> None:
    def wrap(request: Request, reply: Reply) -> Reply:
        return Reply(b'{"data": ' + reply.body + b"}", reply.content_type) if "opendata" in request.path else reply

    alter(sites, "www.rvo.nl", wrap)
    assert failing(examine(radar, ["rvo"])) == {("opendata", "it is the list that the reader knows")}


def test_robots_that_forbid_a_route_are_named(radar: Radar, sites: Miniature) -> None:
    def forbid(request: Request, reply: Reply) -> Reply:
        return Reply(b"User-agent: *\nDisallow: /api/\n", "text/plain") if request.path == "/robots.txt" else reply

    alter(sites, "www.rvo.nl", forbid)
    assert failing(examine(radar, ["rvo"])) == {("opendata", "robots.txt of www.rvo.nl allows it")}
    assert not [one for one in sites.requests if one.path.startswith("/api/")]


def test_an_unknown_source_is_wrong_usage(radar: Radar) -> None:
    with pytest.raises(UsageError, match="rvo"):
        examine(radar, ["nieuws"])


def test_the_command_needs_no_archive_makes_none_and_prints_json(
    environment: dict[str, str], sites: Miniature, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cli.main import run_command

    for name in [name for name in os.environ if name.startswith("BELEIDSRADAR_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    place = Path(environment["BELEIDSRADAR_HOME"])
    assert run_command(["doctor", "rvo", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["healthy"] is True
    assert {one["verdict"] for one in report["lines"]} <= {"holds", "does not hold", "could not be seen"}
    assert not (place / "beleidsradar.db").exists()
    sites.fault("www.rvo.nl", status=503, path="/sitemap.xml")
    assert run_command(["doctor", "rvo"]) == 1
    out, err = capsys.readouterr()
    assert "NO" in out
    assert err == "beleidsradar: rvo, sitemap: it answers: busy: HTTP 503 (unavailable; 3 attempts)\n"
    sites.turn(NOON + timedelta(hours=1))
    sites.fault("www.rvo.nl", status=503)
    assert run_command(["doctor", "rvo"]) == 1
    out, _ = capsys.readouterr()
    assert out.splitlines()[-2:] == ["2 do not hold", "no answer came: nothing was kept"]
