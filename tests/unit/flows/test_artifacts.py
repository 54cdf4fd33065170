"""What a publisher writes cannot act on the dashboard: it renders Markdown and raw HTML, in tables too."""

from __future__ import annotations

from typing import Any

import pytest
from markdown_it import MarkdownIt

from flows import artifacts
from services.overview import FoundRow, VisitOverview
from services.status import SourceStatus

HOSTILE = (
    "[klik](https://evil.example/)",
    "![beeld](https://evil.example/x.png)",
    "[klik][1]\n\n[1]: https://evil.example/",
    "<https://evil.example/>",
    "https://evil.example/ en www.evil.example en a@evil.example",
    "**vet** *schuin* __vet__ _schuin_ ~~door~~ `code`",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "cel | nog een cel |\n| rij |",
    "# kop\n- lijst\n> citaat\n```\ncode\n```",
    "1. eerste",
    "- punt",
    "+ punt",
    "&lt;b&gt; \\*a\\* $$x$$",
)


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "| a |\n|---|\n| {} |", "- {}"])
def test_hostile_titles_are_shown_and_do_nothing(title: str, around: str) -> None:
    """A dashboard with raw HTML, tables, strike-through and bare addresses as links shows the letters and nothing else."""
    page = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    tokens = page.parse(around.format(artifacts.plain(title)))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    frame = {token.type for token in page.parse(around.format("x"))} | {"text", "text_special"}
    assert kinds <= frame
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert " ".join(title.split()) in shown
    assert "://" not in artifacts.plain(title)
    assert "www." not in artifacts.plain(title)
    assert "@" not in artifacts.plain(title)


def test_addresses_of_papers_can_be_clicked_and_odd_ones_cannot() -> None:
    good = "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/brief_over?a=1&b=2"
    assert artifacts.address(good) == good
    for odd in (
        "https://example.nl/a)[klik](https://evil.example",
        "javascript:alert(1)",
        "https://example.nl/<b>",
        "https://x/__a__",
    ):
        assert artifacts.address(odd) == artifacts.plain(odd)


def test_tables_and_the_standing_artifact_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text that is not ours goes through `plain`."""
    made: dict[str, Any] = {}
    monkeypatch.setattr(artifacts, "create_table_artifact", lambda **given: made.update(table=given))
    monkeypatch.setattr(artifacts, "create_markdown_artifact", lambda **given: made.update(markdown=given))
    nasty = HOSTILE[0]
    row = FoundRow("https://example.nl/stuk", "letter", "published", nasty, "must_read", nasty)
    monkeypatch.setattr(artifacts.overview, "visit", lambda *_: VisitOverview("rvo", nasty, (row,)))
    status = SourceStatus("rvo", "", "", "", 1, 0, "", (), (), nasty)
    monkeypatch.setattr(artifacts.overview, "standing", lambda _: type("S", (), {"sources": (status,), "deliveries": ()})())
    radar: Any = type("R", (), {"clock": type("C", (), {"now": staticmethod(lambda: _now())})()})()
    artifacts.visit_table(radar, 1)
    said = f"{made['table']['table']} {made['table']['description']} {made['markdown']['markdown']}"
    assert "[klik](" not in said
    assert said.count("&#91;klik&#93;") == 4
    assert made["table"]["table"][0]["address"] == "https://example.nl/stuk"
    artifacts.note("kort", nasty)
    assert "[klik](" not in made["markdown"]["markdown"]


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime(2021, 12, 10, tzinfo=UTC)
