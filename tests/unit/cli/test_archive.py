"""show as text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any


def test_show_is_a_tree_with_a_last_branch(run: Any, archive: Path) -> None:
    found = run("show", "kst-32637-480")
    assert found.code == 0
    branches = [line for line in found.out.splitlines() if line[:1] in "├└"]
    assert [line[:2] for line in branches] == ["├─"] * (len(branches) - 1) + ["└─"]
    hashes = re.findall(r"\b[0-9a-f]{12,}\b", found.out)
    assert hashes
    assert {len(one) for one in hashes} == {12}
    whole = run("show", "kst-32637-480", "--json").json["copies"][0]["versions"][0]
    assert len(whole["content_hash"]) == 64
    assert len(whole["snapshots"][0].split()[-1]) == 64


def test_a_tree_whose_last_branch_has_leaves_draws_nothing_below_it() -> None:
    from datetime import UTC, datetime

    from cli.archive import tree
    from services.show import CopyLine, Shown, VersionLine

    version = VersionLine(1, "2021-12-03T14:00:00+00:00", "a" * 64, ("page " + "b" * 64,))
    copy = CopyLine("https://a.example", "rvo", "read", "", "", (version,))
    found = Shown("rvo:x", "R-1", "", "t", "scheme", "", "", (), (copy,), (), (), (), ())
    assert list(tree(found, datetime(2021, 12, 10, tzinfo=UTC))) == [
        "└─ https://a.example  (rvo, read)",
        f"    version 1 of vr 3 dec 15.00, content {'a' * 12}",
        f"      snapshot page {'b' * 12}",
    ]


def test_an_id_that_was_not_seen_is_no_nonsense(run: Any, archive: Path) -> None:
    assert run("show", "kst-32637-1").code == 1
    found = run("why", "kst-32637-1")
    assert found.code == 0
    assert "never seen" in found.out
    assert run("why", "dossier:32637").code == 0
