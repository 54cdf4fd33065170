"""Why: for any address or id, was it seen, when, at what level, by which rule, told to whom, and if not, why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.assessments import Assessment, Level, Reason
from domain.citations import read_citations
from domain.errors import FetchError, FetchFailure, ReadingError
from domain.events import EventKind, Release, VisitState
from domain.listings import Answer
from domain.muting import MUTED
from services import find
from services.copies import Copy, copies_of, main_copy
from services.judging import judge
from services.muted import demote, in_force
from services.radar import Radar
from services.stories import Again, EventStory, Told, story
from services.when import when
from storage.publications import Publication
from storage.resources import Resource, ResourceState
from storage.unit_of_work import Unit

__all__ = ["Again", "EventStory", "Told", "Why", "why", "why_fetched"]

NOTHING = frozenset({"no_term", "never_alone", "no_context", "before_its_time", "only_changed_part"})
"""Rules that say that nothing of a topic counts here."""

POINTS = NOTHING | {"term", "same_concept", "tier_most", "dossier", "own_name", "outside_best_stretch"}
"""Rules that give or explain points; any other rule lifts or caps a paper whatever its points."""


@dataclass(frozen=True, slots=True)
class Why:
    """The answer in a line. `state` is one of:

    out_of_scope, never_seen, waiting and failed (known, not read); of a paper that was read: withdrawn, duplicate (asked by the
    address of a copy), sent, held, not_matched (nothing of any topic counts in it), read (anything else: it waits, is quiet, or
    awaits approval); fetched (read just now, written down nowhere).
    """

    asked: str
    state: str
    answer: str
    id: str
    item: str
    title: str
    urls: tuple[str, ...]
    routes: tuple[str, ...]
    events: tuple[EventStory, ...]


def why(radar: Radar, words: str, *, addresses: bool = False) -> Why:
    """What the archive knows of an address or id; quick, asks no site. With `addresses` recipients are named by theirs.

    Raises UsageError for what is neither.
    """
    with radar.store.read() as unit:
        publication = find.publication(radar, unit, words)
        if publication is not None:
            return _known(radar, unit, words, publication, addresses=addresses)
        resource = find.resource(radar, unit, words)
        if resource is not None:
            return _unread(radar, words, resource)
    return _unseen(radar, words)


def why_fetched(radar: Radar, words: str, *, addresses: bool = False) -> Why:
    """As `why`; a paper that was never read is read now from its allowed address and judged, without writing anything down."""
    known = why(radar, words, addresses=addresses)
    urls = find.addresses(radar, words)
    if known.events or not urls:
        return known
    for source, adapter in radar.adapters.items():
        url = next((u for u in urls if adapter.resource_url(u) == u), None)
        if url is None:
            continue
        try:
            return _judged(radar, source, url, words, known)
        except (FetchError, ReadingError) as error:
            answer = f"{known.answer}; fetching it now: {error}"
            return Why(words, known.state, answer, known.id, "", known.title, (url,), known.routes, ())
    return known


def _judged(radar: Radar, source: str, url: str, words: str, known: Why) -> Why:
    adapter = radar.adapters[source]
    scope = radar.settings.scope(source)
    document = adapter.read(url, _fetched(radar, source, url), scope).document.without([rule.text for rule in scope.noise])
    citations = [found for passage in document.passages for found in read_citations(passage.text)]
    assessments = judge(radar, document, EventKind.PUBLISHED, (), citations)
    with radar.store.read() as unit:
        mutes = in_force(unit, radar.clock.now())
    ids = (document.id, *document.aliases)
    assessments = demote(radar, mutes, assessments, document, EventKind.PUBLISHED, (), citations, ids)
    found = EventStory(url, "not recorded", "", "", "", assessments, ())
    before = known.answer.replace("; try --fetch", "")
    answer = f"{before}; read now: {_levels(assessments)}"
    return Why(
        words, "fetched", answer, document.id, "", document.title, (url,), known.routes or _routes(radar, source), (found,)
    )


def _fetched(radar: Radar, source: str, url: str) -> dict[str, Answer]:
    """The parts of a paper, asked as a visit would: politely, and only where robots.txt allows it."""
    answers: dict[str, Answer] = {}
    missing: set[str] = set()
    with radar.client(source) as client:
        for part in radar.adapters[source].parts(url):
            if part.instead_of and part.instead_of not in missing:
                continue
            try:
                answers[part.role] = client.fetch(part.url)
            except FetchError as error:
                if part.required or error.failure is not FetchFailure.MISSING:
                    raise
                missing.add(part.role)
    return answers


def _known(radar: Radar, unit: Unit, words: str, publication: Publication, *, addresses: bool) -> Why:
    copies = unit.resources.of_publication(publication.id)
    read = copies_of(unit, (publication.id,))[publication.id]
    main = main_copy(read, publication.canonical) if read else None
    stories = tuple(story(radar, unit, event, addresses=addresses) for event in unit.events.of_publication(publication.id))
    gone = bool(copies) and all(copy.state is ResourceState.GONE for copy in copies)
    duplicate = _is_copy(radar, words, main)
    state = _state(stories, gone=gone, duplicate=duplicate)
    answer = f"a copy of {publication.canonical}, told as one paper with it; " if duplicate else ""
    answer += f"seen {when(stories[0].seen, radar.clock.now())}" if stories else "seen"
    if gone:
        last = next((one for one in reversed(stories) if one.kind == EventKind.WITHDRAWN.value), None)
        answer += f"; withdrawn {when(last.seen, radar.clock.now())}" if last else "; withdrawn"
    answer += f"; {_where_told(stories) or _why_not(stories)}"
    judged = _levels(_best(stories))
    answer += f"; {judged}" if judged else ""
    routes = tuple(dict.fromkeys(route for copy in copies for route in copy.marks))
    title = main.document.title if main else ""
    urls = tuple(copy.url for copy in copies)
    return Why(words, state, answer, publication.canonical, publication.item_id, title, urls, routes, stories)


def _is_copy(radar: Radar, words: str, main: Copy | None) -> bool:
    """True when the question names an address of the paper that is not the one it is quoted from."""
    if main is None or "://" not in words:
        return False
    return main.resource.url not in find.addresses(radar, words)


def _state(stories: Sequence[EventStory], *, gone: bool, duplicate: bool) -> str:
    if gone:
        return "withdrawn"
    if duplicate:
        return "duplicate"
    told = [told for one in stories for told in one.told if told.issue]
    if any(one.level != Level.HELD.value for one in told):
        return "sent"
    found = [assessment for one in stories for assessment in one.assessments]
    if found and all(one.level is Level.HELD and {r.rule for r in one.reasons} <= NOTHING for one in found):
        return "not_matched"
    if found and all(one.level is Level.HELD for one in found):
        return "held"
    return "read"


def _best(stories: Sequence[EventStory]) -> tuple[Assessment, ...]:
    """Per topic the highest assessment of any event."""
    best: dict[str, Assessment] = {}
    for found in (assessment for one in stories for assessment in one.assessments):
        if found.topic not in best or (found.level.rank, -found.score) < (best[found.topic].level.rank, -best[found.topic].score):
            best[found.topic] = found
    return tuple(best[topic] for topic in sorted(best))


def _levels(assessments: Sequence[Assessment]) -> str:
    """Levels with the rule that weighs most: "procesinnovatie must_read by core_in_title"."""
    return ", ".join(f"{one.topic} {one.level.value} by {_deciding(one)}" for one in assessments)


def _deciding(found: Assessment) -> str:
    """The rule that decided: a mute, a sign of another subject, a floor or cap, else what weighs most."""

    def order(reason: Reason) -> tuple[int, int]:
        demotes = reason.rule == MUTED or (found.level is Level.HELD and reason.rule.startswith("negative:"))
        return (
            0 if demotes else 1 if reason.rule not in POINTS and not reason.rule.startswith("negative:") else 2,
            -abs(reason.weight),
        )

    return min(found.reasons, key=order).rule


def _where_told(stories: Sequence[EventStory]) -> str:
    """The issues that told it, and those that only counted it among the lower ones; "" when it stands in none."""
    told = [told for one in stories for told in one.told if told.issue]
    shown = list(dict.fromkeys(one.issue for one in told if one.level != Level.HELD.value))
    held = [one for one in dict.fromkeys(one.issue for one in told) if one not in shown]
    parts = [f"told in {', '.join(shown)}"] if shown else []
    return "; ".join([*parts, f"held back, counted in {', '.join(held)}"] if held else parts)


def _why_not(stories: Sequence[EventStory]) -> str:
    if stories and all(one.release == Release.QUIET.value for one in stories):
        return "never told: it was there before watching began, or came in by a backfill"
    if any(one.release == Release.AWAITING_APPROVAL.value for one in stories):
        return "not told yet: it waits for approval (a flood of old papers); `beleidsradar approve --list`"
    if any(one.visit == VisitState.OPEN.value for one in stories):
        return "not told yet: the visit that found it is not finished"
    if any(one.told for one in stories):
        return "not told yet: it waits for the next issue"
    return "not told: no digest selects its topics"


def _unread(radar: Radar, words: str, resource: Resource) -> Why:
    state = resource.state.value
    answer = f"known since {when(resource.first_listed, radar.clock.now())}, not read yet"
    if resource.failure:
        answer += f"; the last of {resource.failures} tries failed: {resource.failure}"
        state = ResourceState.FAILED.value
    return Why(words, state, answer, "", "", resource.title, (resource.url,), tuple(resource.marks), ())


def _unseen(radar: Radar, words: str) -> Why:
    for source, adapter in radar.adapters.items():
        url = next((u for u in find.addresses(radar, words) if adapter.resource_url(u) == u), None)
        if url is not None:
            routes = _routes(radar, source)
            answer = f"never seen: no route has shown it; {source} would have, through {', '.join(routes)}{_scope(radar, source)}"
            return Why(words, "never_seen", f"{answer}; try --fetch", "", "", "", (url,), routes, ())
    if "://" not in words:
        answer = "never seen, and no watched site has an address for this id"
        return Why(words, "out_of_scope", answer, "", "", "", (), (), ())
    hosts = {rate.host: source for source, adapter in radar.adapters.items() for rate in adapter.rates}
    source = hosts.get(_host(words), "")
    if source:
        answer = f"never seen: {source} is watched, but does not follow addresses like this one{_scope(radar, source)}"
    else:
        answer = f"never seen: not an address of a watched site ({', '.join(sorted(hosts))})"
    return Why(words, "out_of_scope", answer, "", "", "", (), (), ())


def _routes(radar: Radar, source: str) -> tuple[str, ...]:
    return tuple(route.name for route in radar.adapters[source].routes(radar.settings.scope(source)))


def _scope(radar: Radar, source: str) -> str:
    """What of a source is watched, where sources.yaml narrows it."""
    settings = radar.settings.sources[source]
    chosen = [*(f"kind {kind}" for kind in settings.kinds), *settings.paths]
    return f" (watched: {', '.join(chosen)})" if chosen else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
