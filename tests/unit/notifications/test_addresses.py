"""The services that may be used are the ones that are published, each with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notifications.addresses import ENABLED, fault


def test_the_published_list_is_the_one_of_the_code(root: Path) -> None:
    page = (root / "docs" / "channels.md").read_text(encoding="utf-8")
    table = [line for line in page.split("## Trying one")[0].splitlines() if line.startswith("| `")]
    published = {name for line in table for name in re.findall(r"`([a-z]+)`", line.split("|")[1])}
    assert published == set(ENABLED)
    assert all(line.split("|")[3].strip() for line in table)


@pytest.mark.parametrize(
    "url", ["mailtos://u:p@smtp.example.nl/lezer@example.nl", "mailto://smtp.example.nl/a@example.nl/b@example.nl"]
)
def test_a_url_holds_no_recipients(url: str) -> None:
    said = fault(url)
    assert said is not None
    assert "example" not in said
