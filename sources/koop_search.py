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
# A day that is longer than a feed ever is, is cut by these terms, one after the other: each query becomes "AND term" and "NOT
# term", so that the two together are the whole whatever the index holds. The last ones halve by number.
_SORTS = ('w.subrubriek=="Brief"', 'w.subrubriek=="Motie"')
_PUBLISHERS = ('w.organisatietype=="gemeente"', 'w.organisatietype=="ministerie"')
_DOSSIERS = tuple(f'w.dossiernummer>="{number}"' for number in (33000, 29000, 36000, 31000, 35000, 34000, 36500, 30000, 27000))
_NUMBERS = tuple(f'w.ondernummer>="{number}"' for number in (500, 250, 750, 100, 350, 50, 150, 600, 25, 5))
_CUTS = {
    "kamerstukken": (*_SORTS, "{earlier}", *_DOSSIERS, *_NUMBERS),
    "bijlagen": ("{earlier}", *_DOSSIERS, *_NUMBERS),
    "staatscourant": (*_PUBLISHERS, "{earlier}"),
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
    first, last = days(window)
    if first == last:
        return f"dt.modified=={quoted(first)}"
    return f"dt.modified>={quoted(first)} AND dt.modified<={quoted(last)}"


def query(kind: str, window: Window) -> str:
    """The query for one kind over a window."""
    return f"{of_kind(kind)} AND {modified(window)}"


def cut(text: str, window: Window) -> tuple[str, ...]:
    """Two queries that together are this one, which must be of `query` or of `cut`; () when it cannot be cut.

    Only within one day: a longer window is better cut by date.
    """
    first, last = days(window)
    kind = next((kind for kind in KINDS if text.startswith(query(kind, window))), "")
    if first != last:
        return ()
    for term in _CUTS.get(kind, ()):
        written = term.format(earlier=f'dt.date<"{first}"')
        if written not in text:
            return f"{text} AND {written}", f"{text} NOT {written}"
    return ()


def encoded(query: str) -> str:
    """A query as it stands in an address; nothing is left that KOOP could take for syntax of the address."""
    return quote(query, safe="")


def days(window: Window) -> tuple[str, str]:
    """The first and the last Dutch day of a window, as KOOP writes them."""
    end = max(window.since, window.until - timedelta(microseconds=1))
    return local_day(window.since).isoformat(), local_day(end).isoformat()
