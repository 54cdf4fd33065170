"""The words that carry the news of an issue: its subject and its first lines, in the language of the digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.assessments import Level
from domain.digests import Ahead, ComingDate, DigestForm, Item
from domain.documents import Kind
from domain.events import EventKind
from domain.headlines import SUBJECT_LENGTH, changed_facts, cut, leading
from notifications import facts, moments
from notifications.words import Words, words_for

MOST_LINES = 3


def subject(form: DigestForm, items: Sequence[Item], title: str, number: int, language: str) -> str:
    """The subject of an issue, at most 90 characters: its news, or what sort of issue it is."""
    words = words_for(language)
    if form is DigestForm.START:
        return cut(words.say("subject_start", title=title, count=words.count(len(items), "items")), SUBJECT_LENGTH)
    if form is DigestForm.OVERVIEW:
        news = _news(items, words) or words.say("nothing_new")
        return cut(words.say("subject_overview", title=title, news=news), SUBJECT_LENGTH)
    return _news(items, words) or cut(words.say("subject_nothing", title=title, number=number), SUBJECT_LENGTH)


def first_lines(items: Sequence[Item], coming: Sequence[ComingDate], now: datetime, language: str) -> tuple[str, ...]:
    """At most three lines for "Eerst dit": must-read news, then what has to be done soon."""
    words, today = words_for(language), moments.day_of(now)
    lines = [_first_line(item, words) for item in leading(items) if item.level is Level.MUST_READ]
    for ahead in coming:
        if ahead.urgent:
            left = moments.countdown(ahead.when, words, today)
            lines.append(f"{coming_words(ahead, words)}: {moments.short_day(ahead.when, words, today)} ({left})")
    return tuple(lines[:MOST_LINES])


def coming_words(ahead: ComingDate, words: Words) -> str:
    """What lies ahead: "WBSO: aanvragen uiterlijk (start 1 januari)", "antwoord verwacht: Vragen over fieldlabs"."""
    if ahead.sort is Ahead.ANSWER:
        return words.say("answer_expected", title=ahead.what)
    return f"{ahead.what}: {facts.ahead(ahead.fact, words)}" if ahead.fact is not None else ahead.what


def _news(items: Sequence[Item], words: Words) -> str:
    """At most 90 characters that carry the news: the two most important items, and how many more; "" when there is none."""
    shown = leading(items)
    if not shown:
        return ""
    first = _short(shown[0], words)
    if len(shown) == 1:
        return cut(first, SUBJECT_LENGTH)
    rest = f" + {len(shown) - 2}" if len(shown) > 2 else ""
    both = f"{first} · {_short(shown[1], words)}{rest}"
    if len(both) <= SUBJECT_LENGTH:
        return both
    more = f" + {len(shown) - 1}"
    return cut(first, SUBJECT_LENGTH - len(more)) + more


def _first_line(item: Item, words: Words) -> str:
    if step := _step(item, words):
        return f"{item.heading}: {step}"
    if item.mention is not None:
        return f"{item.heading} ({words.grounds['own_name']})"
    return item.heading


def _short(item: Item, words: Words) -> str:
    if step := _step(item, words):
        return f"{item.heading.partition(': ')[0]}: {step}"
    name = words.name(item.kind)
    if EventKind.SCHEME_CHANGED in item.states or item.kind is Kind.SCHEME:
        return item.heading
    return item.heading if item.heading.casefold().startswith(name.casefold()) else f"{name}: {item.heading}"


def _step(item: Item, words: Words) -> str:
    """The first fact of a scheme that changed: "tarief eerste schijf 40% → 32%"; "" when none did."""
    for change in changed_facts(item)[:1]:
        told = facts.told(change, words)
        return f"{told.label} {told.before} → {told.after}"
    return ""
