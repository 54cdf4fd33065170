"""What every test shares: the folder of captured responses, and how hard Hypothesis tries."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from demo.home import furnish
from storage import migrate
from storage.unit_of_work import Store

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# A shared runner can be slow for a moment; a deadline per example would make such a moment a failure.
settings.register_profile("default", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("torture", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what reads the captured responses where their folder is not beside the checkout."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="the folder of captured responses is not beside this checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of captured responses and labelled examples; only for tests marked `shared`."""
    return SHARED


@pytest.fixture(scope="session")
def first_release(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the first release filled (schema 0001): four days of the miniature. To be copied."""
    file = tmp_path_factory.mktemp("first") / "first_release.db"
    file.write_bytes(zstd.decompress((root / "tests" / "fixtures" / "first_release.db.zst").read_bytes()))
    return file


@pytest.fixture(scope="session")
def upgraded(first_release: Path) -> Path:
    """The same at the schema of this release. To be copied."""
    file = first_release.with_name("upgraded.db")
    shutil.copy(first_release, file)
    store = Store(f"sqlite:///{file}")
    migrate.upgrade(store)
    store.close()
    return file


@pytest.fixture
def old_home(upgraded: Path, root: Path, tmp_path: Path) -> Path:
    """A home with that archive, its ledger and the settings of the demo, on Friday 10 December 2021 at ten."""
    place = tmp_path / "old"
    furnish(place, root / "topics")
    shutil.copy(upgraded, place / "beleidsradar.db")
    shutil.copy(root / "tests" / "fixtures" / "first_release.told.log", place / "told.log")
    (place / "clock").write_text("2021-12-10T09:00:00+00:00")
    return place
