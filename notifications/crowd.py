"""The items of one section in groups: by kind, or by dossier when an issue holds more than a reader can take."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.attention import Share, shares
from domain.digests import Digest, Item, Link
from domain.identifiers import cite
from notifications.outline import Entry, Group
from notifications.safe import clean, clip, safe_url
from notifications.words import Words

LONGEST_HEADING = 110

Made = Callable[[Item, bool], Entry]
"""Makes the entry of an item; True asks for its heading alone."""


def by_kind(items: Sequence[Item], make: Made, words: Words) -> tuple[Group, ...]:
    """A group per kind, in the order of the items."""
    kinds = dict.fromkeys(item.kind for item in items)
    return tuple(Group(words.kind_heading(k), tuple(make(i, False) for i in items if i.kind is k)) for k in kinds)


def by_dossier(
    items: Sequence[Item], room: int, make: Made, digest: Digest, words: Words, *, whole: bool, by_mail: bool
) -> tuple[tuple[Group, ...], int]:
    """A group per dossier with its best items, `room` in all, and how many items stand in no group at all.

    What of a dossier is not among its best is counted, or shown by its heading when the `whole` is asked for. Papers without a
    dossier (questions, pages, news) have nothing in common but their kind: beyond the best of it they are headings.
    """
    groups: list[Group] = []
    left = 0
    for share in shares(items):
        best, rest = share.best[:room], (*share.best[room:], *share.rest)
        if not best:
            left += len(rest)
            continue
        brief = rest if whole else () if share.dossier else rest[: room - len(best)]
        room -= len(best) + len(brief)
        entries = (*(make(item, False) for item in best), *(make(item, True) for item in brief))
        counted = len(rest) - len(brief)
        groups.append(Group(_heading(share, words), entries, _more(share, counted, digest, words, by_mail) if counted else ()))
    return tuple(groups), left


def where(digest: Digest, words: Words, by_mail: bool) -> tuple[Link, ...]:
    """Where everything stands that is only counted: the reading room, the text of the same mail, or the owner."""
    if url := safe_url(digest.site_url):
        return (Link(words.say("list"), url),)
    if by_mail:
        return (Link(words.say("rest_text")),)
    return (Link(words.say("rest_owner", owner=clean(digest.owner))),) if digest.owner else ()


def _heading(share: Share, words: Words) -> str:
    if not share.dossier:
        return words.kind_heading(share.kind)
    try:
        number = cite(f"dossier:{share.dossier}")
    except ValueError:  # a dossier in a form that no grammar knows is called as it was published
        number = clean(share.dossier)
    said = f"{number[:1].upper()}{number[1:]}"
    return clip(" · ".join(part for part in (said, clean(share.title)) if part), LONGEST_HEADING)


def _more(share: Share, count: int, digest: Digest, words: Words, by_mail: bool) -> tuple[Link, ...]:
    said = words.say("rest" if share.dossier else "rest_kind", count=words.count(count, "items"))
    return (Link(said), *where(digest, words, by_mail))
