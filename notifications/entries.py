"""One item of a digest as an entry: which facts are shown at which length, and in what words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from domain.attention import TABLED, changes_scheme
from domain.changes import Change, ChangeSort
from domain.digests import ChainLink, Digest, DigestForm, Item, Length, Link, Quoted
from domain.documents import Kind
from domain.events import EventKind
from domain.recess import in_recess
from notifications import ahead, differences, facts, moments, places
from notifications.outline import Entry, Row, Tone
from notifications.safe import clean, is_address, mailto, safe_url
from notifications.words import Words

HASH_SHOWN = 12  # characters of a snapshot's SHA-256: enough to name one of a million without a double
MOST_REASONS = 6
MOST_CITING = 4
FEWEST_WORDS = 8  # a sentence that cites in fewer words than these says nothing beside it
_SAID = (ChangeSort.PLACE, ChangeSort.AHEAD, ChangeSort.CONFLICT, ChangeSort.UNREAD)
_ATTACHED = {EventKind.ATTACHMENT_ADDED, EventKind.ATTACHMENT_REPLACED}
_ORDER = (Length.HEADINGS, Length.SHORT, Length.CONTEXT)


def shorter(one: Length, other: Length) -> Length:
    """The shorter of two lengths."""
    return min(one, other, key=_ORDER.index)


def has_facts(item: Item) -> bool:
    """True when the item changes a scheme fact and so belongs under Was/Wordt."""
    return changes_scheme(item)


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
    asides = _earlier(item, words, today)
    url = safe_url(item.url)
    if item.seen_in_full:
        return Entry(clean(item.id), badge, heading, url, " · ".join(asides))
    if item.due is not None and not any(change.sort is ChangeSort.AHEAD for change in item.changes):
        asides.append(_due(item, item.due, words, today))
    if with_reason and length is Length.HEADINGS and item.why:
        asides.append(clean("; ".join(words.why(reason) for reason in item.why)))
    changes = [facts.told(change, words) for change in item.changes]
    table = tuple(differences.fact(c) for c in changes if c.sort is ChangeSort.FACT)
    sentences = tuple(
        _sentence(told, change, digest, words) for told, change in zip(changes, item.changes, strict=True) if change.sort in _SAID
    )
    counted = words.count(item.text_changes, "text_changes") if item.text_changes else ""
    note = words.say("provisional", source=_host(item.url)) if item.provisional and table else ""
    if length is Length.HEADINGS:
        # What an attachment brings stands nowhere in the paper that the heading names: its sentence is shown in every length.
        quote = clean(item.why_quote) if _ATTACHED & set(item.states) else ""
        said = _is(item.why_quote_is, words) if quote else ""
        return Entry(
            clean(item.id), badge, heading, url, " · ".join(asides), "", quote, said, sentences, table, counted=counted, note=note
        )
    foot, plain_foot = _feet(item, digest, words, length)
    return Entry(
        id=clean(item.id),
        badge=badge,
        heading=heading,
        url=url,
        aside=" · ".join(asides),
        meta=_joined((_who(item, words), item.reference, item.dossier if length is Length.CONTEXT else "")),
        quote=clean(item.line),
        quote_is=_is(item.line_is, words),
        said=sentences,
        facts=table,
        edits=tuple(differences.step(c) for c in changes if c.sort not in (*TABLED, *_SAID)),
        counted=counted,
        note=note,
        rows=_rows(item, words, today, length),
        foot=foot,
        plain_foot=plain_foot,
    )


def _earlier(item: Item, words: Words, today: date) -> list[str]:
    """Where these readers saw it before, and the urgent message that it follows."""
    asides = []
    if item.told_before:
        where = (
            words.say("told_item", moment=moments.past_moment(told.at, words, today), channel=told.channel.capitalize())
            for told in item.told_before
        )
        asides.append(words.say("told", where=clean(", ".join(where))))
    if item.follow_up is not None:
        moment = moments.past_moment(item.follow_up.at, words, today)
        asides.append(words.say("follow_up", number=item.follow_up.number, moment=moment))
    return asides


def _sentence(told: Change, change: Change, digest: Digest, words: Words) -> str:
    """What happened, as a sentence; a stored comparison says it in words of a table."""
    if change.sort is ChangeSort.AHEAD:
        said = ahead.announced(change, words, digest.made)
        return clean(said[:1].upper() + said[1:])
    if change.sort is ChangeSort.CONFLICT:
        label = told.label.partition(": ")[2] or told.label
        return clean(words.say("contradiction", label=label, before=told.before, after=told.after))
    if change.sort is ChangeSort.UNREAD:
        return clean(words.say("unread_text", label=told.label[:1].upper() + told.label[1:], after=told.after))
    return clean(places.said(change, words))


def _is(quoted: Quoted, words: Words) -> str:
    """What a quote is, "" for a sentence of the paper's own."""
    return "" if quoted is Quoted.SENTENCE else words.say(f"from_{quoted.value}")


def _who(item: Item, words: Words) -> str:
    return words.say("asks", who=item.who, to=item.to) if item.who and item.to else item.who


def _rows(item: Item, words: Words, today: date, length: Length) -> tuple[Row, ...]:
    rows = []
    if item.mention is not None:
        said = clean(item.mention.speaker)
        runs = (Link(clean(item.mention.sentence)), *((Link(said),) if said else ()))
        rows.append(Row(words.say("mentioned"), runs, Tone.MENTION))
    if item.action and length is Length.CONTEXT:
        rows.append(Row(words.say("action"), (Link(clean(item.action)),), Tone.MENTION))
    if length is Length.CONTEXT:
        shown_before = {clean(item.line), clean(item.why_quote), clean(item.action)}
        rows += _chain(item.chain, words)
        if item.why:
            rows.append(Row(words.say("why"), (Link(_reasons(item, words)),)))
        if item.why_quote and clean(item.why_quote) != clean(item.line):
            runs = (Link(clean(item.why_quote)), *map(Link, filter(None, (_is(item.why_quote_is, words),))))
            rows.append(Row("" if item.why else words.say("why"), runs, Tone.QUOTE))
        citing = [said for said in item.citing if clean(said) not in shown_before and len(said.split()) >= FEWEST_WORDS]
        rows += [Row("", (Link(clean(said)),), Tone.QUOTE) for said in citing[:MOST_CITING]]
        dates = _dates(item, words, today)
        if dates:
            rows.append(Row(words.say("dates"), tuple(Link(text) for text in dates)))
    return tuple(rows)


def _reasons(item: Item, words: Words) -> str:
    """The strongest reasons, and how many more there are: `why ID` and the JSON have them all."""
    said = [words.why(reason) for reason in item.why[:MOST_REASONS]]
    if len(item.why) > MOST_REASONS:
        said.append(words.say("more_reasons", n=len(item.why) - MOST_REASONS))
    return clean(", ".join(said))


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
    asked = item.kind in (Kind.QUESTION, Kind.EXTENSION)
    said = f"{words.say('answer_due' if asked else 'due', day=moments.short_day(due, words, today))}"
    recess = f", {words.say('recess')}" if asked and in_recess(due) else ""
    return f"{said} ({moments.countdown(due, words, today)}{recess})"


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
