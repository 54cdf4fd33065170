"""Which sources exist: the three of the house, and those that an installed package brings (entry points `beleidsradar.sources`).

A package of yours that holds an adapter says so in its own metadata; nothing in this house is changed for it
(docs/adding-a-source.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points

from domain.errors import Fault
from domain.identifier_shapes import register
from sources.adapter import Adapter

GROUP = "beleidsradar.sources"
_NEEDED = (
    "name", "title", "parser", "rates", "kinds", "takes_paths", "id_shapes",
    "routes", "resource_url", "url_for", "parts", "read", "always_recheck",
)  # fmt: skip


def installed() -> Iterable[EntryPoint]:
    """The entry points of this group, by name."""
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)


def build(own: Iterable[Adapter], points: Iterable[EntryPoint]) -> tuple[dict[str, Adapter], tuple[Fault, ...]]:
    """The sources by name, and what is wrong with those that cannot be used: they are left out, the others stay."""
    adapters = {adapter.name: adapter for adapter in own}
    faults: list[Fault] = []
    for point in points:
        adapter, wrong = _loaded(point, adapters)
        if adapter is None:
            faults.append(Fault(f"source {point.name}", 0, wrong, f"mend or remove the package that offers {point.value}"))
        else:
            adapters[adapter.name] = adapter
    return adapters, tuple(faults)


def _loaded(point: EntryPoint, known: Mapping[str, Adapter]) -> tuple[Adapter | None, str]:
    try:
        found = point.load()
        adapter: Adapter = found() if isinstance(found, type) else found
    except Exception as error:  # noqa: BLE001 - a stranger's module may fail in any way; the sources of the house go on
        return None, f"cannot be loaded: {type(error).__name__}: {error}"
    missing = [name for name in _NEEDED if not hasattr(adapter, name)]
    if missing:
        return None, f"is no adapter: it has no {', '.join(missing)}"
    if adapter.name != point.name or adapter.name in known:
        return None, f"calls itself {adapter.name!r}, which is taken or not the name of the entry point"
    try:
        for shape in adapter.id_shapes:
            register(shape)
    except ValueError as error:
        return None, str(error)
    return adapter, ""
