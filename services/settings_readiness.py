"""Whether the product can start with this configuration: what `beleidsradar check` shows.

More than `services.settings.faults`: the channels' URLs are tried on the code that will use them, the database is looked at, and
values that still stand as they were shipped are pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from domain.calendar import local
from domain.errors import ConfigurationError, Fault
from notifications.channels import validate
from services import environment
from services.calendar_data import FILE, calendar
from services.clock import from_environment
from services.labels import guard
from services.pack_warnings import pack_warnings
from services.packs import display
from services.settings import faults, load
from services.settings_database import look
from services.yaml_lines import Marked, read_file

CALENDAR_ENDS = timedelta(days=60)
"""How long before the shipped calendar ends the owner is told."""

EXAMPLE = re.compile(r"@([^@]*\.)?example\.(nl|com|org|net)", re.IGNORECASE)
"""Mail addresses of examples: nobody reads them."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything that keeps it from working (`faults`), what should be looked at (`warnings`), and how the database stands."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    database: str


def readiness(path: Path, environ: Mapping[str, str]) -> Readiness:
    """Look at everything that can be looked at before the first visit; makes and changes nothing."""
    found = list(faults(path, environ))
    marked = read_file(path, display(path), "")
    home, _ = environment.home_of(path, environ)
    url, wrong = environment.database_url(home, environ)
    note = "cannot be looked at before its URL is right"
    if not wrong:
        state = look(url)
        note = state.note or "cannot be used"
        found += [state.fault] if state.fault else []
    found += _channels(environ, marked)
    fallen, missed = _labels(path, environ)
    warnings = dict.fromkeys((*_placeholders(marked), *pack_warnings(marked, home), *missed, *_calendar(environ)))
    return Readiness(tuple(dict.fromkeys((*found, *fallen))), tuple(warnings), note)


def _calendar(environ: Mapping[str, str]) -> Iterator[Fault]:
    """The shipped recesses, when they run out: silence in a recess that nobody wrote down looks like lists that stand still."""
    try:
        today = local(from_environment(environ).now()).date()
    except ConfigurationError:
        return  # a clock that cannot be read is a fault of its own
    until = calendar().valid_until
    if until is not None and until - today < CALENDAR_ENDS:
        what = f"the recesses of the House are known until {until}"
        yield Fault(f"services/{FILE}", 0, what, "install a newer release, or expect warnings of silence in a recess")


def _labels(path: Path, environ: Mapping[str, str]) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """What the packs make of the papers that the team labelled; nothing when there are no packs to ask, which is a fault."""
    try:
        return guard(load(path, environ))
    except ConfigurationError:
        return (), ()


def _channels(environ: Mapping[str, str], marked: Marked) -> Iterator[Fault]:
    """Channels whose URL the sending code would refuse; the variable is named, nothing of the URL but its service."""
    block = marked.data.get("channels") if isinstance(marked.data, dict) else None
    for name, channel in block.items() if isinstance(block, dict) else ():
        variable = channel.get("secret") if isinstance(channel, dict) else None
        if not isinstance(variable, str) or not re.fullmatch(environment.CHANNEL, variable):
            continue  # named as a fault already
        url, _, _ = environment.channel_url(variable, environ)
        reason = validate(url.reveal()) if url else None
        if reason:
            what = f"channels.{name}: the URL in {variable} cannot be used: {reason}"
            yield marked.fault(("channels", name), what, "see the page of that service in the Apprise manual")


def _placeholders(marked: Marked) -> Iterator[Fault]:
    """Addresses that stand as they were shipped. Not repeated: an address of a recipient stands in no message."""
    data = marked.data if isinstance(marked.data, dict) else {}
    if _example(data.get("contact")):
        yield marked.fault(("contact",), "contact: is still the example's address", "the sites cannot reach you; put in your own")
    digests = data.get("digests")
    for name, digest in digests.items() if isinstance(digests, dict) else ():
        for key in ("to", "owner"):
            value = digest.get(key) if isinstance(digest, dict) else None
            if any(map(_example, value if isinstance(value, list) else [value])):
                what = f"digests.{name}.{key}: holds an example's address"
                yield marked.fault(("digests", name, key), what, "nobody reads mail there; put in your own")


def _example(value: object) -> bool:
    return isinstance(value, str) and EXAMPLE.search(value) is not None
