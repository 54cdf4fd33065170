"""diff: two versions of a paper, or two papers, in every form it can be printed in."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from cli import output
from cli.output import has_colours, say_coloured


def test_facts_come_as_a_table_and_the_text_after_them(run: Any, archive: Path) -> None:
    found = run("diff", "rvo:wbso")
    assert (found.code, found.err) == (0, "")
    assert re.search(r"Was: versie 1, gezien op \w+ \d+ december 2021 om \d\d\.\d\d uur, [0-9a-f]{12}\n", found.out)
    assert re.search(r"tarief eerste schijf +40% +32%  \(-8 procentpunt\)", found.out)
    assert found.out.index("Gegevens van de regeling") < found.out.index("\nTekst\n")
    assert re.search(r"\[-[^]]*-\]\{\+[^}]*\+\}", found.out)
    assert re.search(r"… \d+ alinea's? ongewijzigd …", found.out)
    assert "Niet vergeleken: «Laatst gecontroleerd op» (de controledatum is geen nieuws): 1 keer in de oude" in found.out
    assert "\x1b" not in found.out


def test_json_is_one_document_with_the_same_items_in_the_same_order(run: Any, archive: Path) -> None:
    document = run("diff", "rvo:wbso", "--json").json
    assert (document["from"], document["to"], document["alone"]) == (1, 2, False)
    assert [item["number"] for item in document["items"]] == list(range(1, len(document["items"]) + 1))
    assert document["newer"]["snapshots"][0]["sha256"]
    facts = [change for change in document["changes"] if change["sort"] == "fact"]
    assert [(one["before"], one["after"]) for one in facts] == [
        (item["before"], item["after"]) for item in document["items"][: len(facts)]
    ]


def test_a_paper_with_one_version_says_so_in_a_line(run: Any, archive: Path) -> None:
    found = run("diff", "kst-32637-480")
    assert (found.code, found.err) == (0, "")
    assert len(found.out.splitlines()) == 3
    assert re.search(r"Er is één versie \(versie 1, gezien op vrijdag 10 december 2021 om 07\.\d\d uur\)", found.out)
    document = run("diff", "kst-32637-480", "--json").json
    assert (document["from"], document["to"], document["alone"], document["changes"]) == (1, 1, True, [])


def test_a_version_or_paper_that_is_not_there_is_one_line(run: Any, archive: Path) -> None:
    for paper, options in (
        ("rvo:wbso", ("--to", "9")),
        ("rvo:wbso", ("--from", "0")),
        ("kst-32637-480", ("--to", "9")),
        ("rvo:wbso", ("--with", "rvo:mit", "--to", "9")),
    ):
        found = run("diff", paper, *options)
        assert (found.code, len(found.lines)) == (2, 1)
    assert run("diff", "rvo:wbso", "--with", "kst-32637-1").code == 1


def test_a_page_holds_both_versions_and_fetches_nothing(run: Any, archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "verschil.html"
    found = run("diff", "rvo:wbso", "--html", str(page))
    assert found.code == 0
    assert str(page) in found.out
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"\ssrc(?:set)?=|@import|url\(", text)
    assert "prefers-color-scheme: dark" in text
    assert "default-src 'none'" in text
    anchors = re.findall(r'id="w(\d+)"', text)
    assert anchors == [str(n) for n in range(1, len(anchors) + 1)]
    assert len(run("diff", "rvo:wbso", "--json").json["items"]) == len(anchors)
    nowhere = run("diff", "rvo:wbso", "--html", str(tmp_path / "er-is-geen" / "map.html"))
    assert (nowhere.code, len(nowhere.lines)) == (2, 1)


def test_two_papers_are_compared_and_forms_for_messages(run: Any, archive: Path) -> None:
    found = run("diff", "rvo:wbso", "--with", "rvo:mit", "--as", "text")
    assert found.code == 0
    assert "rvo:wbso" in found.out.splitlines()[2]
    slack = run("diff", "rvo:wbso", "--as", "slack").out
    assert "-8 procentpunt" in slack
    assert len(slack) <= 2_901
    mail = run("diff", "rvo:wbso", "--as", "mail").out
    assert "<del>40%</del>" in mail
    assert "<style" not in mail


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colours_unless_it_asks_for_none(
    run: Any, archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    screen = _Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(output.sys, "stdout", screen)
        assert has_colours()
        say_coloured([("40%", "red"), (" [b]32%[/b]", "")])
        patch.setenv("NO_COLOR", "1")
        assert not has_colours()
        patch.delenv("NO_COLOR")
        patch.setenv("TERM", "dumb")
        assert not has_colours()
    assert screen.getvalue() == "\x1b[31m40%\x1b[0m [b]32%[/b]\n"
    from cli import differing

    monkeypatch.setattr(differing, "has_colours", lambda: True)
    assert "tarief eerste schijf" in run("diff", "rvo:wbso").out
