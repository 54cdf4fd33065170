"""Why: for any address or id, was it seen, when, at what level, by which rule, told to whom, and if not, why not."""

from __future__ import annotations

from dataclasses import dataclass

from domain.assessments import Assessment, Level
from domain.citations import read_citations
from domain.errors import FetchError, ReadingError
from domain.events import EventKind, Release, VisitState
from domain.listings import Answer
from services import find
from services.radar import Radar
from services.record import judge, level_for
from services.when import when
from storage.events import RecordedEvent
from storage.publications import Publication
from storage.resources import Resource, ResourceState
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Told:
    """Where one digest has put the event: not selected, waiting, in an issue, and how its deliveries stand."""

    digest: str
    level: str
    issue: str
    deliveries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventStory:
    """One event of the paper at one of its addresses, with how it was judged and told; `seen` is ISO 8601 in UTC."""

    url: str
    kind: str
    seen: str
    release: str
    visit: str
    assessments: tuple[Assessment, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The answer in a line; `state` is out_of_scope, never_seen, waiting, failed, read, gone or fetched."""

    asked: str
    state: str
    answer: str
    id: str
    item: str
    title: str
    urls: tuple[str, ...]
    routes: tuple[str, ...]
    events: tuple[EventStory, ...]


def why(radar: Radar, words: str) -> Why:
    """What the archive knows of an address or id; quick, asks no site. Raises UsageError for what is neither."""
    with radar.store.read() as unit:
        publication = find.publication(radar, unit, words)
        if publication is not None:
            return _known(radar, unit, words, publication)
        resource = find.resource(radar, unit, words)
        if resource is not None:
            return _unread(radar, words, resource)
    return _unseen(radar, words)


def why_fetched(radar: Radar, words: str) -> Why:
    """As `why`; a paper that was never read is read now from its allowed address and judged, without writing anything down."""
    known = why(radar, words)
    urls = find.addresses(radar, words)
    if known.state in ("read", "gone") or not urls:
        return known
    for source, adapter in radar.adapters.items():
        url = next((u for u in urls if adapter.resource_url(u) == u), None)
        if url is None:
            continue
        try:
            return _judged(radar, source, url, words, known)
        except (FetchError, ReadingError) as error:
            return Why(
                words, known.state, f"{known.answer}; fetching it now: {error}", known.id, "", "", (url,), known.routes, ()
            )
    return known


def _judged(radar: Radar, source: str, url: str, words: str, known: Why) -> Why:
    adapter = radar.adapters[source]
    answers: dict[str, Answer] = {}
    with radar.client(source) as client:
        for part in adapter.parts(url):
            try:
                answers[part.role] = client.fetch(part.url)
            except FetchError:
                if part.required:
                    raise
    document = adapter.read(url, answers, radar.settings.scope(source)).document
    assessments = judge(
        radar, document, EventKind.PUBLISHED, (), [c for passage in document.passages for c in read_citations(passage.text)]
    )
    routes = tuple(route.name for route in adapter.routes(radar.settings.scope(source)))
    story = EventStory(url, "not recorded", "", "", "", assessments, ())
    answer = f"{known.answer}; read now: it would be judged as below. Route that should have shown it: {', '.join(routes)}"
    return Why(words, "fetched", answer, document.id, "", document.title, (url,), routes, (story,))


def _known(radar: Radar, unit: Unit, words: str, publication: Publication) -> Why:
    copies = unit.resources.of_publication(publication.id)
    events = unit.events.of_publication(publication.id)
    stories = tuple(_story(radar, unit, event) for event in events)
    title = ""
    for copy in copies:
        latest = unit.snapshots.latest_version(copy.id)
        title = title or (latest.document.title if latest else "")
    gone = copies and all(copy.state is ResourceState.GONE for copy in copies)
    answer = f"seen {when(events[0].seen, radar.clock.now())}" if events else "seen"
    answer += f"; {_where_told(stories) or _why_not(stories)}"
    routes = tuple(dict.fromkeys(route for copy in copies for route in copy.marks))
    return Why(
        words,
        "gone" if gone else "read",
        answer,
        publication.canonical,
        publication.item_id,
        title,
        tuple(copy.url for copy in copies),
        routes,
        stories,
    )


def _where_told(stories: tuple[EventStory, ...]) -> str:
    """The issues that told it, and those that only counted it among the lower ones; "" when it stands in none."""
    told = [told for story in stories for told in story.told if told.issue]
    shown = list(dict.fromkeys(one.issue for one in told if one.level != Level.HELD.value))
    held = [one for one in dict.fromkeys(one.issue for one in told) if one not in shown]
    parts = [f"told in {', '.join(shown)}"] if shown else []
    return "; ".join([*parts, f"held back, counted in {', '.join(held)}"] if held else parts)


def _why_not(stories: tuple[EventStory, ...]) -> str:
    if stories and all(story.release == Release.QUIET.value for story in stories):
        return "never told: it was there before watching began, or came in by a backfill"
    if any(story.release == Release.AWAITING_APPROVAL.value for story in stories):
        return "not told yet: it waits for approval (a flood of old papers)"
    if any(story.visit == VisitState.OPEN.value for story in stories):
        return "not told yet: the visit that found it is not finished"
    if any(story.told for story in stories):
        return "not told yet: it waits for the next issue"
    return "not told: no digest selects its topics"


def _story(radar: Radar, unit: Unit, event: RecordedEvent) -> EventStory:
    assessments = unit.events.assessments(event.id)
    told = []
    for digest in radar.settings.digests.values():
        level = level_for(digest, assessments)
        if level is None:
            continue
        run = unit.issues.issue_of(event.id, digest.name)
        if run is None and not unit.issues.is_waiting(event.id, digest.name):
            continue
        deliveries = unit.outbox.deliveries(run_id=run.id) if run else ()
        told.append(
            Told(
                digest.name,
                level.value,
                f"{digest.name} nr. {run.number}" if run else "",
                tuple(
                    f"{d.channel} {d.part}/{d.parts}: {d.state.value}"
                    + (f" {when(d.delivered, radar.clock.now())}" if d.delivered else "")
                    for d in deliveries
                ),
            )
        )
    return EventStory(
        unit.resources.get(event.resource_id).url,
        event.kind.value,
        event.seen.isoformat(),
        event.release.value,
        unit.visits.get(event.visit_id).state.value,
        assessments,
        tuple(told),
    )


def _unread(radar: Radar, words: str, resource: Resource) -> Why:
    state = resource.state.value
    answer = f"known since {when(resource.first_listed, radar.clock.now())}, not read yet"
    if resource.failure:
        answer += f"; the last try failed: {resource.failure}"
    return Why(words, state, answer, "", "", resource.title, (resource.url,), tuple(resource.marks), ())


def _unseen(radar: Radar, words: str) -> Why:
    urls = find.addresses(radar, words)
    if urls:
        return Why(words, "never_seen", "never seen: no route has shown it; try --fetch", "", "", "", urls, (), ())
    if "://" not in words:
        answer = "never seen, and no watched site has an address for this id"
        return Why(words, "out_of_scope", answer, "", "", "", (), (), ())
    hosts = sorted({rate.host for adapter in radar.adapters.values() for rate in adapter.rates})
    answer = f"never seen: not an address of a watched site ({', '.join(hosts)})"
    return Why(words, "out_of_scope", answer, "", "", "", (), (), ())
