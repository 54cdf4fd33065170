"""Laying one topic pack over another (`extends:`), so that a team can add and remove terms without touching the shipped pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.pack_reader import slug


def merge_pack(parent: Mapping[str, object], child: Mapping[str, object]) -> dict[str, object]:
    """The pack that results when `child` extends `parent`, as a mapping fit for `parse_pack`.

    Lists: the child's items come first, then the parent's; items with the same `id` become one, the child's values winning and
    its own lists put before the parent's. Mappings merge by key; anything else is replaced. `remove:` takes away terms (as they
    stand or by id) and whole items (by id); what it names in vain stays under `remove`, where `parse_pack` reports it. Values of
    the wrong shape are left as they are, for `parse_pack` to report.
    """
    removals = child.get("remove")
    base: object = dict(parent)
    left: object = removals
    if isinstance(removals, Sequence) and not isinstance(removals, str):
        rest: list[object] = []
        for name in removals:
            base, hit = _without(base, name) if isinstance(name, str) else (base, False)
            rest.append(None if hit else name)
        left = rest
    own = {key: value for key, value in child.items() if key not in ("extends", "remove")}
    merged = _merged(base, own)
    out = dict(merged) if isinstance(merged, Mapping) else dict(own)
    out.pop("remove", None)
    if left is not None and not (isinstance(left, list) and all(item is None for item in left)):
        out["remove"] = left
    return out


def _merged(parent: object, child: object) -> object:
    if isinstance(parent, Mapping) and isinstance(child, Mapping):
        both = {key: _merged(parent[key], child[key]) if key in parent else child[key] for key in child}
        return {**both, **{key: value for key, value in parent.items() if key not in child}}
    if isinstance(parent, list | tuple) and isinstance(child, list | tuple):
        known = {_id(item): item for item in parent if _id(item)}
        mine = [_merged(known[_id(item)], item) if _id(item) in known else item for item in child]
        taken = {_id(item) for item in child if _id(item)}
        return [*mine, *(item for item in parent if not (_id(item) in taken or item in child))]
    return child


def _without(value: object, name: str) -> tuple[object, bool]:
    """The value less every list item that is this term or has this id, and whether there was one."""
    if isinstance(value, Mapping):
        parts = {key: _without(item, name) for key, item in value.items()}
        kept = {key: part for key, (part, _) in parts.items()}
        return kept, any(hit for _, hit in parts.values())
    if isinstance(value, list | tuple):
        items = [_without(item, name) for item in value if not _is(item, name)]
        return [part for part, _ in items], len(items) < len(value) or any(hit for _, hit in items)
    return value, False


def _is(item: object, name: str) -> bool:
    if isinstance(item, Mapping):
        term = item.get("term")
        return name in (item.get("id"), term) or (isinstance(term, str) and slug(term) == name)
    return isinstance(item, str) and item.casefold() == name.casefold()


def _id(item: object) -> str:
    found = (item.get("id") or item.get("term")) if isinstance(item, Mapping) else None
    return found if isinstance(found, str) else ""
