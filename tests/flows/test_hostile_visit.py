"""Whatever a site answers, a visit ends with a named outcome and what was stored stays as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from demo import story
from demo.exchange import HTML, XML, Reply, Request, redirect
from demo.making.web import rvo_news, rvo_page
from demo.paper import RvoPage
from demo.rvo.site import Rvo
from services import watch

HOST = "www.rvo.nl"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
URLSET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://www.rvo.nl/nieuws/&{};</loc></url></urlset>'
)
PAGE = b"<!DOCTYPE html><html><body><main><h1>Inloggen</h1><p>U moet eerst inloggen.</p></main></body></html>"

HOSTILE: dict[str, tuple[Reply, str]] = {
    "asked too fast": (Reply(b"<html>Storing</html>", HTML, 503), "busy"),
    "asked too fast, for long": (Reply(b"", HTML, 429, retry_after=7200), "busy"),
    "redirect to another host": (redirect("https://elders.example.org/sitemap.xml"), "foreign_redirect"),
    "redirect to a file": (redirect("file:///etc/passwd"), "foreign_redirect"),
    "redirect without end": (redirect("https://www.rvo.nl/sitemap.xml"), "garbled"),
    "too large": (Reply(b"<urlset>" + b" " * 20_000_100, XML), "too_large"),
    "HTML where XML was due": (Reply(PAGE, HTML), "cannot read"),
    "truncated": (Reply(b"<?xml version='1.0'?><urlset><url><loc>https://www.rvo", XML), "cannot read"),
    "external entity": (Reply((ENTITY + URLSET.format("e")).encode(), XML), "cannot read"),
    "billion laughs": (Reply((f"<!DOCTYPE x [{LAUGHS}]>" + URLSET.format("a11")).encode(), XML), "cannot read"),
    "nothing": (Reply(b"", XML), "cannot read"),
    "an empty list": (Reply(b"<urlset/>", XML), "cannot read"),
}


class Hostile:
    """The site, with lists and pages that give something else."""

    def __init__(self, site: Rvo) -> None:
        self.site, self.host = site, site.host
        self.reply: Reply | None = None

    def is_list(self, path: str) -> bool:
        return self.site.is_list(path)

    def soft_error(self) -> Reply:
        return self.site.soft_error()

    def answer(self, request: Request, now: datetime) -> Reply:
        if self.reply is not None and request.path != "/robots.txt":
            return self.reply
        return self.site.answer(request, now)


def test_every_hostile_answer_is_a_named_outcome_with_the_old_data_intact(make_world: Any) -> None:
    text = ["De regeling voor procesinnovatie is bedoeld voor ondernemers in het mkb."]
    scheme = RvoPage("WBSO", "Over de WBSO.", tuple(text), date(2021, 1, 4), status="Open voor aanvragen", api="subsidies")
    papers = [rvo_news("bericht", "2021-12-01 09:00", "Een bericht", "Over een regeling.", text)]
    world = make_world(papers=[*papers, rvo_page("/subsidies-financiering/wbso", "2021-06-01 09:00", scheme)])
    site = Hostile(world.sites._front.sites[HOST])
    world.sites._front.sites[HOST] = site
    radar = world.radar()
    watch.visit(radar, "rvo")
    with radar.store.read() as unit:
        before = unit.content_hash()
    moment = story._at(3, "17:00")
    for name, (reply, outcome) in HOSTILE.items():
        site.reply = reply
        world.sites.turn(moment)
        visit = watch.visit(radar, "rvo")
        with radar.store.read() as unit:
            assert unit.content_hash() == before, name
            warned = [warning.what for warning in unit.visits.warnings("rvo", visit.started)]
        assert any(f"sitemap: {outcome}" in what for what in warned), (name, warned)
        assert f"sitemap: {outcome}" in visit.failure, name
        moment = max(world.sites.now, moment) + 3 * (story._at(3, "18:00") - story._at(3, "17:00"))
    site.reply = None
    world.sites.turn(moment)
    assert watch.visit(radar, "rvo").failure == ""
