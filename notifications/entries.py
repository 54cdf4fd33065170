"""One item of a digest as an entry: which facts are shown at which length, and in what words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from domain.changes import ChangeSort
from domain.digests import ChainLink, Digest, DigestForm, Item, Length, Link
from domain.documents import Kind
from domain.events import EventKind
from notifications import differences, facts, moments
from notifications.outline import Entry, Row, Tone
from notifications.safe import clean, is_address, mailto, safe_url
from notifications.words import Words

HASH_SHOWN = 12  # characters of a snapshot's SHA-256: enough to name one of a million without a double
_ORDER = (Length.HEADINGS, Length.SHORT, Length.CONTEXT)


def shorter(one: Length, other: Length) -> Length:
    """The shorter of two lengths."""
    return min(one, other, key=_ORDER.index)


def has_facts(item: Item) -> bool:
    """True when the item changes a scheme fact and so belongs under Was/Wordt."""
    return not item.seen_in_full and any(change.sort is ChangeSort.FACT for change in item.changes)


def entry(item: Item, digest: Digest, words: Words, length: Length, with_reason: bool = False) -> Entry:
    """The item in this length. `with_reason` puts the reasons behind the heading (for mentions).

    An item that went out in full before is one line, whatever the length (design decision 11). Scheme facts are shown in
    every length: they are the news itself.
    """
    today = moments.day_of(digest.made)
    states = item.states
    if digest.form is DigestForm.START:  # nothing in a Startdossier is new
        states = tuple(state for state in states if state not in (EventKind.PUBLISHED, EventKind.ANSWERED))
    badge, heading = words.badge(item.kind, states), clean(item.heading) or clean(item.reference) or item.id
    asides = []
    if item.told_before:
        where = (
            words.say("told_item", moment=moments.past_moment(told.at, words, today), channel=told.channel.capitalize())
            for told in item.told_before
        )
        asides.append(words.say("told", where=clean(", ".join(where))))
    url = safe_url(item.url)
    if item.seen_in_full:
        return Entry(clean(item.id), badge, heading, url, " · ".join(asides))
    if item.due is not None:
        asides.append(_due(item, item.due, words, today))
    if with_reason and length is Length.HEADINGS and item.why:
        asides.append(clean("; ".join(words.why(reason) for reason in item.why)))
    changes = [facts.told(change, words) for change in item.changes]
    table = tuple(differences.fact(c) for c in changes if c.sort is ChangeSort.FACT)
    counted = words.count(item.text_changes, "text_changes") if item.text_changes else ""
    note = words.say("provisional", source=_host(item.url)) if item.provisional and table else ""
    if length is Length.HEADINGS:
        return Entry(clean(item.id), badge, heading, url, " · ".join(asides), facts=table, counted=counted, note=note)
    foot, plain_foot = _feet(item, digest, words, length)
    return Entry(
        id=clean(item.id),
        badge=badge,
        heading=heading,
        url=url,
        aside=" · ".join(asides),
        meta=_joined((_who(item, words), item.reference, item.dossier if length is Length.CONTEXT else "")),
        quote=clean(item.line),
        facts=table,
        edits=tuple(differences.step(c) for c in changes if c.sort is not ChangeSort.FACT),
        counted=counted,
        note=note,
        rows=_rows(item, words, today, length),
        foot=foot,
        plain_foot=plain_foot,
    )


def _who(item: Item, words: Words) -> str:
    return words.say("asks", who=item.who, to=item.to) if item.who and item.to else item.who


def _rows(item: Item, words: Words, today: date, length: Length) -> tuple[Row, ...]:
    rows = []
    if item.mention is not None:
        said = clean(item.mention.speaker)
        runs = (Link(clean(item.mention.sentence)), *((Link(said),) if said else ()))
        rows.append(Row(words.say("mentioned"), runs, Tone.MENTION))
    if length is Length.CONTEXT:
        rows += _chain(item.chain, words)
        if item.why:
            rows.append(Row(words.say("why"), (Link(clean(", ".join(words.why(reason) for reason in item.why))),)))
        if item.why_quote and clean(item.why_quote) != clean(item.line):
            rows.append(Row("" if item.why else words.say("why"), (Link(clean(item.why_quote)),), Tone.QUOTE))
        dates = _dates(item, words, today)
        if dates:
            rows.append(Row(words.say("dates"), tuple(Link(text) for text in dates)))
    return tuple(rows)


def _chain(chain: tuple[ChainLink, ...], words: Words) -> list[Row]:
    """A row per label, in order of first appearance."""
    by_label: dict[str, list[Link]] = {}
    for link in chain:
        text = clean(link.target.text) + (f" ({words.say('followed')})" if link.followed else "")
        by_label.setdefault(words.link_label(link.label), []).append(Link(text, safe_url(link.target.url)))
    return [Row(label, tuple(links)) for label, links in by_label.items()]


def _dates(item: Item, words: Words, today: date) -> list[str]:
    said = []
    if item.dated is not None:
        said.append(words.say("dated", day=moments.short_day(item.dated, words, today)))
    if item.published is not None:
        said.append(words.say("published", day=moments.short_moment(item.published, words, today)))
    if item.seen is not None:
        said.append(words.say("seen", moment=moments.short_moment(item.seen, words, today)))
    if item.late:
        said.append(words.say("late_paper"))
    return said


def _due(item: Item, due: date, words: Words, today: date) -> str:
    key = "answer_due" if item.kind in (Kind.QUESTION, Kind.EXTENSION) else "due"
    return f"{words.say(key, day=moments.short_day(due, words, today))} ({moments.countdown(due, words, today)})"


def _feet(item: Item, digest: Digest, words: Words, length: Length) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The small line below an item, twice: with links to act by, and in plain words.

    Copies elsewhere and the item id stand in both. The stored copy and "niet relevant?" are links as far as there is somewhere to
    link to; without links the copy is named by the beginning of its hash, and the closing lines say how to answer.
    """
    also: list[Link] = []
    acting: list[Link] = []
    named: list[Link] = []
    if length is Length.CONTEXT:
        for number, copy in enumerate(item.also):
            label = f"{words.say('also')} " if number == 0 else ""
            also.append(Link(label + clean(copy.text), safe_url(copy.url)))
        if item.snapshot:
            named.append(Link(words.say("copy_named", hash=clean(item.snapshot)[:HASH_SHOWN])))
        if is_address(digest.owner):
            if item.snapshot:
                acting.append(Link(words.say("copy"), mailto(digest.owner, words.say("mail_copy", id=clean(item.id)))))
            acting.append(Link(words.say("irrelevant"), mailto(digest.owner, words.say("mail_irrelevant", id=clean(item.id)))))
    said = Link(words.say("item", id=clean(item.id)))
    return (*also, *acting, said), (*also, *named, said)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(said for said in (clean(part) for part in parts) if said)


def _host(url: str) -> str:
    host = (urlsplit(safe_url(url)).hostname or "").removeprefix("www.")
    return host or "?"
