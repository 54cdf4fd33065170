"""What follows the items of an issue: what was held, what comes, what earlier issues had wrong, which questions stand open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from domain.assessments import Level
from domain.calendar import AMSTERDAM
from domain.digests import AHEAD, SOON, Ahead, ComingDate, Correction, Digest, Link
from domain.recess import in_recess
from notifications import moments
from notifications.headlines import coming_words
from notifications.outline import Block
from notifications.safe import clean, safe_url
from notifications.words import Section, Words


def after(digest: Digest, words: Words) -> list[Block]:
    """What follows the items. Held ones and far-off dates of an empty digest stay out: it is to be three lines."""
    today = moments.day_of(digest.made)
    held: list[tuple[Link, ...]] = [
        (Link(f"{group.count}x {clean(words.why(group.reason))}"),) for group in digest.held if group.count
    ]
    if digest.empty:
        held = []
    where = (Link(words.say("list_command", name=clean(digest.name))),) if held else ()  # no page has them
    coming = []
    for ahead in sorted(digest.coming, key=lambda c: (moments.day_of(c.when), c.what)):
        mark = f"{words.say('urgent_date')} " if ahead.urgent else ""
        left = moments.countdown(ahead.when, words, today)
        if ahead.sort is Ahead.ANSWER and in_recess(moments.day_of(ahead.when)):
            left = f"{left} · {words.say('recess')}"
        said = f"{mark}{moments.short_moment(ahead.when, words, today)}: {clean(coming_words(ahead, words))} · {left}"
        if not digest.empty or _soon(ahead, digest.made):
            coming.append((Link(said, safe_url(ahead.url)),))
    overdue = [
        (Link(clean(asked.title), safe_url(asked.url)), Link(_overdue(asked.due, words, today)))
        for asked in digest.open_questions
    ]
    heading = f"{words.heading(Section.HELD)} ({digest.counts()[Level.HELD.value]})"
    return [
        Block(Section.HELD, heading, lines=tuple(held), more=where),
        Block(Section.COMING, _coming_heading(digest, words), lines=tuple(coming)),
        Block(
            Section.CORRECTIONS,
            words.heading(Section.CORRECTIONS),
            lines=tuple((Link(_correction(one, words, today), safe_url(one.url)),) for one in digest.corrections),
        ),
        Block(Section.QUESTIONS, words.heading(Section.QUESTIONS), lines=tuple(overdue)),
    ]


def _coming_heading(digest: Digest, words: Words) -> str:
    """The heading with how far the list looks: "KOMENDE DATA (30 dagen)", "KOMENDE DATA (48 uur)"."""
    period = words.count(SOON // timedelta(hours=1), "hours") if digest.empty else words.count(AHEAD.days, "period_days")
    return f"{words.heading(Section.COMING)} ({period})"


def _soon(ahead: ComingDate, made: datetime) -> bool:
    when = ahead.when
    end = when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, 23, 59, tzinfo=AMSTERDAM)
    return ahead.urgent or end <= made + SOON


def _overdue(due: date, words: Words, today: date) -> str:
    day = moments.short_day(due, words, today)
    recess = f", {words.say('recess')}" if in_recess(due) else ""
    return f"{words.say('answer_due', day=day)} ({moments.countdown(due, words, today)}{recess})"


def _correction(made: Correction, words: Words, today: date) -> str:
    """ "In de digest van do 12 nov (nr. 8) stond «...»: het stuk is sindsdien verdwenen"."""
    what = words.say(f"correction_{made.sort.value}")
    if made.reason:
        what = f"{what} ({clean(made.reason)})"
    day = moments.short_day(made.made, words, today)
    return words.say("correction", day=day, number=made.number, heading=clean(made.heading), what=what)
