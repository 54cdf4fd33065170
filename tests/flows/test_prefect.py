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
        # What the test does not look at costs seconds: the server's loops, and a second a run in which its heartbeat is joined.
        for loop in (
            "SCHEDULER",
            "LATE_RUNS",
            "PAUSE_EXPIRATIONS",
            "CANCELLATION_CLEANUP",
            "FOREMAN",
            "TRIGGERS",
            "EVENT_PERSISTER",
        ):
            patch.setenv(f"PREFECT_SERVER_SERVICES_{loop}_ENABLED", "false")
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120), temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield


@pytest.fixture
def flows(server: None, world: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The flows, wired to the miniature as Prefect wires them: from the environment."""
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    from flows.wiring import radar

    radar.cache_clear()
    # The clock at hand instead of behind its address, as in World.radar.
    vars(radar().clock).update({"now": lambda: world.sites.now, "sleep": world.sites.sleep})
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
    assert watch_source(story.OFFICIAL) == "accepted"
    send_digests()
    assert len(flows.slack.messages) >= 2
    told = (len(flows.mail.messages), len(flows.slack.messages))

    read = backfill("officielebekendmakingen", since=date(2021, 9, 1), until=date(2021, 9, 30))

    assert read >= 0
    send_digests()
    assert (len(flows.mail.messages), len(flows.slack.messages)) == told
    tables = artifacts("table")
    assert len({table.flow_run_id for table in tables}) == 8
    assert {table.key for table in tables} == {"digests", *(f"visit-{source}" for source in story.EVERY_SITE)}
    markdown = artifacts("markdown")
    assert {"standing"} <= {found.key for found in markdown}
    assert all("<script" not in str(found.data) for found in (*tables, *markdown))


def test_what_an_operator_paused_stays_paused_over_a_restart(flows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client

    from flows import recovery
    from flows.deployments import deployments
    from flows.wiring import radar

    def start() -> None:
        found = [one for one in deployments(radar().settings) if one.name in ("rvo", "digests")]
        recovery.keep_paused(found)
        for deployment in found:
            deployment.apply()

    def state() -> dict[str, tuple[bool, list[bool]]]:
        found = [client.read_deployment_by_name(name) for name in names]
        return {one.name: (one.paused, [schedule.active for schedule in one.schedules]) for one in found}

    names = ("watch-source/rvo", "send-digests/digests")
    start()
    with get_client(sync_client=True) as client:
        rvo, digests = (client.read_deployment_by_name(name) for name in names)
        client.pause_deployment(rvo.id)
        client.update_deployment_schedule(digests.id, digests.schedules[0].id, active=False)
        start()
        assert state() == {"rvo": (True, [True]), "digests": (False, [False])}
        with monkeypatch.context() as other_times:
            other_times.setattr("flows.deployments.DIGESTS", "7 * * * *")
            start()
            assert state()["digests"] == (False, [True])  # a slug that stands for other times is another schedule
        start()
        client.resume_deployment(rvo.id)
        client.update_deployment_schedule(digests.id, digests.schedules[0].id, active=True)
        start()
        assert state() == {name: (False, [True]) for name in ("rvo", "digests")}
