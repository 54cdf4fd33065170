"""Days and times for a digest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--until", "2021-12-07"], "--until needs --since"),
        (["--since", "2021-12-08", "--until", "2021-12-07"], "swap them"),
        (["--since", "2021-12-11"], "future"),
        (["--since", "2021-12-06", "--until", "2021-12-31"], "future"),
        (["--at", "2021-12-31T07:30", "--send"], "future"),
        (["--at", "2021-12-10T07:30"], "only done with --send"),
        (["--at", "2021-12-10T07:30", "--since", "2021-12-06"], "choose one"),
        (["--send", "--preview", "there"], "choose one"),
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(run: Any, archive: Path, options: list[str], said: str) -> None:
    found = run("digest", "ochtend", *options)
    assert (found.code, found.out, len(found.lines)) == (2, "", 1)
    assert said in found.err


def test_an_immediate_digest_has_no_planned_time(run: Any, archive: Path) -> None:
    found = run("digest", "dringend", "--at", "2021-12-10T07:30", "--send")
    assert found.code == 2
    assert "immediately" in found.err


def test_days_are_whole_dutch_days() -> None:
    from cli.periods import period

    now = datetime(2021, 12, 10, 6, 30, tzinfo=UTC)
    digest: Any = None  # only a planned time asks anything of the digest
    found = period(digest, now, None, datetime(2021, 12, 6), datetime(2021, 12, 7), send=False)  # noqa: DTZ001
    assert found.since == datetime(2021, 12, 5, 23, tzinfo=UTC)
    assert found.until == datetime(2021, 12, 7, 22, 59, 59, 999999, tzinfo=UTC)
    open_end = period(digest, now, None, datetime(2021, 12, 10), None, send=False)  # noqa: DTZ001
    assert (open_end.since, open_end.until) == (datetime(2021, 12, 9, 23, tzinfo=UTC), None)


def test_a_digest_as_json_is_the_digest(run: Any, archive: Path, tmp_path: Path) -> None:
    assert run("digest", "ochtend", "--json").json["name"] == "ochtend"
    written = run("digest", "ochtend", "--preview", str(tmp_path / "there"), "--json").json["written"]
    assert [Path(name).name for name in written] == ["ochtend.txt", "ochtend.html", "ochtend.json"]
    assert all(Path(name).exists() for name in written)
