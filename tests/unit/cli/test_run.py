"""run: what a failed visit says."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from services.environment import CONNECT
from services.plain_failures import LONGEST
from sources import ADAPTERS


@pytest.fixture
def no_network(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every host leads to a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hosts = sorted({rate.host for adapter in ADAPTERS.values() for rate in adapter.rates})
    monkeypatch.setenv(CONNECT, ",".join(f"{host}=127.0.0.1:{port}" for host in hosts))


def test_without_network_it_says_so_first(run: Any, no_network: None) -> None:
    found = run("run", "rvo")
    assert found.code == 1
    assert found.lines == ["beleidsradar: rvo: no network: none of the hosts of rvo could be reached"]


def test_the_details_are_kept_and_the_line_stays_short(run: Any, no_network: None) -> None:
    found = run("run", "officielebekendmakingen", "--json")
    assert found.code == 1
    assert all(len(line) <= LONGEST and "%" not in line and "://" not in line for line in found.lines)
    assert found.json["visits"][0]["failure"]


def test_one_host_that_is_down_is_named_by_its_list(run: Any, archive: Path, played: Any) -> None:
    played.sites.fault("www.rvo.nl", status=503)
    try:
        found = run("run", "rvo")
    finally:
        played.sites.mend()
    assert found.code == 1
    assert len(found.lines) == 1
    assert len(found.err.strip()) <= LONGEST
    assert "://" not in found.err
    assert "no network" not in found.err
    assert "lists failed" in found.err or "the site" in found.err


def test_a_plan_as_json(run: Any, archive: Path) -> None:
    found = run("backfill", "officielebekendmakingen", "--since", "2021-11-01", "--until", "2021-11-07", "--plan", "--json")
    assert found.code == 0, found.err
    assert found.json["papers"] is None
    assert found.json["plan"]["windows"] == 1


def test_an_upgrade_as_json(run: Any, archive: Path) -> None:
    found = run("db", "upgrade", "--json")
    assert found.code == 0, found.err
    assert found.json["from"] == found.json["to"]
