"""Rules over the whole of sources.yaml: every name that is used exists, and what is asked can be done.

These run on plain data, also when other parts of the file are wrong, so that `check` shows everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from domain.relevance import own_names
from domain.term_notation import spellings
from services.secret import looks_secret, shown
from services.settings_faults import Problem, Where, at, did_you_mean, names_of
from sources import ADAPTERS

# The kinds that each source tells apart; empty: it has no choice of kinds. A source that is not named here is not known.
KINDS: Mapping[str, tuple[str, ...]] = {name: tuple(adapter.kinds) for name, adapter in ADAPTERS.items()}

# The sources of which parts can be chosen by path.
WITH_PATHS = frozenset(name for name, adapter in ADAPTERS.items() if adapter.takes_paths)


def problems(data: object, mails: Callable[[str], bool | None]) -> Iterator[Problem]:
    """Everything that does not fit together. `mails` says of a channel whether it sends mail (None: not known)."""
    if not isinstance(data, dict):
        return
    yield from _organisation(data.get("organisation"))
    for name, source in _blocks(data, "sources"):
        yield from _source(("sources", name), name, source)
    for name, digest in _blocks(data, "digests"):
        yield from _digest(("digests", name), digest, data)
        yield from _recipients(("digests", name), digest, data, mails)


def _organisation(name: object) -> Iterator[Problem]:
    """The name is looked for in every paper, so it has to be one that can be."""
    where = ("organisation",)
    for own in own_names(name) if isinstance(name, str) else ():
        try:
            spellings(own)
        except ValueError as error:
            yield Problem(where, at(where, f"{shown(own)} {error}"), "write your name as papers write it")
            return


def _source(where: Where, name: str, source: Mapping[str, Any]) -> Iterator[Problem]:
    if name not in KINDS:
        yield Problem(where, f"sources: unknown source {shown(name)}", did_you_mean(name, KINDS))
        return
    for index, kind in enumerate(_texts(source, "kinds")):
        if kind not in KINDS[name]:
            place = (*where, "kinds", index)
            what = at((*where, "kinds"), f"{name} has no kind {shown(kind)}")
            yield Problem(place, what, did_you_mean(kind, KINDS[name], "it has no choice of kinds; remove kinds:"))
    if source.get("paths") and name not in WITH_PATHS:
        yield Problem((*where, "paths"), at((*where, "paths"), f"{name} is always watched whole"), "remove paths:")
    if source.get("use_sru") is True:
        place = (*where, "use_sru")
        if name != "officielebekendmakingen":
            yield Problem(place, at(place, f"{name} has no SRU"), "remove the line")
        elif not source.get("sru_reason"):
            hint = "robots.txt of that host forbids it; add sru_reason: who decided so and why, or write use_sru: false"
            yield Problem(place, at(place, "is true without a reason"), hint)


def _digest(where: Where, digest: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Problem]:
    for block, noun in (("topics", "topic"), ("channels", "channel")):
        known = set(names_of(data, block))
        for index, name in enumerate(_texts(digest, block)):
            if name not in known and name and not looks_secret(name):
                what = at((*where, block), f"unknown {noun} {shown(name)}")
                yield Problem((*where, block, index), what, did_you_mean(name, known, f"name it under {block}: first"))
    if not digest.get("topics") and not digest.get("follow"):
        yield Problem(where, at(where, "selects nothing"), "add topics: [...] or follow: [...]")
    if "only" in digest and "levels" in digest:
        yield Problem(
            (*where, "only"), at((*where, "only"), "stands beside levels"), "keep one of the two; urgent has its own rule"
        )
    if digest.get("even_at_night") is True and digest.get("only") != "urgent":
        place = (*where, "even_at_night")
        yield Problem(place, at(place, "is for what is urgent"), "add only: urgent, or remove the line")
    if "per_hour" in digest and digest.get("when") != "immediately":
        place = (*where, "per_hour")
        yield Problem(place, at(place, "is for a digest that goes out immediately"), "remove the line")


def _recipients(
    where: Where, digest: Mapping[str, Any], data: Mapping[str, Any], mails: Callable[[str], bool | None]
) -> Iterator[Problem]:
    known = set(names_of(data, "channels"))
    used = [name for name in _texts(digest, "channels") if name in known]
    mail = next((name for name in used if mails(name)), None)
    if mail and not digest.get("to"):
        yield Problem(where, at(where, f"sends by {shown(mail)} to nobody"), "add to: with at least one mail address")
    if digest.get("to") and used and all(mails(name) is False for name in used):
        yield Problem((*where, "to"), at((*where, "to"), "none of its channels sends mail"), "remove to:, or add a mail channel")


def _blocks(data: Mapping[str, Any], block: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in names_of(data, block):
        if isinstance(data[block][name], dict):
            yield name, data[block][name]


def _texts(block: Mapping[str, Any], key: str) -> Sequence[str]:
    found = block.get(key)
    return [item if isinstance(item, str) else "" for item in found] if isinstance(found, list) else []
