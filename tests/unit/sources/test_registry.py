"""Sources that an installed package brings: taken up when they fulfil the contract, named and left out when they do not."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from types import SimpleNamespace

import pytest

from domain import identifier_shapes
from domain.identifier_shapes import IdShape
from domain.identifiers import cite, from_url, is_known, link_key, normalise, url_of
from services import settings
from services.environment import SOURCES
from sources import ADAPTERS, FAULTS, registry
from sources.rvo import Rvo


class _Point:
    """An entry point that gives what it was made with, or fails as a module can."""

    def __init__(self, name: str, found: object) -> None:
        self.name, self.value, self._found = name, f"{name}_package:ADAPTER", found

    def load(self) -> object:
        if isinstance(self._found, Exception):
            raise self._found
        return self._found


@pytest.fixture(autouse=True)
def _clean_shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifier_shapes, "_SHAPES", {})


def _adapter(name: str, *shapes: IdShape) -> object:
    adapter = Rvo()
    adapter.name = name
    adapter.id_shapes = shapes
    return adapter


def _built(*points: object) -> tuple[dict[str, object], list[str]]:
    adapters, faults = registry.build((Rvo(),), points)  # type: ignore[arg-type]
    return dict(adapters), [str(fault) for fault in faults]


def test_this_installation_has_the_three_sources_of_the_house() -> None:
    assert list(ADAPTERS)[:3] == ["officielebekendmakingen", "rijksoverheid", "rvo"]
    assert FAULTS == ()


def test_an_adapter_from_a_package_is_a_source_with_its_own_ids() -> None:
    """Known, written, cited, looked up and linked like any other id; what does not match the shape is no id."""
    shape = IdShape("kbank", r"[0-9]{4}-[0-9]+", "https://kennisbank.example.nl/rapport/")
    adapters, faults = _built(_Point("kennisbank", _adapter("kennisbank", shape)))
    assert list(adapters) == ["rvo", "kennisbank"]
    assert faults == []
    address = "https://kennisbank.example.nl/rapport/2021-2"
    assert from_url(f"{address}?utm=x#deel") == normalise(" KBANK:2021-2") == "kbank:2021-2"
    assert (url_of("kbank:2021-2"), cite("kbank:2021-2"), link_key(f"url:{address}")) == (address, "kbank:2021-2", "kbank:2021-2")
    assert is_known("kbank:2021-2")
    assert not is_known("kbank:twee")


@pytest.mark.parametrize(
    ("name", "found", "said"),
    [
        ("stuk", ImportError("no module named x"), "cannot be loaded: ImportError: no module named x"),
        ("leeg", SimpleNamespace(name="leeg"), "is no adapter: it has no title, parser, rates"),
        ("rvo", _adapter("rvo"), "calls itself 'rvo', which is taken"),
        ("anders", _adapter("iets"), "calls itself 'iets'"),
        ("vorm", _adapter("vorm", IdShape("url", "x", "https://x.nl/")), "the prefix 'url' is taken"),
        ("adres", _adapter("adres", IdShape("adr", "x", "file:///etc/")), "is no address"),
        ("patroon", _adapter("patroon", IdShape("pat", "(", "https://x.nl/")), "is no pattern"),
    ],
)
def test_a_package_that_cannot_be_used_is_named_and_the_others_go_on(name: str, found: object, said: str) -> None:
    adapters, faults = _built(_Point(name, found))
    assert list(adapters) == ["rvo"]
    assert len(faults) == 1
    assert faults[0].startswith(f"source {name}: ")
    assert said in faults[0]
    assert f"mend or remove the package that offers {name}_package:ADAPTER" in faults[0]


def test_the_settings_show_a_package_that_cannot_be_used(root, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    _, faults = registry.build((), (_Point("stuk", ImportError("x")),))  # type: ignore[arg-type]
    monkeypatch.setattr(settings, "ADAPTER_FAULTS", faults)
    path = root / "sources.yaml"
    assert faults[0] in settings.faults(path, {SOURCES: str(path)})


def test_entry_points_are_asked_of_the_installed_packages() -> None:
    assert all(isinstance(point, EntryPoint) for point in registry.installed())
    assert registry.GROUP == "beleidsradar.sources"
