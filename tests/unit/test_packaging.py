"""What is installed is ours, what is pinned is pinned, and no file tells where it was made."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
# Written in two halves, so that this file does not hold what it forbids.
_INDEX_HOSTS = ("pypi" + ".org", "python" + "hosted.org")
_HOME = re.compile(r"(?<![\w.}])/(?:home|root|Users|work)/\w")


def _files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def _normal(name: str) -> str:
    """A distribution's name in the one form of the packaging rules (PEP 503), without extras."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def _index_hosts() -> set[str]:
    """The public index, and whichever index this machine installs from."""
    urls = [os.environ.get(name, "") for name in ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")]
    return {*_INDEX_HOSTS, *(host for url in urls if (host := urlsplit(url).hostname))}


@pytest.mark.parametrize("name", PACKAGES)
def test_each_package_is_ours(name: str) -> None:
    """The names are generic: another distribution that ships one of them must not be found first."""
    package = importlib.import_module(name)
    assert package.__file__ is not None
    assert Path(package.__file__).resolve().parent.parent == ROOT


def test_every_room_is_packaged_typed_and_linted() -> None:
    """A new top-level package stands in every list, or it would be left out of the wheel, the types or the contracts."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert rooms == set(PACKAGES)
    assert rooms == set(PROJECT["tool"]["mypy"]["packages"])
    assert rooms == set(PROJECT["tool"]["importlinter"]["root_packages"])


def test_the_lock_is_pinned_with_hashes_and_names_no_host() -> None:
    """Installation is the same everywhere and from any index."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if entry.strip() and not entry.startswith("#")]
    assert len(entries) > 20
    for entry in entries:
        first = entry.splitlines()[0]
        assert re.match(r"[A-Za-z0-9._-]+(\[[a-z0-9,._-]+\])?==\S+", first), first
        assert "--hash=sha256:" in entry, first


def test_the_lock_holds_every_dependency() -> None:
    """What pyproject asks for is in the lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {_normal(line.partition("==")[0]) for line in lock.splitlines() if "==" in line}
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {_normal(re.split(r"[<>=;! ]", dependency, maxsplit=1)[0]) for dependency in asked} <= locked


def test_no_file_tells_where_it_was_made() -> None:
    """No index host, and no path of a person's machine, stands in any file."""
    hosts = _index_hosts()
    found = []
    for path in _files():
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{path.relative_to(ROOT)}: an index host" for host in hosts if host in text]
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in _HOME.finditer(text)]
    assert found == []


def test_the_licence_is_shipped() -> None:
    """MIT, by the authors."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License")
    assert "The Beleidsradar authors" in text
    assert PROJECT["project"]["license"] == "MIT"
