"""Citations of numbered series: Aanhangsel (A1), Handelingen (H1), gazettes (S1), cases and documents (V1), and written ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.citation_grammar import HOUSE, NUMBER_WORD, YEAR, Hit, house_of, numbers
from domain.identifier_grammar import identity, is_known
from domain.parliamentary_years import LAST_BY_MEETING_AND_PAGE, LAST_BY_PAGE, eight_digits

_WRITTEN_ID = re.compile(r"(?<![\w/.-])(?:kst|ah|kv|h|stcrt|stb|trb|blg|nds|ag)-(?:\w|-(?:[ \t]*\n\s*)?(?=\w))+", re.IGNORECASE)
_PROCEEDINGS_WORD = r"(?i:Hand(?:elingen|\.)(?:\s+(?:van\s+)?de[rn]?(?=\s+(?:Tweede|Eerste|Kamer)))?(?:\s+Kamer(?=\s+I))?)"
_APPENDIX = re.compile(
    rf"(?<!\w)(?i:Aanh(?:angsel|\.))\s*(?:(?i:van\s+de|der|bij\s+de|tot\s+de)\s+)?(?:{_PROCEEDINGS_WORD}\s*)?,?\s*"
    rf"(?:(?P<house>{HOUSE})\s*,?\s*)?(?:(?i:vergaderjaar)\s*)?(?P<year>{YEAR})[\s,]*(?P<word>{NUMBER_WORD})?(?=\d)"
)
_APPENDIX_BEHIND = re.compile(
    rf"(?:(?P<house>{HOUSE})\s*,?\s*)?(?:(?i:vergaderjaar)\s*)?(?P<year>{YEAR})\s*,\s*(?i:Aanh(?:angsel|\.))\s*"
    rf"(?:(?i:van\s+de|der)\s+{_PROCEEDINGS_WORD}\s*)?,?\s*(?P<word>{NUMBER_WORD})?(?=\d)"
)
_APPENDIX_YEAR_LAST = re.compile(
    rf"(?<!\w)(?i:Aanh(?:angsel|\.))\s*(?:(?i:van\s+de|der|bij\s+de)\s+)?{_PROCEEDINGS_WORD}\s*,?\s*(?:(?P<house>{HOUSE})\s*,?\s*)?"
    rf"(?P<word>{NUMBER_WORD})(?P<number>\d{{1,5}})\s*,?\s*(?:(?i:van\s+)?(?i:vergaderjaar)\s*)?(?P<year>{YEAR})"
)
_PROCEEDINGS = re.compile(
    rf"(?<!\w){_PROCEEDINGS_WORD}\s*,?\s*(?:(?P<house>{HOUSE})\s*,?\s*)?(?:(?i:vergaderjaar)\s*)?(?P<year>{YEAR})"
    rf"(?:[\s,]*(?:{NUMBER_WORD})?(?<=[\s,.])(?P<meeting>\d{{1,3}})(?!\d|[-–]\d{{3}}))?"
)
_ITEM = re.compile(rf"\s*(?:,?\s*(?i:item(?P<plural>s)?|onderdeel)\s*|,\s*{NUMBER_WORD}|-)(?=\d)")
_PAGES = re.compile(
    r"[\s,]*(?i:blz|pag(?:ina)?|pp|p)(?:'s|\.)?\s*(?P<first>\d{1,5})(?:\s*[-–—]\s*(?P<last>\d{1,5}(?:-\d{1,5})?))?(?!\d)"
)
_GAZETTE = re.compile(
    rf"(?<!\w)(?P<name>(?i:Staatscourant|Staatsblad|Tractatenblad|Stcrt|Stct|Stb|Trb)\b)\.?\s*,?\s*"
    rf"(?:(?i:van)\s+(?:\d{{1,2}}\s+[a-z]+\s+)?)?(?P<year>(?:18|19|20)\d{{2}})(?!\d)(?:\s*,\s*(?P<word>{NUMBER_WORD})?|\s*(?P<word2>{NUMBER_WORD})|[-/](?=[1-9]\d\d))(?=\d)"
)
# "Stb. 2011, 15 en 2012, 7": a year behind a number begins the next citation of the same gazette.
_FURTHER_YEAR = re.compile(rf"\s*(?:;|,|(?i:en)\b)\s*(?P<year>(?:19|20)\d{{2}})\s*,\s*(?:{NUMBER_WORD})?(?=\d)")
_LONGEST_LIST = 200
_CASE_OR_DOCUMENT = re.compile(r"(?<![\w])\d{4}(?P<sort>[DZ])\d{5}(?![\w])", re.IGNORECASE)


def written_ids(text: str) -> Iterator[Hit]:
    """Ids that stand in the text as they are ("kst-21501-30-476"), also broken over a line end behind a hyphen."""
    for match in _WRITTEN_ID.finditer(text):
        try:
            found = identity(re.sub(r"\s", "", match[0]))
        except ValueError:
            continue
        if is_known(found):
            yield Hit(match.start(), match.end(), (found,))


def appendices(text: str) -> Iterator[Hit]:
    """Answers to written questions: "Aanhangsel Handelingen II 2021/22, nr. 622" and "2020-2021, Aanhangsel 3235" (A1)."""
    for pattern in (_APPENDIX, _APPENDIX_BEHIND, _APPENDIX_YEAR_LAST):
        for match in pattern.finditer(text):
            year = eight_digits(match["year"])
            found, end = numbers(text, match.end(), _is_plural(match["word"]))
            if pattern is _APPENDIX_YEAR_LAST:
                found, end = (match["number"],), match.end()
            ids = tuple(f"ah-{house_of(match['house'])}-{year}-{one}" for one in found)
            if year and ids and all(map(is_known, ids)):
                yield Hit(match.start(), end, ids)


def proceedings(text: str) -> Iterator[Hit]:
    """Debates: "Handelingen II 2018/19, nr. 34, item 22"; by page up to 2009-2010; without item the meeting as a whole (H1)."""
    for match in _PROCEEDINGS.finditer(text):
        year = eight_digits(match["year"])
        if not year:
            continue
        front, end = f"h-{house_of(match['house'])}-{year}", match.end()
        meeting = match["meeting"]
        pages = _PAGES.match(text, end)
        item = _ITEM.match(text, end) if meeting else None
        listed, stop = numbers(text, item.end(), bool(item["plural"])) if item else ((), end)
        ids: tuple[str, ...]
        if pages and pages["last"] and year <= LAST_BY_PAGE:
            with_meeting = f"{meeting}-" if meeting and year <= LAST_BY_MEETING_AND_PAGE else ""
            ids, end = (f"{front}-{with_meeting}{pages['first']}-{pages['last']}",), pages.end()
        elif listed:
            ids, end = tuple(f"{front}-{meeting}-{one}" for one in listed), stop
        elif meeting:
            ids = (f"{front}-{meeting}",)
        else:
            continue
        if all(map(is_known, ids)):
            yield Hit(match.start(), end, ids)


def gazettes(text: str) -> Iterator[Hit]:
    """Gazettes: "Staatscourant 2025, 42014", "Stb. 2011, 15" (S1). Numbers of before mid-2009 are read alike,
    though a Staatscourant of then may not be found under them."""
    for match in _GAZETTE.finditer(text):
        name = match["name"].lower()
        family = {"staatsblad": "stb", "stb": "stb", "tractatenblad": "trb", "trb": "trb"}.get(name, "stcrt")
        start, at, year = match.start(), match.end(), match["year"]
        plural = _is_plural(match["word"] or match["word2"])
        while True:
            further = _FURTHER_YEAR.search(text, at, at + _LONGEST_LIST)
            found, end = numbers(text[: further.start()] if further else text, at, plural)
            ids = tuple(f"{family}-{year}-{one}" for one in found)
            if ids and all(map(is_known, ids)):
                yield Hit(start, end, ids)
            if further is None or end != further.start():
                break
            start, at, year, plural = further.start("year"), further.end(), further["year"], False


def cases_and_documents(text: str) -> Iterator[Hit]:
    """Bare numbers of the House: "2018Z07804" is a case, "2025D24877" a document; activities (A) are neither (V1)."""
    for match in _CASE_OR_DOCUMENT.finditer(text):
        yield Hit(match.start(), match.end(), (f"{'tkdoc' if match['sort'] in 'Dd' else 'tkzaak'}:{match[0].upper()}",))


def _is_plural(word: str | None) -> bool:
    return (word or "").strip().rstrip(".").strip().lower() in {"nrs", "nos", "nummers"}
