"""What a publisher writes cannot act on the dashboard: it renders Markdown and raw HTML, in tables too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from markdown_it import MarkdownIt

from flows import artifacts
from flows.escaping import address, cell, plain, plain_lines
from services.overview import FoundRow, Standing, VisitOverview
from services.status import SourceStatus, Status
from storage.incidents import Incident
from storage.watching import Canary

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
    tokens = page.parse(around.format(plain(title)))
    kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    frame = {token.type for token in page.parse(around.format("x"))} | {"text", "text_special"}
    assert kinds <= frame
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert " ".join(title.split()) in shown.replace("\u2060", "")
    assert not any(link in shown for link in ("://", "www.", "a@evil"))  # what is a link by itself once references are decoded
    assert "://" not in plain(title)
    assert "www." not in plain(title)
    assert "@" not in plain(title)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_cells_do_nothing_and_are_read_as_they_were_written(title: str) -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = page.parse(cell(title))
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}
    assert {child.type for token in tokens for child in token.children or ()} <= {"text", "text_special"}
    assert "&#" not in cell(title)
    assert "://" not in cell(title)


def test_addresses_of_papers_can_be_clicked_and_odd_ones_cannot() -> None:
    good = "https://www.rijksoverheid.nl/documenten/kamerstukken/2021/12/09/brief_over?a=1&b=2"
    assert address(good) == good
    for odd in (
        "https://example.nl/a)[klik](https://evil.example",
        "javascript:alert(1)",
        "https://example.nl/<b>",
        "https://x/__a__",
    ):
        assert address(odd) == cell(odd)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What would stand on the dashboard, by key."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(artifacts, "create_table_artifact", lambda **given: found.update({given["key"]: given}))
    monkeypatch.setattr(artifacts, "create_markdown_artifact", lambda **given: found.update({given["key"]: given}))
    return found


def standing(nasty: str) -> Standing:
    source = SourceStatus("rvo", "", "", "", 1, 0, "", (nasty,), (), (), nasty)
    broken = Incident(1, "rvo", "quiet", nasty, {}, NOW, NOW, None, None, None)
    red = Canary("rvo", nasty, "https://example.nl", True, nasty, None, NOW, NOW)
    return Standing(Status(NOW.isoformat(), (source,), (), (), 3), (broken,), (red,))


def test_tables_and_the_standing_artifact_are_plain(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text that is not ours goes through `plain`."""
    nasty = HOSTILE[0]
    row = FoundRow(
        "https://example.nl/stuk", "letter", "revised", nasty, "must_read", nasty, "beleidsradar diff kst-1-1 --from 1 --to 2"
    )
    monkeypatch.setattr(artifacts.overview, "visit", lambda *_: VisitOverview("rvo", nasty, (row,)))
    monkeypatch.setattr(artifacts.overview, "standing", lambda _: standing(nasty))
    radar: Any = type("R", (), {"clock": type("C", (), {"now": staticmethod(lambda: NOW)})()})()
    assert artifacts.visit_table(radar, 1) == "1 must read"
    table, board = made["visit-rvo"], made["standing"]["markdown"]
    said = f"{table['table']} {table['description']} {board}"
    assert "[klik](" not in said
    assert said.count("&#91;klik&#93;") == 6
    assert said.count("［klik］") == 2
    assert table["table"][0]["address"] == "https://example.nl/stuk"
    assert table["table"][0]["what changed"].startswith("beleidsradar diff kst-1-1")
    assert board.startswith("**Needs attention")
    artifacts.note("kort", nasty)
    assert "[klik](" not in made["kort"]["markdown"]


def test_the_first_look_at_a_source_does_not_fill_the_dashboard(made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(FoundRow(f"https://example.nl/{n}", "letter", "published", "t", "held", "") for n in range(2_000))
    monkeypatch.setattr(artifacts.overview, "visit", lambda *_: VisitOverview("rvo", "", rows))
    monkeypatch.setattr(artifacts, "standing", lambda _: None)
    assert artifacts.visit_table(cast(Any, None), 1) == "2000 held"
    assert len(made["visit-rvo"]["table"]) == artifacts.MOST_ROWS
    assert "The first 100 of 2000" in made["visit-rvo"]["description"]


@pytest.mark.parametrize("text", HOSTILE)
def test_the_preview_of_a_digest_keeps_its_lines_and_does_nothing(text: str) -> None:
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    lines = f"KOP\n  [BRIEF] {text}\n\nDe bron is leidend."
    tokens = page.parse(plain_lines(lines))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "text_special", "hardbreak"}
    assert {token.type for token in tokens} == {"paragraph_open", "inline", "paragraph_close"}


NOW = datetime(2021, 12, 10, tzinfo=UTC)
