"""replay: the papers of a period judged again, what that gains and loses, and telling the gained once.

Nothing that was written down is rewritten. Looking writes nothing. Telling writes the new judgement beside the old one
(`storage.rejudgements`), so that both can be explained; from then on the new one holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from domain.assessments import Assessment, Level
from domain.calendar import AMSTERDAM, local
from domain.errors import ConfigurationError, UsageError
from domain.events import Release
from domain.muting import Muting
from domain.relevance import Judge
from domain.topics import TopicPack
from services import digest as making
from services import judging
from services.announce import level_for
from services.compose import recipients
from services.muted import demote, in_force
from services.packs import load_pack
from services.past import Compared, Moved, PastPaper, Window, moved, papers
from services.radar import Radar
from services.settings import DigestSettings
from storage.issues import DigestRun
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Replay:
    """What a period gives with these packs: `gained` rank higher, `lost` lower than the archive says; `judged` counts papers.

    `changed` holds the new assessments of every event that is judged otherwise, for telling; it is no part of the report.
    """

    since: str
    until: str
    judged: int
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    changed: Mapping[int, tuple[Assessment, ...]] = field(repr=False, compare=False)


def replay(radar: Radar, since: date, until: date, file: Path | None = None) -> Replay:
    """Judge every paper of the period (both days included) with the packs in force, or with the pack in a file in the place of
    its topic's. Writes nothing. Raises UsageError for a period that is none, ConfigurationError for a file with faults."""
    begin, end = _period(radar, since, until)
    judge = radar.judge if file is None else judge_with(radar, packs_with(radar, file))
    with radar.store.read() as unit:
        return _replayed(radar, unit, judge, begin, end)


def over(radar: Radar, unit: Unit, judge: Judge, begin: datetime, end: datetime) -> Iterator[Compared]:
    """Every paper of a period with what the archive says of it and what this judge makes of it, under the mutes in force."""
    mutes = in_force(unit, radar.clock.now())
    for paper in papers(unit, radar, Window(begin, end)):
        yield paper, paper.judged, judged_by(radar, judge, mutes, paper)


def judged_by(radar: Radar, judge: Judge, mutes: Sequence[Muting], paper: PastPaper) -> tuple[Assessment, ...]:
    """What a judge makes of a paper of the past under these mutes, sorted by topic."""
    event = paper.event
    found = judging.judge(radar, paper.document, event.kind, paper.changes, paper.citations, judge)
    if mutes:
        found = demote(radar, mutes, found, paper.document, event.kind, paper.changes, paper.citations, paper.ids)
    return tuple(sorted(found, key=lambda one: one.topic))


def judge_with(radar: Radar, packs: Mapping[str, TopicPack]) -> Judge:
    """A judge of these packs, the organisation and the follows that are configured."""
    follows = tuple(dict.fromkeys(followed for digest in radar.settings.digests.values() for followed in digest.follow))
    return Judge(tuple(packs.values()), radar.settings.organisation, follows)


def packs_with(radar: Radar, file: Path) -> dict[str, TopicPack]:
    """The packs in force with the one in a file in the place of its topic's: the topic that it names, or the only one."""
    loaded = load_pack(file)
    if loaded.pack is None:
        raise ConfigurationError(loaded.faults)
    topics = dict(radar.settings.topics)
    name = loaded.pack.topic if loaded.pack.topic in topics else next(iter(topics)) if len(topics) == 1 else ""
    if not name:
        raise UsageError(f"--topics {file}: write topic: in it; configured are {', '.join(topics)}")
    return {**topics, name: loaded.pack.named(name)}


def notify(radar: Radar, found: Replay, digest: str) -> DigestRun | None:
    """Tell a digest what the replay gained, once, in one issue of its own ("Nagekomen door nieuwe zoektermen").

    Told is what the digest did not show before and shows now, unless the paper stood in one of its issues, or all its readers
    were told by the ledger. None when nothing of that is left. Doing it again tells nothing.
    """
    settings = radar.settings.digests[digest]
    now = radar.clock.now()
    with radar.store.begin() as unit:
        wanted = [event_id for event_id in found.changed if _is_new_to(unit, radar, settings, found, event_id)]
        if not wanted:
            return None
        cause = f"replay of {found.since} to {found.until} for {digest}"
        for event_id in wanted:
            before = {one.topic: one for one in unit.events.assessments(event_id)}
            for one in found.changed[event_id]:
                if before.get(one.topic) != one:
                    unit.rejudgements.add(event_id, one, pack=radar.packs.get(one.topic, ""), cause=cause, at=now)
            if unit.events.get(event_id).release is Release.QUIET:
                unit.events.open(event_id)
        events = sorted((unit.events.get(event_id) for event_id in wanted), key=lambda event: (event.seen, event.key))
        run = making.make_late(radar, unit, digest, events)
        for event_id in wanted:
            level = level_for(settings, found.changed[event_id]) or Level.HELD
            unit.rejudgements.tell_again(event_id, digest, level, run.id, now)
        return run


def _is_new_to(unit: Unit, radar: Radar, settings: DigestSettings, found: Replay, event_id: int) -> bool:
    event = unit.events.get(event_id)
    if event.release not in (Release.QUIET, Release.OPEN) or event_id in unit.rejudgements.told_again(settings.name):
        return False
    if _shown(settings, unit.events.assessments(event_id)) or not _shown(settings, found.changed[event_id]):
        return False
    keys = [one.key for one in unit.events.of_publication(event.publication_id)]
    if unit.rejudgements.in_an_issue(settings.name, keys):
        return False
    targets = [radar.ledger.told(radar.ledger.target(channel, name)) for channel, name in recipients(radar, settings)]
    return not targets or not any(all(key in told for told in targets) for key in keys)


def _shown(settings: DigestSettings, assessments: Sequence[Assessment]) -> bool:
    level = level_for(settings, assessments)
    return level is not None and level is not Level.HELD and level in settings.levels


def _replayed(radar: Radar, unit: Unit, judge: Judge, begin: datetime, end: datetime) -> Replay:
    seen: set[int] = set()
    changed: dict[int, tuple[Assessment, ...]] = {}

    def noted() -> Iterator[Compared]:
        for paper, before, after in over(radar, unit, judge, begin, end):
            seen.add(paper.event.publication_id)
            if {one.topic: one.level for one in before} != {one.topic: one.level for one in after}:
                changed[paper.event.id] = tuple(after)
            yield paper, before, after

    found = moved(noted())
    return Replay(
        local(begin).date().isoformat(),
        local(end).date().isoformat(),
        len(seen),
        tuple(one for one in found if one.gained),
        tuple(one for one in found if not one.gained),
        changed,
    )


def _period(radar: Radar, since: date, until: date) -> tuple[datetime, datetime]:
    today = local(radar.clock.now()).date()
    if since > until:
        raise UsageError(f"--since {since} lies after --until {until}; swap them")
    if since > today:
        raise UsageError(f"--since {since} lies in the future; today is {today}")
    begin = datetime.combine(since, time(), tzinfo=AMSTERDAM)
    return begin, datetime.combine(until + timedelta(days=1), time(), tzinfo=AMSTERDAM) - timedelta(microseconds=1)
