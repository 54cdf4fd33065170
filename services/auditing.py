"""topics audit: terms that cannot fire, words that are redundant or shared, terms that did not fire, and mutes that ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.calendar import local
from domain.term_doubts import Doubt, Sort, doubts
from services.muted import in_force
from services.past import DAYS, last_days, papers
from services.radar import Radar
from services.replay import judged_by

DEAD, REDUNDANT, SHARED = Sort.NEVER.value, Sort.REDUNDANT.value, Sort.SHARED.value
SILENT, ENDED = "silent", "ended"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: `sort` is never (it cannot fire), redundant (another word of its list always says it), shared (two
    concepts have it), silent (it did not fire), or ended (a mute ran out)."""

    topic: str
    sort: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, over how many papers of which days. Without a paper nothing is said of what did not fire."""

    since: date
    until: date
    days: int
    judged: int
    findings: tuple[Finding, ...]


def audit(radar: Radar, topic: str = "") -> Audit:
    """Look at every term of every pack (of one topic if named), with the papers of the last 90 days. Writes nothing."""
    topics = {name: pack for name, pack in radar.settings.topics.items() if topic in ("", name)}
    window = last_days(radar)
    fired: set[tuple[str, str]] = set()
    seen: set[int] = set()
    with radar.store.read() as unit:
        mutes = in_force(unit, window.end)
        for paper in papers(unit, radar, window):
            seen.add(paper.event.publication_id)
            fired |= {(one.topic, r.term) for one in judged_by(radar, radar.judge, mutes, paper) for r in one.reasons}
        ran_out = [mute for mute in unit.mutes.all() if mute.ended is None and window.begin <= mute.until <= window.end]
    findings: list[Finding] = []
    for name, pack in topics.items():
        noticed = tuple(doubts(pack))
        findings += [Finding(name, one.sort.value, _said(one), one.why) for one in noticed]
        dead = {one.id for one in noticed if one.sort is Sort.NEVER}
        silent = [term for term in pack.terms() if seen and term.id not in dead and (name, term.id) not in fired]
        why = f"stands in none of the {len(seen)} papers of the last {DAYS} days"
        findings += [Finding(name, SILENT, term.text, why) for term in silent]
    findings += [
        Finding(mute.topic, ENDED, mute.target, f"muted by {mute.who} until {local(mute.until).date()}: {mute.reason}")
        for mute in ran_out
        if mute.topic in topics
    ]
    return Audit(window.since, window.until, DAYS, len(seen), tuple(findings))


def _said(one: Doubt) -> str:
    """A term that cannot fire by itself; anything else with the place where it stands."""
    return one.text if one.sort is Sort.NEVER else f"{one.text} ({one.block}: {one.owner})"
