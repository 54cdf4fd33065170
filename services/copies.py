"""The copies of a publication as they stand now: addresses with what their newest version says, loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain import titles
from domain.digests import Link
from domain.documents import Document
from storage.resources import Resource
from storage.snapshots import Version
from storage.unit_of_work import Unit


@dataclass(frozen=True, slots=True)
class Copy:
    """One address of a paper, read at least once."""

    resource: Resource
    version: Version

    @property
    def document(self) -> Document:
        """What it says now."""
        return self.version.document


def copies_of(unit: Unit, publications: Iterable[int]) -> dict[int, tuple[Copy, ...]]:
    """The read copies of each of these publications, earliest listed first; empty for one of which nothing was read."""
    resources = {key: unit.resources.of_publication(key) for key in dict.fromkeys(publications)}
    versions = unit.snapshots.latest_versions([one.id for listed in resources.values() for one in listed])
    return {key: tuple(Copy(one, versions[one.id]) for one in listed if one.id in versions) for key, listed in resources.items()}


def main_copy(copies: Sequence[Copy], canonical: str) -> Copy:
    """The copy that is quoted: the one whose id names the publication, else the first that was listed. There must be one."""
    return next((copy for copy in copies if copy.document.id == canonical), copies[0])


def heading(main: Copy, copies: Sequence[Copy]) -> str:
    """The title from the metadata, else that of a copy when ours only says what sort of paper it is, else one made of the paper's
    own words (`domain.titles`)."""
    others = [copy for copy in copies if copy is not main]
    ours = sorted(others, key=lambda copy: not copy.resource.url.startswith("https://www.rijksoverheid.nl/"))
    return titles.title(main.document, (copy.document.title for copy in ours))


def elsewhere(main: Copy, copies: Sequence[Copy]) -> tuple[Link, ...]:
    """The other addresses, each named by its site."""
    return tuple(
        Link(copy.resource.url.split("/")[2].removeprefix("www."), copy.resource.url)
        for copy in copies
        if copy.resource.id != main.resource.id
    )
