"""When two documents are one publication, and when they only look alike.

An id that two addresses share proves it; a title and a day shared on two sites do so for letters and reports. Question and
answer, a letter and its news item, two years of one series are never one, however close their words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from domain.addresses import ids_of_url, link_key
from domain.documents import Document, Kind
from domain.identifier_grammar import identity
from domain.title_evidence import is_of_series, kind_of_title, readings, same_title

_STRONG = ("kst-", "ah-", "kv-", "h-", "stcrt-", "stb-", "trb-", "blg-", "nds-", "ag-", "tkdoc:")
BY_TITLE_AND_DAY = frozenset((Kind.LETTER, Kind.REPORT, Kind.ATTACHMENT))
"""Kinds of which a title and a day, shared on two sites, name one paper."""
# Sites of one publisher show one database under several names; the last part of the path is the key of the page in it.
_PDC_PAGE = re.compile(
    r"//(?:www\.)?(?:eumonitor|parlementairemonitor|parlement|europa-nu)\.(?:nl|eu|com)/\S*/(v[a-z0-9]{9,12})/?$"
)
_CASE_SITES = {"openkamer": Kind.ANSWER, "tweedemonitor": Kind.QUESTION}  # what their page of a case shows


class MergeReason(StrEnum):
    """Why two documents are taken for one publication; written in the merge log."""

    SAME_ID = "same_id"
    SAME_ALIAS = "same_alias"
    SAME_TITLE_AND_DAY = "same_title_and_day"


def same_publication(a: Document, b: Document) -> MergeReason | None:
    """Why the two documents are one publication, None when they are not known to be.

    Same canonical id, or a shared alias, whatever the kind; else letters, reports and attachments of one kind, with one title and
    one dated day, on two sites. Two papers with two ids of one family stay two, and so does anything that comes in series.
    """
    first, second = link_key(a.id), link_key(b.id)
    if first == second:
        return MergeReason.SAME_ID
    ones, others = _all_ids(a), _all_ids(b)
    if ones & others:
        return MergeReason.SAME_ALIAS
    if _families_clash(ones, others) or a.kind is not b.kind or a.kind not in BY_TITLE_AND_DAY:
        return None
    same_day = a.dated is not None and a.dated == b.dated
    if same_day and _site(a.url) != _site(b.url) and not is_of_series(a.title) and readings(a.title) & readings(b.title):
        return MergeReason.SAME_TITLE_AND_DAY
    return None


def own_ids(document: Document) -> tuple[str, ...]:
    """The ids under which a document stands, its own first. When it gives itself two ids of one series it can only
    be one of those papers: its own id counts then, the others of that series do not."""
    kept = [document.id]
    by_family: dict[str, set[str]] = {}
    for one in (document.id, *document.aliases):
        if family := _family(one):
            by_family.setdefault(family, set()).add(_key(one))
    for alias in document.aliases:
        family = _family(alias)
        if not family or len(by_family[family]) == 1 or _key(alias) == _key(document.id):
            kept.append(alias)
    return tuple(dict.fromkeys(kept))


def ids_clash(ones: frozenset[str], others: frozenset[str]) -> bool:
    """True when two sets of ids can only be those of two papers: each holds an id of one series, and no id of it is shared."""
    return any(
        (mine := {_key(one) for one in ones if _family(one) == family})
        and (theirs := {_key(one) for one in others if _family(one) == family})
        and not mine & theirs
        for family in _STRONG
    )


def _family(identifier: str) -> str:
    return next((family for family in _STRONG if identifier.startswith(family)), "")


def _key(identifier: str) -> str:
    try:
        return link_key(identifier)
    except ValueError:
        return identifier


def may_be_same(a: Document, b: Document) -> bool:
    """False when ids or sites prove that the two are two publications, however alike they read."""
    return not _families_clash(_all_ids(a), _all_ids(b)) and _site(a.url) != _site(b.url)


def clusters(members: Sequence[Mapping[str, object]]) -> list[list[int]]:
    """The members (`url`, `title`, `site`) as groups of one publication each, by index, every index once, in order.

    With nothing but address and title to go by, a pair is joined when an id says so, or when two sites carry the same telling
    title and nothing speaks against it.
    """
    groups: list[list[int]] = []
    for index in range(len(members)):
        fitting = [group for group in groups if any(_joined(members[index], members[other]) for other in group)]
        fitting = [group for group in fitting if not any(_apart(members[index], members[other]) for other in group)]
        merged = sorted([index, *(fitting[0] if fitting else ())])
        for group in fitting[1:]:
            if not any(_apart(members[one], members[other]) for one in merged for other in group):
                merged = sorted(merged + group)
                groups.remove(group)
        if fitting:
            groups.remove(fitting[0])
        groups.append(merged)
    return sorted(groups)


def link_keys(document: Document) -> dict[str, str]:
    """By what each id of a document is linked, with how the document writes it; cases and dossiers hold many papers, and an alias
    in a publisher's own wording says nothing about other documents."""
    keys = {link_key(document.id): document.id}
    for alias in document.aliases:
        try:
            keys.setdefault(link_key(alias), alias)
        except ValueError:
            continue
    return {key: written for key, written in keys.items() if not key.startswith(("dossier:", "tkzaak:"))}


def _all_ids(document: Document) -> frozenset[str]:
    return frozenset(link_keys(document))


def _families_clash(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Two different ids of one series (two papers of Parliament, two House documents): certainly two publications."""
    return any(
        one.startswith(family) and other.startswith(family) and one != other
        for family in _STRONG
        for one in ones
        for other in others
    )


def _site(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.").lower()


def _strong(member: Mapping[str, object]) -> frozenset[str]:
    named = ids_of_url(str(member["url"]))
    ids = frozenset(identity(one) for one in named if one.startswith(_STRONG))
    page = _PDC_PAGE.search(str(member["url"]))
    return ids or (frozenset((f"pdc:{page[1]}",)) if page else ids)


def _cases(member: Mapping[str, object]) -> frozenset[str]:
    return frozenset(one for one in ids_of_url(str(member["url"])) if one.startswith("tkzaak:"))


def _kind(member: Mapping[str, object]) -> Kind | None:
    """What a member is, from its title, else from its address: the two kinds of papers that share a case must not be mixed."""
    title, url = str(member.get("title", "")), str(member["url"])
    for site, kind in _CASE_SITES.items():
        if site in _site(url) and "/kamervraag/" in url:
            return kind
    for one in _strong(member):
        if one.startswith(("ah-", "kv-")):
            return Kind.ANSWER if one.startswith("ah-") else Kind.QUESTION
    return kind_of_title(title)


def _joined(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    urls = {ids_of_url(str(member["url"]))[:1] for member in (one, other)}
    if len(urls) == 1 and urls != {()}:
        return True
    if _strong(one) & _strong(other):
        return True
    if _cases(one) & _cases(other) and _kind(one) is _kind(other) is Kind.ANSWER:
        return True
    return _site(str(one["url"])) != _site(str(other["url"])) and same_title(
        str(one.get("title", "")), str(other.get("title", ""))
    )


def _apart(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """What proves that two members are two publications, whatever their titles say."""
    if not _strong(one) & _strong(other) and _families_clash(_strong(one), _strong(other)):
        return True
    kinds = {_kind(one), _kind(other)} - {None}
    if {Kind.QUESTION, Kind.ANSWER} <= kinds:
        return True
    return len(kinds) == 2 and Kind.NEWS in kinds
