"""What is asked of KOOP, in CQL: the configured kinds over a window of modification dates (sources, 2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote

from domain.errors import ConfigurationError, Fault
from domain.listings import Window
from sources.dates import local_day

# The kinds of sources.yaml. Attachments carry the publication name of their main paper, hence the second half.
KINDS = {
    "kamerstukken": ("Kamerstuk", " NOT dt.type==Bijlage"),
    "bijlagen": ("Kamerstuk", " AND dt.type==Bijlage"),
    "kamervragen": ("Kamervragen zonder antwoord", ""),
    "antwoorden": ("Kamervragen (Aanhangsel)", ""),
    "staatscourant": ("Staatscourant", ""),
    "staatsblad": ("Staatsblad", ""),
}
# A day of Kamerstukken can be longer than a feed ever is; these parts of it together are the whole.
_FINER = {
    "kamerstukken": (
        ' AND w.subrubriek=="Brief"',
        ' AND w.subrubriek=="Motie"',
        ' NOT w.subrubriek=="Brief" NOT w.subrubriek=="Motie"',
    )
}


def quoted(value: str) -> str:
    """A CQL string: in double quotes, with quotes and backslashes escaped, so that no value can end the term."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def checked(kinds: Iterable[str]) -> tuple[str, ...]:
    """The configured kinds; all but attachments when none is named. Raises ConfigurationError for a name that is none."""
    named = tuple(dict.fromkeys(kinds))
    wrong = [name for name in named if name not in KINDS]
    if wrong:
        hint = f"known kinds: {', '.join(KINDS)}"
        raise ConfigurationError(
            tuple(Fault("sources.yaml", 0, f"officielebekendmakingen: unknown kind {name}", hint) for name in wrong)
        )
    return named or tuple(name for name in KINDS if name != "bijlagen")


def of_kind(kind: str) -> str:
    """The term for one configured kind."""
    name, besides = KINDS[kind]
    return f"w.publicatienaam=={quoted(name)}{besides}"


def modified(window: Window) -> str:
    """The term for everything modified in the window; `dt.modified` is a Dutch date without time, so whole days are asked."""
    first, last = _days(window)
    if first == last:
        return f"dt.modified=={quoted(first)}"
    return f"dt.modified>={quoted(first)} AND dt.modified<={quoted(last)}"


def queries(kinds: Iterable[str], window: Window) -> tuple[str, ...]:
    """One query per kind; within a single day the long kinds in parts, because a day cannot be cut by date any more."""
    first, last = _days(window)
    out = []
    for kind in kinds:
        parts = _FINER.get(kind, ("",)) if first == last else ("",)
        out += [f"{of_kind(kind)}{part} AND {modified(window)}" for part in parts]
    return tuple(out)


def encoded(query: str) -> str:
    """A query as it stands in an address; nothing is left that KOOP could take for syntax of the address."""
    return quote(query, safe="")


def _days(window: Window) -> tuple[str, str]:
    end = max(window.since, window.until - timedelta(microseconds=1))
    return local_day(window.since).isoformat(), local_day(end).isoformat()
