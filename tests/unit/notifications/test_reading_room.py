"""The reading room's index page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lxml import html as parser

from domain.digests import Link
from notifications.reading_room import DayRow, render_index, write_pages

DAYS = (
    DayRow(
        date(2021, 12, 9),
        plain=14,
        told=1,
        digests=(Link("dringend 1 (Slack)", "slack/0001.json"), Link("kwaad", "javascript:alert(1)")),
        note="Kamerbrief <b>gepubliceerd</b>",
    ),
    DayRow(date(2021, 12, 10), plain=6, told=4, digests=(Link("ochtend 12", "mail/0012.html"),)),
    DayRow(date(2021, 12, 11), plain=3, told=0, digests=(Link("web", "https://example.nl/x"), Link("weg", "../../etc/passwd"))),
    DayRow(date(2021, 12, 12), plain=0, told=0),
)


def test_index_lists_every_day_with_totals(tmp_path: Path) -> None:
    """A row per day, links beside the page, sums at the foot."""
    page = write_pages(tmp_path / "demo", DAYS)
    assert page.name == "index.html"
    tree = parser.parse(str(page)).getroot()
    assert tree.xpath("//tbody/tr/th/text()")[0] == "donderdag 9 december 2021"
    assert list(map(str, tree.xpath("//a/@href"))) == ["slack/0001.json", "mail/0012.html", "https://example.nl/x"]
    assert [cell.text for cell in tree.xpath("//tfoot//td")][:2] == ["23", "5"]
    assert "geen" in tree.xpath("//tbody/tr")[3].text_content()


def test_index_is_inert_and_self_contained() -> None:
    """No script, nothing loaded, text as text; the same rows give the same page."""
    page = render_index(DAYS)
    tree = parser.document_fromstring(page)
    assert not tree.xpath("//script | //img | //link | //b")
    assert "Kamerbrief <b>gepubliceerd</b>" in tree.text_content()
    assert page == render_index(list(DAYS))
    assert 'lang="en"' in render_index(DAYS, language="en", title="Demo", intro="A week")
