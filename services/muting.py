"""mute and unmute: who asked for it, why, until when, and what it would have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from domain import muting
from domain.calendar import local
from domain.errors import UsageError
from domain.identifiers import normalise
from domain.muting import Muting, Sort
from services import find
from services.muted import as_muting, demote
from services.past import Compared, Moved, Window, last_days, moved, papers
from services.radar import Radar
from storage.mutes import Mute
from storage.unit_of_work import Unit

USUAL = timedelta(days=90)
_DOSSIER = re.compile(r"(?:dossier:)?(\d{2}) ?(\d{3})(-[IVXLCM]+|-[A-Z])?")


@dataclass(frozen=True, slots=True)
class Muted:
    """A mute and what it would have demoted over the last 90 days, by paper; `judged` is how many papers were looked at."""

    mute: Mute
    would_have: tuple[Moved, ...]
    judged: int
    since: date
    until: date


def mute(
    radar: Radar, what: str, *, topic: str, reason: str, who: str, until: datetime | None = None, preview: bool = False
) -> Muted:
    """Mute something for a topic; with `preview` only say what it would have changed.

    Raises UsageError, with a hint, for what is neither in the archive nor in the pack, for a topic that does not exist, and for a
    day that has passed.
    """
    now = radar.clock.now()
    end = until or now + USUAL
    name = known_topic(radar, topic)
    window = last_days(radar)
    if end <= now:
        raise UsageError(f"--until {_day(end)} has passed; today is {_day(now)}")
    if not reason.strip():
        raise UsageError("--reason is missing: say why, so that a colleague understands it in three months")
    with radar.store.read() as unit:
        sort, target = subject(radar, unit, what, name)
        made = Mute(0, sort.value, target, name, " ".join(reason.split()), who, now, end, None, "")
        would_have, judged = _preview(radar, unit, as_muting(made), window)
    if not preview:
        with radar.store.begin() as unit:
            made = unit.mutes.add(sort.value, target, name, reason=made.reason, who=who, at=now, until=end)
    return Muted(made, would_have, judged, window.since, window.until)


def unmute(radar: Radar, what: str, *, topic: str, who: str) -> Muted:
    """Take a mute back. Raises UsageError when nothing by that name is muted."""
    now = radar.clock.now()
    window = last_days(radar)
    name = known_topic(radar, topic) if topic else ""
    with radar.store.begin() as unit:
        present = [one for one in unit.mutes.in_force(now) if not name or one.topic == name]
        wanted = {what.casefold(), *(target.casefold() for target in _targets(radar, unit, what, present))}
        found = next((one for one in present if one.target.casefold() in wanted), None)
        if found is None:
            listed = ", ".join(one.target for one in present)
            raise UsageError(f"{what!r} is not muted; muted are {listed}" if listed else f"{what!r} is not muted; nothing is")
        would_have, judged = _preview(radar, unit, as_muting(found), window)
        unit.mutes.end(found, now, who)
    return Muted(found, would_have, judged, window.since, window.until)


def subject(radar: Radar, unit: Unit, what: str, topic: str) -> tuple[Sort, str]:
    """What is meant: a dossier, an address, a term or organisation of the pack, a paper, or an office that wrote papers."""
    words = " ".join(what.split())
    dossier = _DOSSIER.fullmatch(words)
    if dossier:
        return Sort.DOSSIER, f"dossier:{dossier[1]}{dossier[2]}{dossier[3] or ''}"
    if "://" in words:
        return _address(radar, unit, words)
    pack = radar.settings.topics[topic]
    for concept in pack.concepts:
        named = {concept.id.casefold(): concept.id, **{t.text.casefold(): t.id for t in concept.terms}}
        named |= {term.id.casefold(): term.id for term in concept.terms}
        if words.casefold() in named:
            organisation = concept.tier.name == "organisation"
            return (Sort.ORGANISATION, words) if organisation else (Sort.TERM, named[words.casefold()])
    if words.upper().startswith("R-") or _is_id(words):
        publication = find.publication(radar, unit, words)
        if publication is None:
            raise UsageError(
                f"{words} is not in the archive; `beleidsradar why {words}` says why, and a dossier is muted as dossier:N"
            )
        return Sort.PAPER, publication.canonical
    if any(muting.wrote(words, paper.document) for paper in papers(unit, radar, last_days(radar))):
        return Sort.ORGANISATION, words
    terms = sorted({name for concept in pack.concepts for name in (concept.id, *(term.text for term in concept.terms))})
    near = get_close_matches(words, terms, 1, 0.6)
    hint = (
        f"did you mean {near[0]!r}?" if near else "it may be an id, dossier:N, a term of the pack, an organisation or an address"
    )
    raise UsageError(f"{words!r} is nothing that {topic} knows: {hint}")


def known_topic(radar: Radar, topic: str) -> str:
    """The topic meant: the only one when none is named. Raises UsageError for one that does not exist."""
    topics = radar.settings.topics
    if not topic and len(topics) == 1:
        return next(iter(topics))
    if topic not in topics:
        said = f"there is no topic {topic!r}" if topic else "name the topic with --topic"
        raise UsageError(f"{said}; configured are {', '.join(topics)}")
    return topic


def _address(radar: Radar, unit: Unit, url: str) -> tuple[Sort, str]:
    known = find.resource(radar, unit, url)
    if known is not None:
        return Sort.ADDRESS, known.url
    below = url.rstrip("/") + "/"
    if any(one.url.startswith(below) for source in radar.adapters for one in unit.resources.all(source)):
        return Sort.ADDRESS, url.rstrip("/")
    raise UsageError(f"no paper stands at or below {url}; `beleidsradar why {url}` says what is known of it")


def _day(moment: datetime) -> str:
    return local(moment).date().isoformat()


def _is_id(words: str) -> bool:
    try:
        return bool(normalise(words))
    except ValueError:
        return False


def _targets(radar: Radar, unit: Unit, what: str, present: Sequence[Mute]) -> list[str]:
    """What the words may stand for among the topics that have a mute."""
    found = []
    for topic in dict.fromkeys(one.topic for one in present if one.topic in radar.settings.topics):
        try:
            found.append(subject(radar, unit, what, topic)[1])
        except UsageError:
            continue  # another topic may know it; the caller says what is muted when none does
    return found


def _preview(radar: Radar, unit: Unit, one: Muting, window: Window) -> tuple[tuple[Moved, ...], int]:
    """What the mute would have demoted among the papers of the last 90 days, from how they were judged then."""
    seen: set[int] = set()

    def compared() -> Iterator[Compared]:
        for paper in papers(unit, radar, window):
            seen.add(paper.event.publication_id)
            event = paper.event
            after = demote(radar, (one,), paper.judged, paper.document, event.kind, paper.changes, paper.citations, paper.ids)
            yield paper, paper.judged, after

    return moved(compared()), len(seen)
