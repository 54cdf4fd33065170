"""evaluate: files that are no labelled examples are wrong input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

KINDS = ("relevance", "citations", "duplicates")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe", b"[1, 2]\n", b"not json\n"])
def test_a_file_without_examples_is_wrong_usage(run: Any, fresh: Path, tmp_path: Path, kind: str, content: bytes) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(content)
    found = run("evaluate", kind, str(file))
    assert (found.code, found.out, len(found.lines)) == (2, "", 1)


@pytest.mark.parametrize("kind", ["citations", "duplicates"])
def test_a_row_of_another_shape_is_wrong_usage(run: Any, fresh: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "a", "members": 3}\n', encoding="utf-8")
    found = run("evaluate", kind, str(file))
    assert found.code == 2
    assert "docs/evaluation.md" in found.err


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_the_page_can_be_scored(run: Any, fresh: Path, root: Path, tmp_path: Path, kind: str) -> None:
    page = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    block = re.search(rf"## {kind.capitalize()}\n.*?```json\n(.*?)```", page, re.DOTALL)
    assert block is not None
    rows = [json.loads(line) for line in block[1].splitlines()]
    assert len(rows) == 5
    file = tmp_path / "rows.jsonl"
    file.write_text(block[1], encoding="utf-8")
    predictions = tmp_path / "out.jsonl"
    found = run("evaluate", kind, str(file), "--predictions", str(predictions), "--json")
    assert found.code == 0, found.err
    assert found.json["misses"] == []
    written = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in written] == [row["id"] for row in rows]


def test_a_quoted_sentence_leads_back_to_the_excerpt_as_it_was_given(run: Any, fresh: Path, tmp_path: Path) -> None:
    excerpt = "Geachte voorzitter.  Wij steunen procesin-\nnovatie bij het mkb.\nTot slot."
    file, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    file.write_text(json.dumps({"id": "a", "kind": "kamerbrief", "title": "Brief", "excerpt": excerpt}) + "\n", encoding="utf-8")
    assert run("evaluate", "relevance", str(file), "--predictions", str(out)).code == 0
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    reason = next(one for one in row["reasons"] if one["term"] == "procesinnovatie")
    assert reason["sentence"] == "Wij steunen procesinnovatie bij het mkb."
    assert excerpt[slice(*reason["at"])] == "Wij steunen procesin-\nnovatie bij het mkb"


def test_predictions_that_cannot_be_written_are_wrong_usage(run: Any, fresh: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": "a", "text": "Kamerstuk 32 637, nr. 480", "expected": ["kst-32637-480"]}\n', encoding="utf-8")
    found = run("evaluate", "citations", str(file), "--predictions", "/proc/x")
    assert (found.code, len(found.lines)) == (2, 1)
