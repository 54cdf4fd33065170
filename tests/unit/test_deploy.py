"""deploy/ by shape: what cannot be run without Docker, a cluster or a service manager is read, and held against the product."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from services import environment_file

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd" / "beleidsradar.service"
EXAMPLE = DEPLOY / "beleidsradar.env.example"
INSTALLED = "/opt/beleidsradar/.venv/bin/beleidsradar"

# What we rely on in a compose file; the whole format is Docker's.
LIMITED = {
    "type": "object",
    "required": ["networks", "healthcheck", "deploy", "restart", "cap_drop", "security_opt"],
    "properties": {
        "image": {"type": "string", "pattern": "^[a-z]+:[a-z0-9.-]+$"},  # no registry: the host's own setting decides
        "restart": {"const": "unless-stopped"},
        "cap_drop": {"const": ["ALL"]},
        "security_opt": {"contains": {"const": "no-new-privileges:true"}},
        "privileged": False,
        "healthcheck": {"type": "object", "required": ["test", "interval", "timeout", "retries", "start_period"]},
        "networks": {"type": "array", "items": {"enum": ["inside", "outside"]}, "minItems": 1},
        "deploy": {
            "type": "object",
            "properties": {
                "resources": {
                    "type": "object",
                    "properties": {"limits": {"type": "object", "required": ["cpus", "memory", "pids"]}},
                    "required": ["limits"],
                }
            },
            "required": ["resources"],
        },
    },
    "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
}
COMPOSE = {
    "type": "object",
    "required": ["name", "services", "networks", "volumes"],
    "properties": {
        "services": {
            "type": "object",
            "required": ["database", "server", "worker", "proxy"],
            "additionalProperties": LIMITED,
        },
        "networks": {
            "type": "object",
            "properties": {"inside": {"type": "object", "properties": {"internal": {"const": True}}, "required": ["internal"]}},
            "required": ["inside", "outside"],
        },
    },
}
POD_SECURITY = {
    "type": "object",
    "required": ["runAsUser", "runAsNonRoot", "readOnlyRootFilesystem", "allowPrivilegeEscalation"],
    "properties": {
        "runAsNonRoot": {"const": True},
        "readOnlyRootFilesystem": {"const": True},
        "allowPrivilegeEscalation": {"const": False},
    },
}
VALUES = {
    "type": "object",
    "required": ["worker"],
    "properties": {
        "worker": {
            "type": "object",
            "required": ["apiConfig", "selfHostedServerApiConfig", "image", "config", "resources", "extraEnvVarsSecret"],
            "properties": {
                "apiConfig": {"const": "selfHostedServer"},
                "selfHostedServerApiConfig": {"type": "object", "required": ["apiUrl"]},
                "image": {"type": "object", "required": ["repository", "prefectTag", "pullPolicy"]},
                "config": {"type": "object", "required": ["workPool", "type"]},
                "resources": {"type": "object", "required": ["requests", "limits"]},
                "containerSecurityContext": POD_SECURITY,
            },
        }
    },
}


def _yaml(name: str) -> Any:
    return YAML(typ="safe").load((DEPLOY / name).read_text(encoding="utf-8"))


def _tracked() -> list[Path]:
    return [path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".env"]


def test_compose_has_the_shape_that_we_rely_on() -> None:
    """Every service is limited, checked, without rights it does not need, and without a registry host."""
    compose = _yaml("compose.yaml")
    jsonschema.validate(compose, COMPOSE)
    services = compose["services"]
    assert {name for name, one in services.items() if "ports" in one} == {"proxy"}
    assert [name for name in ("database", "server") if "outside" in services[name]["networks"]] == []
    used = {volume.partition(":")[0] for one in services.values() for volume in one.get("volumes", ())}
    assert {name for name in used if not name.startswith(".")} == set(compose["volumes"])
    for name in (one for one in used if one.startswith("./")):
        assert (DEPLOY / name).is_file(), name
    assert services["worker"]["command"][4] == _yaml("values.yaml")["worker"]["config"]["workPool"]


def test_values_have_the_shape_of_the_chart() -> None:
    """The keys that Prefect's chart reads, and a pod without rights."""
    values = _yaml("values.yaml")
    jsonschema.validate(values, VALUES)
    volumes = {one["name"] for one in values["worker"]["extraVolumes"]}
    assert {one["name"] for one in values["worker"]["extraVolumeMounts"]} == volumes


def test_no_secret_and_no_registry_stands_in_a_file() -> None:
    """Passwords come from ${...} or from a file beside it; image names and installs name no host."""
    for path in _tracked():
        text = path.read_text(encoding="utf-8")
        for password in re.findall(r"^\s+[A-Z_]*PASSWORD:\s*(\S+)", text, re.MULTILINE):
            assert password.startswith("${"), path.name
        assert not re.search(r"://[^\s/$]+:(?!password@)[^\s$@{]+@", text), path.name
        assert not re.search(r"--(extra-)?index\W?url", text), path.name
        for image in re.findall(r"^\s*(?:FROM|image:)\s+(\S+)", text, re.MULTILINE):
            assert "." not in image.partition(":")[0], f"{path.name}: {image}"


def test_the_image_is_built_with_hashes_and_runs_as_nobody_in_particular() -> None:
    """Two stages, the lock with its hashes, a user without rights; what it copies is there."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    stages = [number for number, line in enumerate(lines) if line.startswith("FROM ")]
    assert len(stages) == 2
    installs = [line for line in lines if "pip install" in line]
    assert all("--no-deps" in line and ("--require-hashes" in line or "--no-index" in line) for line in installs)
    assert any("--requirement /build/requirements.lock" in line and "--require-hashes" in line for line in installs)
    last = lines[stages[-1] :]
    assert not [line for line in last if "pip" in line]
    assert [line for line in last if line.startswith("USER ")] == ["USER 10001:10001"]
    for line in lines:
        if line.startswith("COPY ") and "--from" not in line:
            assert (ROOT / line.split()[1]).exists()
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "**/*.env", "**/*.db", "told.*"} <= set(ignored)


def test_the_example_names_every_variable(tmp_path: Path) -> None:
    """Each variable of services.environment with a comment above it; taken out of its comment, every line can be read."""
    text = EXAMPLE.read_text(encoding="utf-8")
    file = tmp_path / environment_file.FILE
    file.write_text(re.sub(r"^#(?=[A-Z]+_)", "", text, flags=re.MULTILINE), encoding="utf-8")
    file.chmod(0o600)
    found = environment_file.read(file)
    assert set(environment_file.KNOWN) | {"BELEIDSRADAR_CHANNEL_MAIL", "BELEIDSRADAR_CHANNEL_SLACK"} == set(found)
    code = (ROOT / "services" / "environment.py").read_text(encoding="utf-8")
    assert set(environment_file.KNOWN) == set(re.findall(r'^[A-Z]+ = "(BELEIDSRADAR_[A-Z_]+)"$', code, re.MULTILINE))
    assert not [line for line in text.splitlines() if line and not line.startswith("#")]  # an example sets nothing
    lines = text.splitlines()
    described = [n for n, line in enumerate(lines) if re.match(r"#[A-Z]+_", line)]
    assert all(lines[number - 1].startswith("#") for number in described)


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    """systemd's own verdict on the unit, with a program that is here in the place of the installed one."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    text = UNIT.read_text(encoding="utf-8")
    assert INSTALLED in text
    unit = tmp_path / UNIT.name
    unit.write_text(text.replace(INSTALLED, sys.executable), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )
    if "bus" in found.stderr.lower() and "Unknown" not in found.stderr:
        pytest.skip(f"systemd-analyze cannot work here: {found.stderr.splitlines()[0]}")
    assert (found.returncode, found.stderr) == (0, "")


def test_the_unit_is_hardened_and_stops_in_order() -> None:
    """An own user, nothing writable but the home, secrets from a file, and time to stop."""
    said = dict(re.findall(r"^([A-Za-z]+)=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE))
    assert said["User"] == "beleidsradar"
    assert (said["ProtectSystem"], said["ProtectHome"], said["NoNewPrivileges"]) == ("strict", "yes", "yes")
    assert said["EnvironmentFile"] == f"-/var/lib/beleidsradar/{environment_file.FILE}"
    assert (said["KillMode"], said["UMask"], said["RestartPreventExitStatus"]) == ("mixed", "0077", "2")
    assert int(said["TimeoutStopSec"]) > 15
    assert "CHANNEL" not in UNIT.read_text(encoding="utf-8")


STEPS = ("db backup", "git pull --ff-only", "make setup", "db upgrade --without-backup", "check", "replay")


@pytest.fixture
def upgrade(tmp_path: Path) -> Any:
    """deploy/upgrade.sh over programs that write down how they were called, and fail at one step."""
    calls = tmp_path / "calls"
    stub = f"""#!/bin/sh
name=$(basename "$0")
said="$name $*"; [ "$name" = beleidsradar ] && said="$*"
if [ "$said" = "git rev-parse HEAD" ]; then
    if [ -e {shlex.quote(str(tmp_path))}/pulled ]; then echo new; else echo old; fi
    exit 0
fi
echo "$said" >> {shlex.quote(str(calls))}
case "$said" in "$FAIL"*) exit 1;; esac
[ "$name" = git ] && touch {shlex.quote(str(tmp_path))}/pulled
[ "$said" = "db backup" ] && echo "/h/backups/b.tar.zst: 1.0 MB, schema 1"
exit 0
"""
    for name in ("git", "make", "beleidsradar"):
        (tmp_path / name).write_text(stub, encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    def run(fail: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        environ = {**os.environ, "PATH": path, "FAIL": fail, "BIN": str(tmp_path), "MAKE": "make"}
        found = subprocess.run(
            ["sh", str(DEPLOY / "upgrade.sh")], capture_output=True, text=True, check=False, env=environ, timeout=30
        )
        return found, calls.read_text(encoding="utf-8").splitlines()

    return run


def test_an_upgrade_does_every_step_in_order(upgrade: Any) -> None:
    """Backup first; the replay only reports; then the hint to restart."""
    found, calls = upgrade("nothing")
    assert found.returncode == 0, found.stderr
    assert [call for call, step in zip(calls, STEPS, strict=True) if not call.startswith(step)] == []
    assert "--notify" not in calls[-1]
    assert "systemctl restart beleidsradar" in found.stdout
    assert "/h/backups/b.tar.zst" in found.stdout


@pytest.mark.parametrize(("failing", "way_back"), [
    ("db backup", "nothing was changed"),
    ("git pull", "nothing was changed"),
    ("make setup", "git checkout --detach old && make setup"),
    ("db upgrade", "db restore /h/backups/b.tar.zst"),
    ("check", "db restore /h/backups/b.tar.zst"),
    ("replay", "db restore /h/backups/b.tar.zst"),
])  # fmt: skip
def test_an_upgrade_that_fails_stops_there_and_says_the_way_back(upgrade: Any, failing: str, way_back: str) -> None:
    """Nothing after the step that failed is done."""
    found, calls = upgrade(failing)
    assert found.returncode == 1
    assert calls[-1].startswith(failing)
    assert way_back in found.stderr
    assert "restart" not in found.stdout
