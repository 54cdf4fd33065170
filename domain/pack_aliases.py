"""Names that change in time: ministries are renamed, regulations are re-issued under another title (rule R7).

A pack lists such names once, under `aliases:`. A term, publisher, or word of a context or negative that is one of them stands for
all of them; as a term each only in papers of the years in which the name was in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from domain.pack_reader import Path, Reader, slug
from domain.topic_pack import Alias, Name, Term

_KEYS = ("id", "names", "reason")
_NAME_KEYS = ("name", "from", "until")
_SIGNS = re.compile(r"[^\w&+'-]+")


def read_aliases(reader: Reader, value: object) -> tuple[Alias, ...]:
    """The things that bore several names, as a pack lists them."""
    found = []
    for item, path in reader.items(value, ("aliases",)):
        one = reader.mapping(item, path, _KEYS)
        id_ = reader.text(one, "id", path, required=True)
        reader.unique("alias", id_, path)
        names = tuple(_name(reader, said, at) for said, at in reader.items(one.get("names"), (*path, "names")))
        if len(names) < 2:
            reader.fault(
                path, "names: needs at least two names", "write each as {name: ..., from: 2017-10-26, until: 2024-07-01}"
            )
        found.append(Alias(id_, names, reader.text(one, "reason", path, required=True)))
    return tuple(found)


def with_names(terms: Sequence[Term], aliases: Iterable[Alias]) -> tuple[Term, ...]:
    """These terms, and beside each that is the name of an alias all its other names."""
    found: dict[str, Term] = {}
    for term in terms:
        for alias in aliases:
            own = next((name for name in alias.names if name.text.casefold() == term.text.casefold()), None)
            if own is None:
                continue
            found[term.id] = replace(term, since=own.since, until=own.until)
            for name in alias.names:
                if name is not own:
                    id_ = f"{term.id}:{slug(name.text)}"
                    found[id_] = Term(
                        id_, name.text, f"{term.reason} ({alias.reason})", term.case, term.needs, name.since, name.until
                    )
        found.setdefault(term.id, term)
    return tuple(found.values())


def all_names(words: Sequence[str], aliases: Iterable[Alias]) -> tuple[str, ...]:
    """These words, and beside each that is the name of an alias its other names, whenever they were in use; not those that hold
    one of the words anyway."""
    found = dict.fromkeys(words)
    held = {_plain(word) for word in words}
    for alias in aliases:
        names = [name.text for name in alias.names]
        if held & set(map(_plain, names)):
            found.update((name, None) for name in names if not any(word in _plain(name) for word in held))
    return tuple(found)


def _plain(name: str) -> str:
    """A name as its words stand in a row, with a space around each."""
    return f" {' '.join(_SIGNS.sub(' ', name).casefold().split())} "


def _name(reader: Reader, value: object, path: Path) -> Name:
    one: Mapping[str, object] = reader.mapping(value, path, _NAME_KEYS) if isinstance(value, Mapping) else {"name": value}
    since, until = (_day(reader, one, key, path) for key in ("from", "until"))
    if since and until and since > until:
        reader.fault(path, "until: lies before from:", "exchange the two")
    return Name(reader.term(one.get("name"), (*path, "name") if isinstance(value, Mapping) else path), since, until)


def _day(reader: Reader, one: Mapping[str, object], key: str, path: Path) -> date | None:
    value = one.get(key)
    if value is None:
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        reader.fault((*path, key), f"{key}: {value!r} is no date", "write it as 2017-10-26")
        return None
