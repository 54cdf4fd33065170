"""The deployments of one machine and those of deploy/prefect.yaml are the same ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from demo import home
from domain.errors import RadarError
from flows import automations, service
from flows.deployments import PRODUCT, SCHEDULED, deployments
from services.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path, root: Path) -> Settings:
    path = home.furnish(tmp_path, root / "topics")
    return load(path, {"BELEIDSRADAR_HOME": str(tmp_path)})


@pytest.fixture
def many(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """deploy/prefect.yaml as Prefect's own parser reads it."""
    from prefect.cli.deploy._config import _load_deploy_configs_and_actions
    from rich.console import Console

    monkeypatch.chdir(root)
    found, _ = _load_deploy_configs_and_actions(root / "deploy" / "prefect.yaml", console=Console(quiet=True))
    return list(found)


def crons(schedules: Any) -> list[tuple[str, str, str]]:
    return [(one["cron"], one["timezone"], one["slug"]) for one in schedules or ()]


def test_one_machine_and_many_machines_have_the_same_deployments(settings: Settings, many: list[dict[str, Any]]) -> None:
    here = {one.name: one for one in deployments(settings)}
    there = {one["name"]: one for one in many}
    assert here.keys() == there.keys()
    for name, one in here.items():
        other = there[name]
        assert other["entrypoint"] == one.entrypoint
        assert other["tags"] == one.tags
        assert other["description"] == one.description
        assert other.get("parameters", {}) == one.parameters
        assert other["work_pool"] == {"name": "beleidsradar"}
        planned = [(s.schedule.cron, s.schedule.timezone, s.slug) for s in one.schedules or ()]
        assert crons(other.get("schedules")) == planned
        assert other.get("concurrency_limit") is None
        assert one.concurrency_limit is None


def test_prefect_finds_every_entrypoint_of_the_file(many: list[dict[str, Any]]) -> None:
    from prefect.flows import load_flow_from_entrypoint

    for one in many:
        assert load_flow_from_entrypoint(one["entrypoint"]).retries == 0


def test_every_parameter_is_explained_on_the_dashboard(settings: Settings) -> None:
    for one in deployments(settings):
        for name, said in one._parameter_openapi_schema.properties.items():
            assert said.get("description"), f"{one.name}: {name}"


def test_what_is_scheduled_is_ours_and_is_never_woken_between_two_and_three(settings: Settings) -> None:
    for one in deployments(settings):
        assert PRODUCT in one.tags
        assert (SCHEDULED in one.tags) is bool(one.schedules)
        assert all(s.slug for s in one.schedules or ())


def test_on_a_turned_clock_everything_wakes_in_real_time(settings: Settings) -> None:
    minute = timedelta(seconds=60)
    woken = [one for one in deployments(settings, minute) if one.schedules and one.name != "maintenance"]
    anchors = {one.schedules[0].schedule.anchor_date for one in woken if one.schedules}
    assert all(one.schedules[0].schedule.interval == minute for one in woken if one.schedules)
    assert len(anchors) == len(woken) == 5


@pytest.mark.parametrize(
    ("url", "said"), [("http://127.0.0.1:9/api", "does not answer"), (None, "PREFECT_API_URL does not name")]
)
def test_without_a_server_it_is_one_line(settings: Settings, url: str | None, said: str) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: url}):
        with pytest.raises(SystemExit, match=said) as ended:
            automations.main()
        assert "\n" not in str(ended.value)
        if url:
            with pytest.raises(RadarError, match=said):
                service.run(settings)
