"""Reading the archive again with today's readers: what would they make of the same bytes?

A report and nothing else. Text and facts of a version stay as they were read, because digests quoted them; a page that changes is
compared with what today's reader makes of its old bytes (`services.record`), so a better reader never makes an old paper new
(design decision 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.changes import compare
from domain.documents import Document
from domain.errors import ReadingError, UsageError
from services.acquire import stored_answers
from services.radar import Radar
from storage.resources import Resource
from storage.snapshots import Version
from storage.unit_of_work import Unit

EXAMPLES = 10
"""How many differences of a source are told one by one; all of them are counted."""

_LONGEST = 160  # characters of what differs


@dataclass(frozen=True, slots=True)
class Differing:
    """One version that reads otherwise, or no longer: `what` is a line."""

    id: str
    url: str
    version: int
    what: str


@dataclass(slots=True)
class Reread:
    """What became of the versions of one source. `content` counts those of `differently` whose text or facts differ: what
    stands in no digest, such as an id or a date of publication, is the rest."""

    source: str
    parser: int
    same: int = 0
    differently: int = 0
    content: int = 0
    unreadable: int = 0
    differences: list[Differing] = field(default_factory=list)
    failures: list[Differing] = field(default_factory=list)


def reread(radar: Radar, source: str = "") -> tuple[Reread, ...]:
    """Every stored version of one source (of all without a name), read again. Raises UsageError for a source that is unknown."""
    if source and source not in radar.adapters:
        raise UsageError(f"there is no source {source}; sources.yaml has {', '.join(radar.adapters)}")
    return tuple(_source(radar, name) for name in ([source] if source else radar.adapters))


def read_again(radar: Radar, unit: Unit, resource: Resource, version: Version) -> Document:
    """What today's reader makes of the bytes of a version. Raises ReadingError when it is no evidence to it."""
    answers = stored_answers(unit, version.id)
    return radar.adapters[resource.source].read(resource.url, answers, radar.settings.scope(resource.source)).document


def _source(radar: Radar, name: str) -> Reread:
    report = Reread(name, radar.adapters[name].parser)
    noise = [rule.text for rule in radar.settings.scope(name).noise]
    for resource, version, unit in _versions(radar, name):
        where = (version.document.id, resource.url, version.seq)
        try:
            now = read_again(radar, unit, resource, version)
        except ReadingError as error:
            report.unreadable += 1
            if len(report.failures) < EXAMPLES:
                report.failures.append(Differing(*where, error.reason))
            continue
        if now == version.document:
            report.same += 1
            continue
        before, after = version.document.without(noise), now.without(noise)
        report.differently += 1
        report.content += before.content_hash() != after.content_hash()
        if len(report.differences) < EXAMPLES:
            report.differences.append(Differing(*where, _difference(before, after) or _field(version.document, now)))
    return report


def _versions(radar: Radar, source: str) -> Iterator[tuple[Resource, Version, Unit]]:
    """Every version of a source, address by address: no transaction lasts longer than one address."""
    with radar.store.read() as unit:
        every = unit.resources.all(source)
    for resource in every:
        with radar.store.read() as unit:
            for version in unit.snapshots.versions(resource.id):
                yield resource, version, unit


def _difference(before: Document, after: Document) -> str:
    """The first difference in what it says; "" when it says the same."""
    first = next(iter(compare(before, after)), None)
    return "" if first is None else _line(first.label, first.before, first.after)


def _field(before: Document, after: Document) -> str:
    """The first field that differs."""
    old, new = before.to_json(), after.to_json()
    name = next(name for name in {**old, **new} if old.get(name) != new.get(name))
    return _line(name, *_apart(old.get(name, ""), new.get(name, "")))


def _apart(old: Any, new: Any) -> tuple[str, str]:
    """The first entries of two lists that differ; other values as they are."""
    if not isinstance(old, list) or not isinstance(new, list):
        return str(old), str(new)
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    return str(old[at]) if at < len(old) else "", str(new[at]) if at < len(new) else ""


def _line(what: str, before: str, after: str) -> str:
    """ "what: before -> after", each cut to a length that fits."""
    shown = [_short(text) for text in (before, after)]
    return f"{what}: {shown[0] or '(nothing)'} -> {shown[1] or '(nothing)'}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
