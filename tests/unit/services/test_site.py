"""The reading room: every link leads to a page of it or to a publisher, nothing runs, and pages keep their names."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from domain.digests import Link
from notifications.room_pages import Entry, Group, RoomPage, render_room_page
from services import site
from services.radar import Radar


def _pages(radar: Radar) -> dict[str, str]:
    return {page.path: page.text for page in site.pages(radar)}


def test_every_link_leads_somewhere(old_radar: Radar) -> None:
    pages = _pages(old_radar)
    hosts = {rate.host for adapter in old_radar.adapters.values() for rate in adapter.rates}
    hosts |= {"open.overheid.nl", "zoek.officielebekendmakingen.nl"}
    seen = 0
    for path, page in pages.items():
        soup = BeautifulSoup(page, "lxml")
        assert not soup.find_all(["script", "iframe", "img", "link", "form"]), path
        anchors = {tag["id"] for tag in soup.find_all(id=True)}
        for tag in soup.find_all("a", href=True):
            url = str(tag["href"])
            seen += 1
            if url.startswith("#"):
                assert url[1:] in anchors, (path, url)
            elif url.startswith("mailto:"):
                assert "radar-beheer@example.nl" in url
            elif ":" in url.split("/")[0]:
                assert urlsplit(url).hostname in hosts, (path, url)
            else:
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), url)) in pages, (path, url)
    assert seen > 60


def test_every_issue_and_every_paper_that_was_told_has_its_page(old_radar: Radar) -> None:
    pages = _pages(old_radar)
    with old_radar.store.read() as unit:
        runs = unit.issues.runs()
    for run in runs:
        assert pages[f"issues/{run.digest}-{run.number}.html"] == run.renderings["html"]
        assert f"issues/{run.digest}-{run.number}.html" in pages["index.html"]
    assert sum(path.startswith("papers/") for path in pages) >= 15
    changed = [path for path in pages if path.startswith("differences/")]
    assert len(changed) == 1
    assert changed[0] in pages[f"papers/{changed[0].split('/')[1].rsplit('-', 2)[0]}.html"]
    assert list(pages)[-1] == "index.html"


def test_what_others_wrote_is_text() -> None:
    evil = '<script>alert("x")</script>'
    page = render_room_page(
        RoomPage(evil, (evil,), (Group(evil, (Entry(evil, Link(evil, "javascript:alert(1)"), (Link(evil, "//evil.nl/x"),)),)),))
    )
    assert "<script" not in page
    assert "javascript:" not in page
    assert 'href="//' not in page
    assert "&lt;script&gt;" in page


def test_it_is_the_same_every_time(old_radar: Radar, tmp_path: Path) -> None:
    assert _pages(old_radar) == _pages(old_radar)
