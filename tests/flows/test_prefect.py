"""The three flows on a real Prefect server: each is one run with few tasks and a table artifact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from demo import story

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture
def flows(server: None, world: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The flows, wired to the miniature as Prefect wires them: from the environment."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    from flows.wiring import radar

    radar.cache_clear()
    yield world
    radar().store.close()
    radar.cache_clear()


def artifacts(kind: str) -> list[Any]:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return [found for found in client.read_artifacts(limit=200) if found.type == kind]


def test_a_week_in_three_flows(flows: Any) -> None:
    from flows.backfill import backfill
    from flows.digests import send_digests
    from flows.watch import watch_source

    for source in story.EVERY_SITE:
        assert watch_source(source) == "accepted"
    assert watch_source("rvo") == "not due"
    assert len(send_digests()) == 1
    assert len(flows.mail.messages) == 1
    assert send_digests() == []
    flows.sites.turn(story._at(9, "17:30"))
    for source in story.EVERY_SITE:
        assert watch_source(source) == "accepted"
    send_digests()
    assert len(flows.slack.messages) >= 2
    told = (len(flows.mail.messages), len(flows.slack.messages))

    read = backfill("officielebekendmakingen", since=date(2021, 9, 1), until=date(2021, 9, 30))

    assert read >= 0
    send_digests()
    assert (len(flows.mail.messages), len(flows.slack.messages)) == told
    tables = artifacts("table")
    assert len({table.flow_run_id for table in tables}) == 10
    assert {table.key for table in tables} == {"digests", *(f"visit-{source}" for source in story.EVERY_SITE)}
    markdown = artifacts("markdown")
    assert {"standing"} <= {found.key for found in markdown}
    assert all("<script" not in str(found.data) for found in (*tables, *markdown))
