"""What the demo leaves behind: files, index, and commands that work."""

from __future__ import annotations

import html
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli import demo_output
from cli.manifest import MARK, Manifest
from demo import story
from services.wiring import open_radar


@pytest.fixture
def output(played: Any, tmp_path: Path) -> Manifest:
    """The output of the played week."""
    manifest = Manifest(tmp_path / "out put")
    radar = open_radar(played.environment, create=False)
    mails = played.mail.messages[:2]  # other tests mail too
    demo_output.write(radar, mails, played.slack.messages, manifest)
    return manifest


def test_everything_is_named_and_nothing_else(output: Manifest) -> None:
    assert output.foreign == ()
    named = set((output.folder / MARK).read_text(encoding="utf-8").splitlines())
    assert {"index.html", "archive/sources.yaml", "archive/beleidsradar.db", "archive/told.key"} <= named
    (output.folder / "mine.txt").write_text("mine", encoding="utf-8")
    Manifest(output.folder)
    assert {path.name for path in output.folder.iterdir()} == {MARK, "mine.txt"}


def test_the_key_is_its_owners_alone(output: Manifest, played: Any) -> None:
    for key in (played.home / "told.key", output.folder / "archive" / "told.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_commands_to_try_succeed(output: Manifest, root: Path, tmp_path: Path) -> None:
    """As they are printed, in a shell that stands elsewhere and has another home."""
    outside = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "BELEIDSRADAR_DATABASE_URL": "sqlite:////nowhere/x.db"}
    commands = demo_output.commands(output.folder, str(root / "cli" / "__main__.py"), outside)
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(["sh", "-c", command], cwd=root, env=outside, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout
        assert sys.executable in command


def test_the_commands_name_an_installed_program_by_its_path() -> None:
    (first, *_) = demo_output.commands(Path("/a b/out"), "/opt/bin/beleidsradar", {})
    assert first == "BELEIDSRADAR_HOME='/a b/out/archive' /opt/bin/beleidsradar why kst-32637-480"


def test_the_index_tells_what_happened_and_what_is_counted(output: Manifest) -> None:
    page = html.unescape((output.folder / "index.html").read_text(encoding="utf-8"))
    assert demo_output.INTRO in page
    assert ">text</a>" in page
    assert "tekst" not in page
    rows = {day: row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) for day in re.findall(r"row\">(\w+) \d", row)}
    assert "killed" in rows["Wednesday"]
    assert "refused" in rows["Friday"]
    assert all(step.words in page for step in story.STEPS if step.act is story.Act.VISIT)
