"""Secrets: a value that shows nothing, and the rule that tells a secret from other text.

Secrets never stand in YAML, logs, artifacts, `repr`s or error texts (design section 6). Recipients and log-ins are treated alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What only a secret looks like: a log-in inside an address, and the token shapes that Slack and Apprise use.
_SHAPES = (
    re.compile(r"[a-z][a-z0-9+.-]*://[^\s/@'\"<>]*:[^\s/@'\"<>]+@", re.IGNORECASE),
    re.compile(r"\b(?:mailtos?|smtps?|slack|workflows?|msteams|discord|tgram|ntfys?)://", re.IGNORECASE),
    re.compile(r"\bxox[a-z]-[0-9A-Za-z-]{8,}"),
    re.compile(r"\bT[0-9A-Z]{8,}/B[0-9A-Z]{8,}/[0-9A-Za-z]{16,}"),
    re.compile(r"hooks\.slack\.com/(?:services|workflows|triggers)/", re.IGNORECASE),
    re.compile(r"[?&](?:password|passwd|token|secret|apikey|api_key|sig)=[^\s&'\"]+", re.IGNORECASE),
)
_SHOWN = 60


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value from the environment that no log, `repr` or error text may show; `reveal` is the only way to it."""

    _value: str

    def reveal(self) -> str:
        """The value itself, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(not shown)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        raise TypeError("a secret is not pickled; pass the name of its variable instead")


def looks_secret(text: str) -> bool:
    """True when the text holds a log-in, a token or a channel address; such text is never repeated in a message."""
    return any(shape.search(text) for shape in _SHAPES)


def shown(value: object) -> str:
    """A value as a message may show it: quoted, on one line, at most 60 characters, and never a secret or a mail address."""
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else str(value).lower()
    if not isinstance(value, str):
        return str(value) if isinstance(value, int | float) else "a block"
    if looks_secret(value) or "@" in value:
        return "(not shown)"
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return f"'{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}'"
