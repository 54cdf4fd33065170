"""The proof of coverage in words: which sources were checked until when, what lags, what is unread, where the gaps are."""

from __future__ import annotations

from datetime import date

from domain.digests import Digest, SourceCoverage
from notifications import moments
from notifications.safe import clean
from notifications.words import Words


def source_lines(digest: Digest, words: Words) -> tuple[str, ...]:
    """The line "Bronnen: N van M ..." and, per source, a line for everything that is not as it should be.

    A source counts as fully checked when it has a "complete until", no reason to be called stale and no gap; the time
    mentioned is that of the one checked longest ago, so that it holds for all of them.
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
    if not any(c.gaps for c in digest.coverage):
        first += " · " + (words.say("no_gaps_since", number=digest.number - 1) if digest.number > 1 else words.say("no_gaps"))
    return (first, *(line for source in digest.coverage for line in _remarks(source, words, today)))


def _whole(source: SourceCoverage) -> bool:
    return source.complete_until is not None and not source.stale and not source.gaps


def _remarks(source: SourceCoverage, words: Words, today: date) -> list[str]:
    name, lines = clean(source.name) or clean(source.source), []
    if source.complete_until is None:
        lines.append(words.say("stale_never", name=name))
    elif source.stale:
        moment = moments.short_moment(source.complete_until, words, today)
        lines.append(words.say("stale", name=name, moment=moment))
    if lines and source.stale:
        lines[0] += f" ({clean(source.stale)})"
    if source.unread:
        lines.append(words.say("unread", name=name, count=words.count(source.unread, "known")))
    lines += [words.say("gap", name=name, gap=clean(gap)) for gap in source.gaps]
    lines += [words.say("note", name=name, note=clean(note)) for note in source.notes]
    return lines
