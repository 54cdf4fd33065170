"""Topic packs from their files: read, laid over the pack they extend, and parsed; faults are mapped to file and line.

What a pack may hold is a rule of `domain.topics`; this module only knows files. `extends:` names another pack file, relative to
the file that says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain.errors import Fault
from domain.topics import PackError, PackFault, TopicPack, merge_pack, parse_pack
from services.yaml_lines import Marked, read_file

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack, or None with what is wrong; `said` is what its files say together, `files` are those files, nearest first."""

    pack: TopicPack | None
    faults: tuple[Fault, ...]
    said: Mapping[str, object]
    files: tuple[Path, ...]


def load_pack(path: Path, kept: Mapping[Path, str] | None = None) -> LoadedPack:
    """The pack in this file with everything it extends; `kept` as for `read_file`. Never raises for what the files hold."""
    chain, faults = _chain(path, kept)
    files = [marked for _, marked in reversed(chain)]
    laid = _laid(tuple(json.dumps(_mapping(marked)) for marked in files))
    faults += tuple(_attributed(files, laid.faults))
    return LoadedPack(None if faults else laid.pack, tuple(dict.fromkeys(faults)), laid.said, tuple(file for file, _ in chain))


@dataclass(frozen=True, slots=True)
class _Laid:
    pack: TopicPack | None
    said: Mapping[str, object]
    faults: tuple[tuple[PackFault, ...], ...]  # of the pack as it stands after each file, the farthest first


@lru_cache(maxsize=32)  # the same packs are read at every visit
def _laid(contents: tuple[str, ...]) -> _Laid:
    """What the files say when each is laid over the one before it, the farthest first."""
    said: dict[str, object] = {}
    pack: TopicPack | None = None
    faults: list[tuple[PackFault, ...]] = []
    for content in contents:
        own = {key: value for key, value in json.loads(content).items() if key != "extends"}
        said = merge_pack(said, own) if faults else own
        try:
            pack = parse_pack(said)
            faults.append(())
        except PackError as error:
            pack = None
            faults.append(error.faults)
    return _Laid(pack, said, tuple(faults))


def _attributed(files: list[Marked], wrong: tuple[tuple[PackFault, ...], ...]) -> Iterator[Fault]:
    """The faults of the whole pack, each at the file that brought it in: the farthest of the chain that has it."""
    left = list(wrong[-1]) if wrong else []
    for marked, found in zip(files, wrong, strict=True):
        for fault in found:
            same = [one for one in left if (one.what, one.hint) == (fault.what, fault.hint)]
            if same:
                left.remove(same[-1])
                yield marked.fault(fault.path, fault.what, fault.hint)


def display(path: Path) -> str:
    """A path as messages show it: relative to the current folder when it lies inside, else whole."""
    full = Path(os.path.normpath(path.absolute()))
    here = Path.cwd()
    return str(full.relative_to(here)) if full.is_relative_to(here) else str(full)


def _chain(path: Path, kept: Mapping[Path, str] | None) -> tuple[list[tuple[Path, Marked]], tuple[Fault, ...]]:
    """The file and the files it extends, nearest first, with the faults of their form."""
    chain: list[tuple[Path, Marked]] = []
    faults: tuple[Fault, ...] = ()
    hint = "check the path; it is relative to the home"
    while True:
        marked = read_file(path, display(path), hint, kept)
        faults += marked.faults
        if marked.data is None and marked.faults:
            return chain, faults
        if not isinstance(marked.data, dict):
            return chain, (*faults, marked.fault((), "the file holds no topic pack", "begin with must_read: and a list of terms"))
        chain.append((path, marked))
        parent = marked.data.get("extends")
        if parent is None and "extends" not in marked.data:
            return chain, faults
        if not isinstance(parent, str) or not parent.strip():
            return chain, (*faults, marked.fault(("extends",), "extends: must be a path", "name another pack file"))
        path = Path(os.path.normpath(path.absolute().parent / parent))
        if len(chain) > _DEEPEST or any(path == Path(os.path.normpath(file.absolute())) for file, _ in chain):
            return chain, (
                *faults,
                marked.fault(("extends",), "extends: leads back to itself", "remove one of the extends: lines"),
            )
        hint = f"extends: in {marked.file}:{marked.line(('extends',))} names it, relative to that file"


def _mapping(marked: Marked) -> dict[str, object]:
    return dict(marked.data) if isinstance(marked.data, dict) else {}
