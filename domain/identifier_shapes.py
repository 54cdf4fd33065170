"""The shapes of ids that a further source brings with it: `prefix:rest`, each with the address it stands for.

The families of the publishers we know are in `domain.identifier_grammar`; this table begins empty and is filled once, while the
registry of sources is built. It makes an id of a new source as good as any: it can be followed, cited, looked up and linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREFIX = re.compile(r"[a-z][a-z0-9-]{1,19}")
_TAKEN = frozenset({"tkdoc", "tkzaak", "dossier", "ro", "rvo", "oo", "url", "org", "http", "https", "follow", "mailto"})


@dataclass(frozen=True, slots=True)
class IdShape:
    """Ids `prefix:rest` whose rest matches the pattern whole; the paper stands at `address` followed by the rest."""

    prefix: str
    pattern: str
    address: str


_SHAPES: dict[str, IdShape] = {}


def register(shape: IdShape) -> None:
    """Know this shape from now on; the same shape twice is one.

    Raises ValueError for a prefix that is taken or no prefix, a pattern that is none, and an address that is not http(s).
    """
    if not _PREFIX.fullmatch(shape.prefix) or shape.prefix in _TAKEN or _SHAPES.get(shape.prefix, shape) != shape:
        raise ValueError(f"the prefix {shape.prefix!r} is taken, or is no prefix")
    if not shape.address.startswith(("http://", "https://")):
        raise ValueError(f"{shape.address!r} is no address")
    try:
        re.compile(shape.pattern)
    except re.error as error:
        raise ValueError(f"{shape.pattern!r} is no pattern: {error}") from error
    _SHAPES[shape.prefix] = shape


def matches(prefix: str, rest: str) -> bool:
    """True when a registered shape has this prefix and takes this rest."""
    shape = _SHAPES.get(prefix)
    return shape is not None and re.fullmatch(shape.pattern, rest) is not None


def id_at(url: str) -> str:
    """The id that stands at an address, fragment and query aside; "" when it is no registered one."""
    plain = re.split(r"[?#]", url.strip(), maxsplit=1)[0]
    for shape in _SHAPES.values():
        rest = plain.removeprefix(shape.address)
        if rest != plain and matches(shape.prefix, rest):
            return f"{shape.prefix}:{rest}"
    return ""


def address_of(prefix: str, rest: str) -> str:
    """The address of an id of a registered shape, "" for any other prefix."""
    shape = _SHAPES.get(prefix)
    return shape.address + rest if shape else ""
