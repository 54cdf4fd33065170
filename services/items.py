"""From events to items: everything that happened to one publication, as a reader should see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from domain.assessments import Assessment, Level, Reason
from domain.calendar import local
from domain.changes import Change, ChangeSort
from domain.digests import Ground, HeldGroup, Item, Link, Mention, Quoted, Why
from domain.documents import Document, Kind
from domain.events import Release
from domain.muting import MUTED
from domain.quotes import FEWEST_WORDS, action_line, factual_line, own_name_count, own_name_mention, quoted
from domain.schemes import SchemeField
from domain.schemes import Unit as Unit_
from services.announce import level_for
from services.chains import answer_due, chain, reference
from services.contradictions import is_confirmed
from services.copies import elsewhere, heading
from services.grouping import Happening
from services.radar import Radar
from services.scheme_pages import scheme_name
from services.selection import of_one_team, selected_topics
from services.settings import DigestSettings
from services.wording import COUNTED, reasons_shown, speakers, told_before
from storage.unit_of_work import Unit

LATE = timedelta(days=14)
"""A paper dated this long before it was first seen is marked as late (features D6, D7)."""

DEADLINE_AHEAD = timedelta(days=90)
"""How far off a closing day of a scheme is worth a countdown."""

MOST_UNREAD = 5
"""How many instructions of an act that were not understood are shown one by one; `show` has them all."""

_SHOWN = (ChangeSort.FACT, ChangeSort.CONFLICT, ChangeSort.PLACE, ChangeSort.AHEAD)
_ACTING = (Kind.LETTER, Kind.ANSWER, Kind.MOTION, Kind.DEBATE)
_DEADLINES = (SchemeField.CLOSES, SchemeField.DEADLINE)


def level_of(digest: DigestSettings, happening: Happening) -> Level:
    """The highest level of the happening for a digest."""
    levels = (level_for(digest, found) or Level.HELD for found in happening.assessed)
    return min(levels, key=lambda one: one.rank)


def item(radar: Radar, unit: Unit, digest: DigestSettings, happening: Happening, told_here: frozenset[str]) -> Item:
    """The item of one publication for one digest; `told_here` are event keys that this digest's readers already had in full."""
    publication, events, main = happening.publication, happening.events, happening.main
    document = main.document
    level = level_of(digest, happening)
    reasons = _telling(digest, happening, level)
    attached = _of_attachments(digest, happening)
    shown = _shown_reasons(reasons, attached)
    reasons = tuple(dict.fromkeys((*reasons, *attached)))
    facts, rest = _told_changes(happening)
    named = own_name_mention(document, radar.settings.organisation) if happening.new else None
    mention = Mention(*named, own_name_count(document, radar.settings.organisation)) if named else None
    line = factual_line(document, radar.settings.organisation) if happening.new else ""
    keys = tuple(event.key for event in events)
    seen = min(event.seen for event in happening.own or events)
    first_version = happening.new
    now = radar.clock.now()
    who, to = speakers(document)
    parts = unit.snapshots.parts(main.version.id)
    why_quote = _why_quote(reasons, document)
    return Item(
        id=publication.item_id,
        level=level,
        kind=document.kind,
        states=happening.states,
        heading=_named(radar, document, heading(main, happening.copies)),
        url=document.url,
        who=who,
        to=to,
        reference=reference(publication.canonical, document),
        dossier=document.dossier_title,
        line=line,
        action=_action(document, line, mention) if first_version else "",
        mention=mention,
        changes=facts,
        text_changes=rest,
        chain=chain(unit, digest, publication, main),
        why=shown,
        why_quote=why_quote,
        citing=_citing(digest, happening, document),
        dated=document.dated,
        published=_as_dated(document.published),
        seen=seen,
        late=any(event.release is Release.OPEN for event in events)
        and first_version
        and document.dated is not None
        and local(seen).date() - document.dated > LATE,
        due=answer_due(unit, publication, document) or next_deadline(document, now),
        told_before=told_before(unit, keys, of_one_team(radar.settings, digest)),
        seen_in_full=bool(keys) and all(key in told_here for key in keys),
        also=elsewhere(main, happening.copies),
        snapshot=parts[-1].sha256 if parts else "",
        provisional=document.scheme is not None and document.scheme.provisional and not is_confirmed(unit, document, now),
        scheme=scheme_name(radar, document) if document.scheme is not None else "",
        dossier_id=document.dossiers[0] if document.dossiers else "",
        score=_score(digest, happening, level),
        event_keys=keys,
        line_is=quoted(document, line),
        why_quote_is=quoted(document, why_quote),
    )


def next_deadline(document: Document, now: datetime) -> date | None:
    """The first day ahead on which a scheme's page says that it closes, or until when to apply; None for all other papers."""
    facts = document.scheme.facts if document.scheme is not None else ()
    days = [fact.value[:10] for fact in facts if fact.unit is Unit_.MOMENT and fact.field in _DEADLINES]
    today = local(now).date()
    return min((day for day in map(date.fromisoformat, days) if today <= day <= today + DEADLINE_AHEAD), default=None)


def _action(document: Document, line: str, mention: Mention | None) -> str:
    """Who will do what, where the paper says so in another sentence than those that are quoted already."""
    if document.kind not in _ACTING:
        return ""
    said = action_line(document)
    return "" if said in (line, mention.sentence if mention else "") else said


def _score(digest: DigestSettings, happening: Happening, level: Level) -> int:
    """The highest score (hundredths) among the assessments that gave the level."""
    wanted = selected_topics(digest)
    found = [one.score for judged in happening.assessed for one in judged if one.topic in wanted and one.level is level]
    return max(found, default=0)


def held_groups(digest: DigestSettings, happenings: Sequence[Happening]) -> tuple[HeldGroup, ...]:
    """The papers that were ranked lower, counted per reason, largest group first."""
    grouped: dict[Why, list[Link]] = {}
    for happening in happenings:
        reasons = _strongest(digest, happening.assessed, Level.HELD)
        other = next((r for r in reasons if r.rule == MUTED or r.rule.startswith("negative:")), None)
        reason = reasons_shown((other,))[0] if other else Why(Ground.TOO_FEW)
        main = happening.main
        grouped.setdefault(reason, []).append(Link(heading(main, happening.copies), main.document.url))
    groups = [HeldGroup(why, len(links), tuple(sorted(links, key=lambda link: link.text))) for why, links in grouped.items()]
    return tuple(sorted(groups, key=lambda found: (-found.count, found.reason.ground.value, found.reason.said)))


def _named(radar: Radar, document: Document, title: str) -> str:
    """A scheme's page under the name by which readers know the scheme."""
    if document.scheme is None:
        return title
    name = scheme_name(radar, document)
    return title if name.casefold() in title.casefold() else f"{name}: {title}"


def _told_changes(happening: Happening) -> tuple[tuple[Change, ...], int]:
    """The changes to show one by one and how many others are counted: where facts of a scheme changed these speak."""
    changes = _changes(happening)
    facts = tuple(change for change in changes if change.sort in _SHOWN)
    unread = tuple(change for change in changes if change.sort is ChangeSort.UNREAD)[:MOST_UNREAD]
    shown = (*facts, *unread)
    return (shown, len(changes) - len(shown)) if facts else (changes, 0)


def _changes(happening: Happening) -> tuple[Change, ...]:
    """What changed, of the paper and of its attachments. A paper that is new came with them; one that was only named by its id in
    the letter is told once, under its title."""
    attached = () if happening.new else happening.attached
    named = {event.publication_id for event in attached}
    own = tuple(change for event in happening.own for change in event.changes)
    if named:
        own = tuple(change for change in own if change.sort is not ChangeSort.ATTACHMENT or change.before)
    return (*own, *(change for event in attached for change in event.changes))


def _of_attachments(digest: DigestSettings, happening: Happening) -> tuple[Reason, ...]:
    """What stands in the attachments that this issue tells of, at whatever level: it is the news. Nothing of them when the paper
    itself is new."""
    wanted = selected_topics(digest)
    told = () if happening.new else happening.attached
    pairs = zip(happening.events, happening.assessed, strict=True)
    found = [one for event, judged in pairs if event in told for one in judged if one.topic in wanted]
    return tuple(reason for one in found for reason in one.reasons)


def _shown_reasons(reasons: Sequence[Reason], attached: Sequence[Reason]) -> tuple[Why, ...]:
    """The short reasons, those first that stand in the paper itself; words that stand in an attachment say so."""
    own = reasons_shown([reason for reason in reasons if reason not in attached])
    inside = (replace(why, inside=why.ground is Ground.TERM) for why in reasons_shown(attached))
    said = {(why.ground, why.said) for why in own}
    return (*own, *(why for why in inside if (why.ground, why.said) not in said))


def _citing(digest: DigestSettings, happening: Happening, document: Document) -> tuple[str, ...]:
    """Every sentence in which the paper cites what this digest follows, in the order of what is followed."""
    wanted = selected_topics(digest)
    reasons = [r for group_ in happening.assessed for one in group_ if one.topic in wanted for r in one.reasons]
    said = (r.sentence for r in reasons if r.rule.startswith("followed_") and r.sentence and r.sentence != document.title)
    return tuple(dict.fromkeys(said))


def _telling(digest: DigestSettings, happening: Happening, level: Level) -> tuple[Reason, ...]:
    """The reasons of the event that gave the level. Copies say the same, so one of them speaks: the quoted one if it did."""
    pairs = list(zip(happening.events, happening.assessed, strict=True))
    telling = [(event, found) for event, found in pairs if level_for(digest, found) is level]
    quoted = (found for event, found in telling if event.resource_id == happening.main.resource.id)
    chosen = next(quoted, telling[0][1] if telling else ())
    return _strongest(digest, [chosen], level)


def _strongest(digest: DigestSettings, assessed: Sequence[Sequence[Assessment]], level: Level) -> tuple[Reason, ...]:
    """The reasons of the assessments that gave the level, without doubles, in order."""
    wanted = selected_topics(digest)
    found = [one for group_ in assessed for one in group_ if one.topic in wanted and one.level is level]
    return tuple(dict.fromkeys(reason for assessment in found for reason in assessment.reasons))


def _why_quote(reasons: Sequence[Reason], document: Document) -> str:
    """The sentence of the weightiest reason that says more than the title; one of the paper's own before a row of a table, a
    question that it repeats, or a heading."""
    weighty = sorted(reasons, key=lambda reason: -reason.weight)
    title = document.title.casefold()
    said = [r.sentence for r in weighty if r.sentence and r.rule in COUNTED and r.sentence.casefold() not in title]
    whole = [sentence for sentence in said if len(sentence.split()) >= FEWEST_WORDS]
    own = (sentence for sentence in whole if quoted(document, sentence) is Quoted.SENTENCE)
    return next(own, next(iter((*whole, *said)), ""))


def _as_dated(published: date | datetime | None) -> date | datetime | None:
    """A moment at midnight is a publisher's way to write a day."""
    if isinstance(published, datetime) and local(published).time() == time():
        return local(published).date()
    return published
