"""retract: a mistake of ours is taken back, and those who got it read so in their next issue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAPER, REASON = "kst-32637-480", "de brief is van een andere minister"


def test_what_was_told_is_taken_back_in_the_next_issue(run: Any, archive: Path, tmp_path: Path) -> None:
    """By id, for every digest that showed it, in the mail, with the reason; once, and never again."""
    done = run("retract", PAPER, "--because", REASON)
    assert done.code == 0
    assert done.out.startswith(f"retracted {PAPER}: ")
    assert "the next issue of dringend, ochtend says so" in done.out or "the next issue of ochtend, dringend says so" in done.out
    assert run("digest", "ochtend", "--preview", str(tmp_path / "shown")).code == 0
    for ending in ("txt", "html"):
        (file,) = (tmp_path / "shown").glob(f"*{ending}")
        said = " ".join(file.read_text(encoding="utf-8").split())
        assert "CORRECTIES" in said
        assert "had er niet in moeten staan" in said
        assert REASON in said
    again = run("retract", PAPER, "--because", REASON)
    assert (again.code, again.out) == (2, "")
    assert again.lines == [f"{PAPER}: nothing of it was told or waits to be told"]


def test_what_cannot_be_taken_back_is_said_in_a_line(run: Any, archive: Path) -> None:
    for arguments, said in (
        (("kst-32637-1", "--because", REASON), "kst-32637-1: the archive does not know this paper"),
        ((PAPER, "--because", " "), "--because is empty"),
        (("wat?", "--because", REASON), "'wat?' is neither an address nor an id"),
    ):
        found = run("retract", *arguments)
        assert (found.code, found.out) == (2, "")
        (line,) = found.lines
        assert said in line
    assert run("retract", PAPER, "--because", REASON, "--json").json["id"] == PAPER
