"""How one publication hangs together with others, as lines for people: thread, attachments, citations, versions, merges."""

from __future__ import annotations

from dataclasses import dataclass

from domain.calendar import local, short_day
from domain.documents import Document
from domain.identifiers import cite, link_key
from domain.recess import in_recess
from domain.threads import Thread, ThreadState, threads
from domain.unread_citations import named_by_day
from services.attachments import under
from services.chains import in_thread
from services.copies import copies_of, heading, main_copy
from services.radar import Radar
from services.replacing import earlier, later
from storage.publications import Publication
from storage.unit_of_work import Unit

_STATES = {
    ThreadState.OPEN: "open",
    ThreadState.EXTENDED: "open, extended once",
    ThreadState.ANSWERED: "answered",
    ThreadState.UNKNOWN: "state unknown",
}
MOST_SHOWN = 50
"""Citations shown one by one; the number of the others is said."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Lines, each complete in itself. `cites` are ids; `missing` those of them that are not in the archive."""

    thread: tuple[str, ...]
    thread_state: str
    part_of: tuple[str, ...]
    attachments: tuple[str, ...]
    cites: tuple[str, ...]
    missing: tuple[str, ...]
    by_day: tuple[str, ...]
    cited_by: tuple[str, ...]
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    merges: tuple[str, ...]


def relations(radar: Radar, unit: Unit, publication: Publication, main: Document) -> Relations:
    """Everything around a publication, as it stands now."""
    copies = copies_of(unit, (publication.id,))[publication.id]
    aliases = unit.publications.aliases(publication.id)
    cited = dict.fromkeys(c.id for copy in copies for c in unit.events.citations(copy.version.id))
    citing = {c.publication_id: c.sentence for c in reversed(unit.events.cited_by(aliases)) if c.publication_id != publication.id}
    hanging = under(unit, aliases)
    listed = [
        f"{ref.id}: {ref.title}" if ref.title and ref.id not in ref.title else ref.title or ref.id for ref in main.attachments
    ]
    known = {alias for one in hanging for alias in unit.publications.aliases(one.id)}
    rest = [text for text, ref in zip(listed, main.attachments, strict=True) if ref.id not in known]
    return Relations(
        thread=tuple(_line(unit, other) for other in in_thread(unit, publication.id)),
        thread_state=_state(radar, unit, publication, main),
        part_of=_part_of(unit, publication),
        attachments=(*(_line(unit, one) for one in hanging), *rest),
        cites=tuple(cited),
        missing=tuple(one for one in cited if not _is_there(unit, one)),
        by_day=named_by_day(main.text()),
        cited_by=tuple(f"{_line(unit, unit.publications.get(key))}: «{said}»" for key, said in sorted(citing.items())),
        replaces=tuple(_named(unit, one) for one in earlier(unit, publication)),
        replaced_by=tuple(_line(unit, one) for one in later(unit, publication)),
        merges=tuple(
            f"nr. {one.id} of {short_day(one.at)} {local(one.at).year}: {one.merged}, because of {'; '.join(one.reasons)}"
            for one in unit.merges.of(publication)
        ),
    )


def cited_lines(found: Relations) -> tuple[str, ...]:
    """What is cited, in Dutch form, and what of it the archive lacks."""
    shown = [
        f"{_citation(one)}{f'  ({one})' if _citation(one) != one else ''}{'  not in the archive' if one in found.missing else ''}"
        for one in found.cites[:MOST_SHOWN]
    ]
    more = len(found.cites) - len(shown)
    return (*shown, *((f"and {more} more; --json has them all",) if more else ()))


def _part_of(unit: Unit, publication: Publication) -> tuple[str, ...]:
    return tuple(_named(unit, target) for target in unit.publications.links(publication.id, "main_paper"))


def _state(radar: Radar, unit: Unit, publication: Publication, main: Document) -> str:
    """The state of the paper's thread and the last day for an answer; "" when it belongs to none."""
    others = copies_of(unit, [other.id for other in in_thread(unit, publication.id)])
    documents = [main, *(main_copy(found, "").document for found in others.values() if found)]
    return "; ".join(_said(radar, one) for one in threads(documents) if one.case in {_case(case) for case in main.cases})


def _said(radar: Radar, thread: Thread) -> str:
    said = f"{thread.case} {_STATES[thread.state]}"
    if thread.due is None:
        return said
    late = " (passed)" if thread.overdue(local(radar.clock.now()).date()) else ""
    recess = ", in recess" if in_recess(thread.due) else ""
    return f"{said}, answer due {short_day(thread.due)} {thread.due.year}{recess}{late}"


def _case(case: str) -> str:
    return case.removeprefix("tkzaak:").upper()


def _line(unit: Unit, publication: Publication) -> str:
    copies = copies_of(unit, (publication.id,))[publication.id]
    title = heading(main_copy(copies, publication.canonical), copies) if copies else ""
    return f"{publication.canonical}: {title}" if title else publication.canonical


def _named(unit: Unit, identifier: str) -> str:
    known = unit.publications.by_alias((identifier,))
    return _line(unit, known[0]) if known else f"{identifier}  not in the archive"


def _is_there(unit: Unit, identifier: str) -> bool:
    try:
        ids = (identifier, link_key(identifier))
    except ValueError:
        ids = (identifier, identifier)
    return identifier.startswith(("dossier:", "tkzaak:")) or bool(unit.publications.by_alias(ids))


def _citation(identifier: str) -> str:
    try:
        return cite(identifier)
    except ValueError:
        return identifier
