"""The proof of coverage in words: which sources were checked until when, what lags, what is unread, where the gaps are."""

from __future__ import annotations

from datetime import date

from domain.digests import Digest
from domain.source_coverage import Failing, Gap, Remark, SourceCoverage, Stale
from notifications import moments
from notifications.safe import clean
from notifications.words import Words

_LAGGING = (Remark.BESIDE_LISTS, Remark.SILENT_DAYS)
"""Remarks by which the lists of a site lag, or may stand still: a source with one of them is not called fully checked."""


def source_lines(digest: Digest, words: Words) -> tuple[str, ...]:
    """The line "Bronnen: N van M ..." and, per source, a line for everything that is not as it should be.

    A source counts as fully checked when its lists were whole at the last visit that its own times planned and nothing below the
    line says that they lag or have a gap; the time mentioned is that of the one checked longest ago, so that it holds for all of
    them. That there are no gaps is said only when every source counts.
    """
    if not digest.coverage:
        return (words.say("sources_none"),)
    today = moments.day_of(digest.made)
    times = [c.complete_until for c in digest.coverage if c.complete_until is not None and _whole(c)]
    figures = {"complete": len(times), "total": len(digest.coverage)}
    first = (
        words.say("sources_until", moment=moments.near_moment(min(times), words, today), **figures)
        if times
        else words.say("sources", **figures)
    )
    if len(times) == len(digest.coverage):
        first += " · " + (words.say("no_gaps_since", number=digest.number - 1) if digest.number > 1 else words.say("no_gaps"))
    return (first, *(line for source in digest.coverage for line in _remarks(source, words, today)))


def _whole(source: SourceCoverage) -> bool:
    """True when nothing that is known of the source makes "fully checked" untrue."""
    if source.complete_until is None or source.stale is not None or source.behind or source.gaps:
        return False
    return not any(note.remark in _LAGGING for note in source.notes)


def _remarks(source: SourceCoverage, words: Words, today: date) -> list[str]:
    name, lines = clean(source.name) or clean(source.source), []
    if source.complete_until is None:
        lines.append(words.say("stale_never", name=name))
    elif source.stale is not None or source.behind:
        moment = moments.short_moment(source.complete_until, words, today)
        lines.append(words.say("stale", name=name, moment=moment))
    if lines and source.stale is not None:
        lines[0] += f" ({_stale(source.stale, words, today)})"
    if source.unread:
        lines.append(words.say("unread", name=name, count=words.count(source.unread, "known")))
    lines += [_gap(name, gap, words, today) for gap in source.gaps]
    lines += [words.say("note", name=name, note=words.count(note.count, note.remark.value)) for note in source.notes]
    return lines


def _stale(stale: Stale, words: Words, today: date) -> str:
    """Why a source lags: "rss sinds do 9 dec 16.40: storing bij de site"."""
    if stale.since is None:
        return words.say("stale_unvisited")
    moment = moments.short_moment(stale.since, words, today)
    if not stale.route:
        return words.say("stale_visit", moment=moment)
    failure = words.failures[(stale.failure or Failing.OTHER).value]
    return words.say("stale_route", route=clean(stale.route), moment=moment, failure=failure)


def _gap(name: str, gap: Gap, words: Words, today: date) -> str:
    since, until = (moments.short_moment(moment, words, today) for moment in (gap.since, gap.until))
    return words.say("gap", name=name, route=clean(gap.route), since=since, until=until)
