"""mute, unmute, label, topics, replay and approve: the tools of whoever tunes, each with what it would have changed."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import typer

from cli import opening
from cli.output import as_json, complain, say
from domain.calendar import AMSTERDAM, local
from domain.errors import UsageError
from services import approving, auditing, labels, muting, trying
from services import deliver as delivering
from services import replay as replaying
from services.approving import Flood
from services.auditing import Audit
from services.muting import Muted
from services.past import DAYS, Moved
from services.trying import Trial
from services.when import when
from storage.mutes import Mute

MOST = 12
"""Papers that are named; `--json` has them all."""


def mute(what: str, topic: str, until: datetime | None, reason: str, by: str, *, preview: bool, json: bool) -> None:
    """Mute, and say what that would have held."""
    found = muting.mute(
        opening.radar(create=False),
        what,
        topic=topic,
        reason=reason,
        who=by or _user(),
        until=_end_of(until.date()) if until else None,
        preview=preview,
    )
    if json:
        as_json(found)
    else:
        say(f"{'would mute' if preview else 'muted'} {_mute(found.mute)}")
        if found.judged or not preview:
            _lowered("this", found)
    if preview:
        _nothing_read(found)


def unmute(what: str, topic: str, by: str, *, json: bool) -> None:
    """Take a mute back, and say what it would have held."""
    found = muting.unmute(opening.radar(create=False), what, topic=topic, who=by or _user())
    if json:
        as_json(found)
        return
    say(f"no longer muted: {_mute(found.mute)}")
    _lowered("it", found)


def label(paper: str, level: str, topic: str, reason: str, by: str, *, json: bool) -> None:
    """Add a paper to the team's examples."""
    radar = opening.radar(create=False)
    made = labels.label(radar, paper, level, topic=topic, reason=reason, who=by or _user())
    if json:
        as_json(
            {
                **{name: getattr(made, name) for name in ("id", "title", "topic", "level", "judged", "who", "at", "reason")},
                "file": str(radar.settings.home / labels.FILE),
            }
        )
        return
    say(f"{made.id} should be {made.level.value} for {made.topic}; the pack gives {made.judged.value}")
    if made.reached:
        say("`beleidsradar check` fails from now on when an edit takes it below that")
    else:
        say("no term finds it yet: `beleidsradar topics try` tries one; until then `beleidsradar check` warns")


def topics_try(topic: str, term: str, under: str, *, json: bool) -> None:
    """What a term would bring; warnings go to standard error."""
    found = trying.try_term(opening.radar(create=False), topic, term, under)
    if json:
        as_json(found)
    elif found.judged:
        _trial(found)
    for warning in found.warnings:
        complain(f"warning: {warning}")
    _nothing_read(found)


def _trial(found: Trial) -> None:
    say(f"{found.term!r} under {found.under} of {found.topic}, over {found.judged} papers of {_period(found)}:")
    say(f"  stands in {found.found} papers, {found.a_week:g} a week")
    say(f"  lifts {found.a_day:g} a working day to relevant or higher")
    for example in found.examples:
        say(f"  {example.level:<10} {example.id}  {example.title[:70]}")
        say(f'             "{example.sentence}"')
    _papers(f"gained: {len(found.gained)}", found.gained)
    _papers(f"lost: {len(found.lost)}", found.lost)


def topics_audit(topic: str, *, json: bool) -> None:
    """Terms that cannot or did not fire, what is redundant or shared, and mutes that ended."""
    radar = opening.radar(create=False)
    found = auditing.audit(radar, muting.known_topic(radar, topic) if topic else "")
    if json:
        as_json(found)
    else:
        _audit(found)
    _nothing_read(found)


def _audit(found: Audit) -> None:
    heads = {
        auditing.DEAD: "can never fire",
        auditing.REDUNDANT: "redundant: another word of the list says it already",
        auditing.SHARED: "stand in two concepts; decide where each belongs",
        auditing.SILENT: f"stand in none of the {found.judged} papers of {_period(found)}",
        auditing.ENDED: "mutes that ended",
    }
    for sort, head in heads.items():
        if sort == auditing.SILENT and not found.judged:
            continue
        these = [one for one in found.findings if one.sort == sort]
        say(f"{head}: {len(these)}")
        for one in these:
            say(f"  {one.topic}: {one.what}" + (f": {one.why}" if sort != auditing.SILENT else ""))


def replay(since: date, until: date, topics: Path | None, notify: str, *, json: bool) -> None:
    """Gained and lost over a period; with `notify` the gained are told once."""
    radar = opening.radar(create=False)
    if notify and topics is not None:
        raise UsageError(
            "--notify tells by the packs in force; put the pack into sources.yaml first, then replay without --topics"
        )
    if notify and notify not in radar.settings.digests:
        raise UsageError(f"there is no digest {notify!r}; configured are {', '.join(radar.settings.digests)}")
    found = replaying.replay(radar, since, until, topics)
    run = replaying.notify(radar, found, notify) if notify else None
    attempts = delivering.deliver_due(radar) if run else ()
    report = {name: getattr(found, name) for name in ("since", "until", "judged", "gained", "lost")}
    if json:
        issue = {"digest": run.digest, "number": run.number, "subject": run.subject} if run else None
        as_json({**report, **({"issue": issue, "attempts": attempts} if notify else {})})
        return
    say(f"{found.judged} papers of {found.since} to {found.until} judged again")
    _papers(f"gained: {len(found.gained)}", found.gained, most=None)
    _papers(f"lost: {len(found.lost)}", found.lost, most=None)
    if notify:
        said = f"{run.digest} nr. {run.number}: {run.subject}" if run else f"{notify}: nothing that its readers were not told"
        say(said)


def approve(visit: int | None, *, listing: bool, drop: bool, json: bool) -> None:
    """List, let go or make quiet what waits for a person."""
    if listing and drop:
        raise UsageError("--list looks and --drop decides; choose one")
    radar = opening.radar(create=False)
    now = radar.clock.now()
    if listing:
        floods = [one for one in approving.waiting(radar) if visit in (None, one.visit)]
        if json:
            as_json({"waiting": floods})
            return
        say(f"{sum(one.events for one in floods)} papers wait for approval")
        for one in floods:
            _flood(one, now)
        return
    done = approving.approve(radar, visit, drop=drop)
    if json:
        as_json(done)
        return
    what = "made quiet: nobody is told of them" if drop else "let go: the next issues tell them"
    say(f"{done.events} papers {what}" if done.events else "nothing waits for approval")
    for one in done.floods:
        _flood(one, now)


def _flood(one: Flood, now: datetime) -> None:
    levels = ", ".join(f"{count} {level}" for level, count in one.levels.items() if count)
    dates = f", dated {one.oldest} to {one.newest}" if one.oldest else ""
    say(f"  visit {one.visit} of {one.source}, {when(one.at, now)}: {one.events} papers ({levels}){dates}")
    for title in one.titles:
        say(f"    {title[:110]}")


def _period(found: Audit | Trial | Muted) -> str:
    return f"the last {DAYS} days ({found.since} to {found.until})"


def _nothing_read(found: Audit | Trial | Muted) -> None:
    """Ends with exit code 1 where the archive holds no paper of the period: no figure of it means anything then."""
    if not found.judged:
        complain(f"beleidsradar: no paper of {_period(found)} was read: it cannot be said what stood in them")
        raise typer.Exit(1)


def _lowered(what: str, found: Muted) -> None:
    if found.judged:
        said = f"{what} would have lowered {len(found.would_have)} of {found.judged} papers"
        _papers(f"over {_period(found)} {said}", found.would_have)
    else:
        say(f"what {what} would have lowered is not known: no paper of {_period(found)} was read")


def _papers(head: str, moved: Sequence[Moved], most: int | None = MOST) -> None:
    say(head)
    for one in moved[:most]:
        rule = f"{one.topic}, {one.rule} {one.term}".rstrip()
        say(f"  {one.before.value} -> {one.after.value}  {one.id}  {one.title[:70]}  [{rule}]")
    if most is not None and len(moved) > most:
        say(f"  ... and {len(moved) - most} more; --json has all")


def _mute(found: Mute) -> str:
    until = local(found.until - timedelta(seconds=1)).date()
    return f"{found.target} ({found.sort}) for {found.topic} until {until}, by {found.who}: {found.reason}"


def _end_of(day: date) -> datetime:
    """The end of a Dutch day: the day itself is still muted."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=AMSTERDAM).astimezone(UTC)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "unknown"
