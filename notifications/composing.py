"""From `Digest` to `Outline`: which sections there are, in which order, and what the opening and closing lines say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.assessments import Level
from domain.attention import BEST, MOST, is_crowded, shares
from domain.digests import Digest, DigestForm, Item, Length, Link, SchemeState
from notifications import ahead as dates
from notifications import crowd, facts, moments
from notifications.after import after
from notifications.coverage import source_lines
from notifications.entries import entry, has_facts, shorter
from notifications.outline import FULL, Block, Entry, Group, Outline, Shrink
from notifications.safe import clean, mailto, safe_url
from notifications.words import Section, Words, words_for

WORDS_PER_MINUTE = 200
_HEADERS = {
    DigestForm.REGULAR: "header",
    DigestForm.URGENT: "header_urgent",
    DigestForm.START: "header_start",
    DigestForm.OVERVIEW: "header_overview",
    DigestForm.LATE: "header_late",
}
_SECTIONS = (Section.MUST_READ, Section.SCHEMES, Section.RELEVANT, Section.MENTION)


def compose_outline(digest: Digest, shrink: Shrink = FULL, by_mail: bool = True) -> Outline:
    """The digest in words. Sections with nothing in them are left out, what `shrink` leaves out is counted.

    `by_mail` says that readers can answer the message, so that the closing lines may tell them to.
    """
    words = words_for(digest.language)
    placed = place(digest)
    blocks, left = [], {}
    room = len(digest.items) if shrink.most is None else shrink.most
    for section in _SECTIONS:
        block, left[section] = _items(section, placed[section], room, digest, words, shrink, by_mail)
        blocks.append(block)
        room = max(0, room - len(block.entries))
    if any(left.values()):
        last = max((n for n, block in enumerate(blocks) if block.groups), default=0)
        blocks[last] = replace(blocks[last], more=_more(left, digest, words, by_mail))
    following = after(digest, words)
    if digest.form is not DigestForm.URGENT:
        blocks = [_first(digest, words), *blocks, *following]
    else:
        blocks += [block for block in following if block.section is Section.CORRECTIONS]
    tags = {DigestForm.START: "tag_start", DigestForm.OVERVIEW: "tag_overview", DigestForm.LATE: "tag_late"}
    opening = _opening(digest, placed, words, shrink)
    return Outline(
        language=words.language,
        subject=clean(digest.subject) or f"Beleidsradar {clean(digest.title)}",
        preheader=_preheader(digest, blocks, opening, words),
        header=header(digest, words),
        tag=words.say(tags[digest.form]) if digest.form in tags else "",
        opening=opening,
        blocks=tuple(block for block in blocks if block.groups or block.lines or block.more),
        closing=() if digest.empty else _closing(digest, words, by_mail),
        was=words.say("was"),
        becomes=words.say("becomes"),
        part=words.say("part"),
        read=words.say("read"),
        caption=words.say("caption"),
    )


def header(digest: Digest, words: Words) -> str:
    """The first line: "BELEIDSRADAR Procesinnovatie · nr. 12 · vrijdag 10 december 2021, 07.30 uur"."""
    return words.say(
        _HEADERS[digest.form],
        title=clean(digest.title),
        number=digest.number,
        day=moments.long_day(digest.made, words),
        time=moments.clock_time(digest.made, words),
    )


def place(digest: Digest) -> dict[Section, tuple[Item, ...]]:
    """Each item in exactly one section: those with changed scheme facts under Was/Wordt, the others by level."""
    rest = [item for item in digest.items if not has_facts(item)]
    return {
        Section.MUST_READ: tuple(i for i in rest if i.level is Level.MUST_READ),
        Section.SCHEMES: tuple(i for i in digest.items if has_facts(i)),
        Section.RELEVANT: tuple(i for i in rest if i.level is Level.RELEVANT),
        Section.MENTION: tuple(i for i in rest if i.level in (Level.MENTION, Level.HELD)),
    }


def _items(
    section: Section, items: Sequence[Item], room: int, digest: Digest, words: Words, shrink: Shrink, by_mail: bool
) -> tuple[Block, int]:
    """The block of one section and how many of its items it leaves out. What must be read and changed schemes leave out none."""
    cap = {Section.RELEVANT: shrink.relevant, Section.MENTION: shrink.mention}.get(section, shrink.must)
    length = shorter(digest.length, cap)
    if digest.form is DigestForm.URGENT:
        length = shorter(length, Length.SHORT)
    with_reason = section is Section.MENTION and shrink.reasons

    def made(item: Item, brief: bool) -> Entry:
        return entry(item, digest, words, Length.HEADINGS if brief else length, with_reason and not brief)

    left = 0
    if section in (Section.RELEVANT, Section.MENTION) and is_crowded(digest.items):
        groups, left = crowd.by_dossier(items, room, made, digest, words, whole=shrink.whole, by_mail=by_mail)
    elif section is Section.RELEVANT:
        groups, left = crowd.by_kind(items[:room], made, words), len(items[room:])
    else:
        kept = items[:room] if section is Section.MENTION else items
        groups, left = ((Group("", tuple(made(item, False) for item in kept)),) if kept else ()), len(items) - len(kept)
    heading = words.heading(section)
    if section is Section.SCHEMES and not groups:
        heading = words.say("schemes_only")
    if section is Section.MENTION:
        heading = f"{heading} ({len(items)})"
    lines = tuple(_scheme(s, digest, words) for s in digest.schemes) if section is Section.SCHEMES else ()
    if digest.form is DigestForm.URGENT or (digest.empty and digest.form is not DigestForm.START):
        lines = ()
    return Block(section, heading, groups, lines, words.say("schemes_other") if groups and lines else ""), left


def _more(left: dict[Section, int], digest: Digest, words: Words, by_mail: bool) -> tuple[Link, ...]:
    """What was not shown, in all and per section, with where it stands."""
    levels = ", ".join(words.count(n, section.value) for section, n in left.items() if n)
    said = words.say("more", count=words.count(sum(left.values()), "items"), levels=levels)
    return (Link(said), *crowd.where(digest, words, by_mail))


def _preheader(digest: Digest, blocks: Sequence[Block], opening: tuple[str, ...], words: Words) -> str:
    """What stands beside the subject in a list of mails: the counts and the first date; of an urgent issue its first quote."""
    if digest.form is DigestForm.URGENT:
        first = next((found for block in blocks for found in block.entries), None)
        return next(filter(None, (*first.said, first.quote, first.heading)), "") if first else ""
    near = min(digest.coming, key=lambda one: (moments.day_of(one.when), one.what), default=None)
    date_ahead = words.say("first_date", said=clean(dates.coming(near, words, digest.made))) if near is not None else ""
    return " · ".join(part for part in (*opening[:1], date_ahead) if part)


def _scheme(state: SchemeState, digest: Digest, words: Words) -> tuple[Link, ...]:
    name = clean(state.name)
    if state.checked is None:
        said = words.say("unchecked", name=name)
    else:
        key = "state_now" if digest.form is DigestForm.START else "unchanged"
        said = words.say(key, name=name, moment=moments.near_moment(state.checked, words, moments.day_of(digest.made)))
    stated = (f"{facts.label(fact, words)} {facts.value(fact, words)}" for fact in state.facts)
    return (Link(said, safe_url(state.url)), *(Link(clean(fact)) for fact in stated))


def _first(digest: Digest, words: Words) -> Block:
    lines = tuple((Link(clean(line)),) for line in digest.first if clean(line))
    return Block(Section.FIRST, words.heading(Section.FIRST), lines=lines, numbered=True)


def _opening(digest: Digest, placed: dict[Section, tuple[Item, ...]], words: Words, shrink: Shrink) -> tuple[str, ...]:
    late = (_late(digest.planned, digest, words),) if digest.planned is not None else ()
    if digest.form is DigestForm.URGENT:
        said = (clean(digest.subject),) if digest.subject else ()
        return (*said, *_collected(digest, words), *late)
    how = "crowded_whole" if shrink.whole else "crowded"
    crowded = (words.say(how, most=MOST, best=BEST),) if is_crowded(digest.items) else ()
    return (_counts(digest, placed, words), *crowded, *late, *source_lines(digest, words))


def _collected(digest: Digest, words: Words) -> tuple[str, ...]:
    """That urgent news had to wait for this message, since when, and how much it is."""
    if digest.collected is None:
        return ()
    since = moments.past_moment(digest.collected, words, moments.day_of(digest.made))
    return (words.say("collected", moment=since, count=words.count(len(digest.items), "items")),)


def _late(planned: datetime, digest: Digest, words: Words) -> str:
    today = moments.day_of(digest.made)
    said = moments.near_moment(planned, words, today)
    return words.say("late", planned=said, made=moments.near_moment(digest.made, words, today))


def _counts(digest: Digest, placed: dict[Section, tuple[Item, ...]], words: Words) -> str:
    """The line of counts: every item and every held one is in exactly one of the numbers."""
    today = moments.day_of(digest.made)
    since = moments.near_moment(digest.since, words, today) if digest.since is not None else ""
    held = digest.counts()[Level.HELD.value]
    if digest.empty:
        key = "nothing_held" if held else "nothing"
        return words.say(key if since else f"{key}_ever", moment=since, held=words.count(held, "held"))
    numbers = [(len(placed[section]), section.value) for section in _SECTIONS]
    counts = ", ".join(words.count(n, noun) for n, noun in (*numbers, (held, "held")) if n)
    minutes = words.count(reading_minutes(digest), "minutes")
    if digest.form is DigestForm.START:
        return words.say("stand", counts=counts, minutes=minutes)
    if digest.form is DigestForm.LATE:
        return words.say("came_late", counts=counts, minutes=minutes)
    if digest.form is DigestForm.OVERVIEW and digest.since is not None:
        since, until = (moments.long_day(m, words) for m in (digest.since, digest.until or digest.made))
        return words.say("period", since=since, until=until, counts=counts, minutes=minutes)
    return words.say("since" if since else "since_ever", moment=since, counts=counts, minutes=minutes)


def reading_minutes(digest: Digest) -> int:
    """Whole minutes, at least one, that the items and lists take at 200 words a minute."""
    said = [*digest.first, *(one.heading for one in digest.corrections), *(asked.title for asked in digest.open_questions)]
    shown = digest.items
    if is_crowded(shown):
        below = [item for item in shown if item.level is not Level.MUST_READ]
        shown = (*digest.at(Level.MUST_READ), *(item for share in shares(below) for item in share.best))
    for item in shown:
        said += [item.heading, item.who, item.reference]
        if not item.seen_in_full:
            said += [item.line, item.mention.sentence if item.mention else "", *(reason.said for reason in item.why)]
            said += [item.why_quote]
            said += [f"{c.label} {c.before} {c.after}" for c in item.changes]
    said += [ahead.what for ahead in digest.coming]
    return max(1, math.ceil(sum(len(text.split()) for text in said) / WORDS_PER_MINUTE))


def _closing(digest: Digest, words: Words, by_mail: bool) -> tuple[tuple[Link, ...], ...]:
    """Why you get this, whose it is, how to stop, what is not watched, and that the source is authoritative."""
    name, owner = clean(digest.name), clean(digest.owner)
    why = [Link(words.say("why_you_owner", name=name, owner=owner) if owner else words.say("why_you", name=name))]
    address = mailto(owner, words.say("mail_stop", name=name))
    if by_mail:
        why.append(Link(words.say("stop"), address))
        why.append(Link(words.say("reply_item")))
    elif owner:
        why.append(Link(words.say("stop_owner", owner=owner), address))
        if address:
            why.append(Link(words.say("write_item", owner=owner)))
    lines: list[tuple[Link, ...]] = []
    if digest.not_watched and digest.form is not DigestForm.URGENT:
        what = ", ".join(clean(what) for what in digest.not_watched)
        lines.append((Link(words.say("not_watched", what=what)),))
    return (*lines, tuple(why), (Link(words.say("leading")),))
