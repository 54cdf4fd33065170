"""coverage: the board's answer, as text, JSON or a page to print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cli import folders, opening
from cli.output import as_json, say
from domain.calendar import day_and_time, duration
from notifications.coverage_page import render_coverage
from services.coverage_report import report
from services.coverage_values import DayState, DigestReport, Papers, Report, SourceReport
from services.coverage_words import page_of


def coverage(since: date, until: date, html: Path | None, *, json: bool) -> None:
    """What was asked, listed, read and told from one day to another, both included."""
    found = report(opening.radar(create=False), since, until)
    if html is not None:
        folders.write(html, render_coverage(page_of(found)), "--html")
    if json:
        as_json(found)
    elif html is not None:
        say(f"{found.since} to {found.until}: {html}")
    else:
        _print(found)


def _print(found: Report) -> None:
    for source in found.sources:
        _source(source)
        if source.lags_from and found.unknown_lags(source):
            say(f"  lags are known from {day_and_time(source.lags_from)}")
    for digest in found.digests:
        _digest(digest)
    for pack in found.packs:
        version = f" version {pack.version}" if pack.version else ""
        say(f"pack {pack.topic}{version} in force since {day_and_time(pack.since)} ({pack.fingerprint[:12]})")


def _source(found: SourceReport) -> None:
    visits, events = found.visits, found.events
    until = day_and_time(found.complete_until) if found.complete_until else "never"
    say(f"{found.source}: complete until {until}")
    say(
        f"  {visits.made} visits of {visits.planned} planned: {visits.accepted} accepted, {visits.partly} with a failing list, "
        f"{visits.rejected} rejected, {visits.open} cut off, {visits.resumed} taken up again; "
        f"longest pause {duration(visits.longest_pause)}"
    )
    say(f"  {_papers(found.papers)}")
    if found.first_look.listed:
        say(f"  first look: {_papers(found.first_look)}")
    say(
        f"  {events.found} events: {events.told} told, {events.held} held, {events.waiting} waiting, {events.quiet} quiet, "
        f"{events.awaiting} for approval, {events.retracted} retracted, {events.rejected} not accepted yet, "
        f"{events.unselected} in no digest"
    )
    for gap in found.gaps:
        filled = f"filled {day_and_time(gap.filled)} by {gap.by or 'another route'}" if gap.filled else f"OPEN: {gap.reason}"
        say(f"  gap: {gap.route}, {day_and_time(gap.since)} to {day_and_time(gap.until)}, {filled}")
    for lag in found.lags:
        end = f"to {day_and_time(lag.until)}" if lag.until else "and still"
        say(f"  lagged: {day_and_time(lag.since)} {end}, {'; '.join(lag.why) or 'no visit'}")
    bad = [day for day in found.days if day.state not in (DayState.COMPLETE, DayState.FILLED)]
    whole = len(found.days) - len(bad)
    say(f"  {whole} of {len(found.days)} days complete{''.join(f'; {day.day} {day.state.value}' for day in bad[:10])}")


def _papers(found: Papers) -> str:
    return (
        f"{found.listed} papers listed: {found.read} read, {found.unread} unread, {found.failed} could not be read, "
        f"{found.gone} gone"
    )


def _digest(found: DigestReport) -> None:
    if not found.issues:
        say(f"{found.digest}: no issue")
        return
    missing = f", missing {', '.join(map(str, found.missing))}" if found.missing else ""
    say(
        f"{found.digest}: {found.issues} issues, nr. {found.first} to {found.last}{missing}; {found.messages} messages: "
        f"{found.delivered} delivered, {found.waiting} waiting, {found.given_up} given up"
    )
    for late in found.late:
        say(f"  late: nr. {late.number}, planned {day_and_time(late.planned)}, made {day_and_time(late.made)}")
