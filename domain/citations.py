"""Citations in a text: which papers it names, in the words in which it names them.

`read_citations` reads all shapes that occur in papers, from "Kamerstuk 32 637, nr. 473" to an address broken over two lines, on
raw text (with line ends) and on repaired text alike. What it does not know it leaves alone: departmental numbers, European law
and article numbers are no citations (N1), and wrong citations are shown, not corrected. Every shape has its own small reader;
what one has read is closed to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.citation_addresses import addresses
from domain.citation_grammar import Hit
from domain.citation_papers import monitor_numbers, papers
from domain.citation_series import appendices, cases_and_documents, gazettes, proceedings, written_ids
from domain.text import paragraphs, repair, sentences

# The order is a rule: an address may hold an id, "Aanhangsel Handelingen" is no debate, "Stcrt. 2017, 30743" no dossier.
_READERS: tuple[Callable[[str], Iterator[Hit]], ...] = (
    addresses,
    written_ids,
    appendices,
    proceedings,
    gazettes,
    cases_and_documents,
    monitor_numbers,
    papers,
)
_CLOSED = "\x00"


@dataclass(frozen=True, slots=True)
class Citation:
    """One paper that a text names: its id, the words as they stand in the text (one line), and the sentence around them.

    The sentence is the citation itself where it runs over more than one.
    """

    id: str
    raw: str
    sentence: str


def read_citations(text: str) -> tuple[Citation, ...]:
    """Every paper that the text cites, once, in the order of first mention."""
    said = [sentence for paragraph in paragraphs(text) for sentence in sentences(paragraph)]
    found: dict[str, Citation] = {}
    for hit in _hits(text):
        new = [one for one in hit.ids if one not in found]
        if new:
            raw = repair(text[hit.start : hit.end])
            sentence = next((line for line in said if raw in line), raw)
            found |= {one: Citation(one, raw, sentence) for one in new}
    return tuple(found.values())


def extract_ids(text: str) -> tuple[str, ...]:
    """The ids of every paper that the text cites, in the order of first mention, without doubles."""
    return tuple(dict.fromkeys(one for hit in _hits(text) for one in hit.ids))


def citation_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a text a citation was read, also one that names nothing (a bare host)."""
    return tuple((hit.start, hit.end) for hit in _hits(text, also_empty=True))


def _hits(text: str, *, also_empty: bool = False) -> list[Hit]:
    unread = text
    found: list[Hit] = []
    for reader in _READERS:
        hits = list(reader(unread))
        for hit in hits:
            unread = unread[: hit.start] + _CLOSED * (hit.end - hit.start) + unread[hit.end :]
        found += hits
    return sorted((hit for hit in found if hit.ids or also_empty), key=lambda hit: hit.start)
