"""The words that carry the news of an issue: its subject and its first lines, in the language of the digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.assessments import Level
from domain.change import ChangeSort
from domain.digests import Ahead, ComingDate, Correction, DigestForm, Item
from domain.documents import Kind
from domain.events import EventKind
from domain.headlines import EXHAUSTED, SUBJECT_LENGTH, cut, leading, only_ahead, telling_fact
from domain.scheme_words import NOT_READ
from notifications import ahead as dates
from notifications import facts
from notifications.safe import clean
from notifications.words import Words, words_for

MOST_LINES = 3
_LONGEST_NAME = 40  # characters of a page's own heading in front of what changed; longer ones go by the name of the scheme
_HAPPENED = {
    EventKind.WITHDRAWN: "gone_item",
    EventKind.RESTORED: "back_item",
    EventKind.MOVED: "moved_item",
    EventKind.CORRECTED: "corrected_item",
    EventKind.ATTACHMENT_ADDED: "attachment_item",
    EventKind.ATTACHMENT_REPLACED: "replaced_item",
    EventKind.REVISED: "revised_item",
}


def subject(
    form: DigestForm,
    items: Sequence[Item],
    title: str,
    number: int,
    language: str,
    made: datetime,
    corrections: Sequence[Correction] = (),
) -> str:
    """The subject of an issue, at most 90 characters: its news, or what it corrects, or what sort of issue it is."""
    words, title = words_for(language), clean(title)
    if form is DigestForm.START:
        return cut(words.say("subject_start", title=title, count=words.count(len(items), "items")), SUBJECT_LENGTH)
    news = _news(items, words, made)
    if form is DigestForm.OVERVIEW:
        return cut(words.say("subject_overview", title=title, news=news or words.say("nothing_new")), SUBJECT_LENGTH)
    if form is DigestForm.LATE:
        return cut(words.say("subject_late", news=news or words.say("nothing_new")), SUBJECT_LENGTH)
    if not news and corrections:
        return cut(words.say("subject_correction", heading=clean(corrections[0].heading)), SUBJECT_LENGTH)
    return news or cut(words.say("subject_nothing", title=title, number=number), SUBJECT_LENGTH)


def first_lines(items: Sequence[Item], coming: Sequence[ComingDate], made: datetime, language: str) -> tuple[str, ...]:
    """At most three lines for "Eerst dit": must-read news, then what has to be done within 48 hours. A date that is near keeps
    its place however much there is to read."""
    words = words_for(language)
    near = [dates.coming(one, words, made) for one in coming if one.urgent]
    must = [_first_line(item, words, made) for item in leading(items) if item.level is Level.MUST_READ]
    shown = must[: max(1, MOST_LINES - len(near))]
    return tuple(line[:1].upper() + line[1:] for line in map(clean, (*shown, *near)[:MOST_LINES]))


def coming_words(ahead: ComingDate, words: Words) -> str:
    """What lies ahead: "WBSO: aanvragen uiterlijk (start 1 januari)", "antwoord verwacht: Vragen over fieldlabs"."""
    if ahead.sort is Ahead.ANSWER:
        return words.say("answer_expected", title=ahead.what)
    return f"{ahead.what}: {facts.ahead(ahead.fact, words)}" if ahead.fact is not None else ahead.what


def _news(items: Sequence[Item], words: Words, made: datetime) -> str:
    """At most 90 characters that carry the news: the two most important items, and how many more; "" when there is none."""
    shown = leading(items)
    if not shown:
        return ""
    first = _short(shown[0], words, made)
    if len(shown) == 1:
        return cut(first, SUBJECT_LENGTH)
    rest = f" + {len(shown) - 2}" if len(shown) > 2 else ""
    both = f"{first} · {_short(shown[1], words, made)}{rest}"
    if len(both) <= SUBJECT_LENGTH:
        return both
    more = f" + {len(shown) - 1}"
    return cut(first, SUBJECT_LENGTH - len(more)) + more


def _first_line(item: Item, words: Words, made: datetime) -> str:
    said = _happened(item, words, made)
    if said:
        return said
    if item.mention is None:
        return item.heading
    named = words.say("named", n=item.mention.count) if item.mention.count > 1 else words.grounds["own_name"]
    return f"{item.heading} ({named})"


def _short(item: Item, words: Words, made: datetime) -> str:
    said = _happened(item, words, made)
    if said:
        return clean(said)
    name, heading = words.name(item.kind), clean(item.heading)
    if item.kind is Kind.SCHEME or heading.casefold().startswith(name.casefold()):
        return heading
    return f"{name}: {heading}"


def _happened(item: Item, words: Words, made: datetime) -> str:
    """What happened to a paper that was known: a changed fact, a date that came near, that it is gone; "" for a new one."""
    fact = telling_fact(item)
    if fact is not None:
        told = facts.told(fact, words)
        label = told.label.partition(", art")[0]
        if fact.label.startswith("status") or fact.after == EXHAUSTED:
            return f"{_name(item)}: {told.after}"
        step = f"{told.before} → {told.after}" if told.before and fact.before != NOT_READ else told.after
        return f"{_name(item)}: {label} {step}"
    if only_ahead(item):
        said = next((dates.announced(one, words, made) for one in item.changes if one.sort is ChangeSort.AHEAD), "")
        return f"{_name(item)}: {said}" if said else ""
    for change in item.changes:
        if change.sort is ChangeSort.CONFLICT:
            label = facts.told(change, words).label.partition(": ")[2]
            return f"{_name(item)}: {words.say('contradiction_short', label=label)}"
    state = next((one for one in item.states[::-1] if one in _HAPPENED), None)
    if state is None or EventKind.PUBLISHED in item.states:
        return ""
    return words.say(_HAPPENED[state], what=_name(item))


def _name(item: Item) -> str:
    """What a changed paper is called in few words: its heading when that is short, else the scheme that it is about."""
    if item.scheme and len(item.heading) > _LONGEST_NAME:
        return item.scheme
    return item.heading.replace(": ", " ", 1) if item.scheme else item.heading
