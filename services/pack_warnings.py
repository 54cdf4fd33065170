"""What of a topic pack can go or has to be decided, by file and line (`domain.term_doubts`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from domain.errors import Fault
from domain.term_doubts import Doubt, Sort, doubts
from services.packs import LoadedPack, display, load_pack
from services.yaml_lines import Marked, Where, read_file

REMOVE = "remove it; where another pack brings it in, name it under remove:"
DECIDE = "decide where it belongs; which of the two keeps it changes scores"
SAID = {Sort.NEVER: "is idle", Sort.REDUNDANT: "is redundant", Sort.SHARED: "stands in two concepts"}


def pack_warnings(marked: Marked, home: Path) -> Iterator[Fault]:
    """A warning for every term to look at of the packs that a sources.yaml names; nothing for packs with faults."""
    topics = marked.data.get("topics") if isinstance(marked.data, dict) else None
    for file in topics.values() if isinstance(topics, dict) else ():
        if isinstance(file, str) and (home / file).is_file():
            loaded = load_pack(home / file)
            for one in doubts(loaded.pack) if loaded.pack is not None else ():
                yield _fault(loaded, one)


def _fault(loaded: LoadedPack, one: Doubt) -> Fault:
    what, hint = f"{one.text!r} of {one.owner} {SAID[one.sort]}: {one.why}", REMOVE if one.can_go else DECIDE
    for file in loaded.files:  # nearest first
        marked = read_file(file, display(file), "")
        places = [where for where, text in _texts(marked.data) if text == one.text and _is_term(where)]
        if places:
            return marked.fault(next((where for where in places if _is_in(marked.data, where, one)), places[0]), what, hint)
    return Fault(display(loaded.files[0]), 0, what, hint)


def _texts(value: object, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text of a file with the keys and indices that lead to it."""
    if isinstance(value, str):
        yield where, " ".join(value.split())
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*where, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*where, index))


def _is_term(where: Where) -> bool:
    """True for an item of a list of words and for `term:`; an id or a reason may read the same."""
    return bool(where) and (where[-1] == "term" or isinstance(where[-1], int))


def _is_in(data: object, where: Where, one: Doubt) -> bool:
    """True when this place is inside the concept, context or negative meant."""
    if one.owner in where:
        return True
    for step in where[:2]:
        data = data[step] if isinstance(data, dict | list) else None  # type: ignore[index]
    return isinstance(data, dict) and data.get("id") == one.owner
