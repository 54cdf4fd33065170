"""Pages of rijksoverheid.nl and rvo.nl and documents of open.overheid.nl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from demo.making.offices import Office
from demo.moments import dutch_date, local, local_day, midnight
from demo.paper import Block, OpenDocument, Paper, RvoPage, Version, WebPage

RIJKSOVERHEID = "https://www.rijksoverheid.nl"


def news(
    slug: str,
    seen: str,
    title: str,
    intro: str,
    blocks: Sequence[Block],
    office: Office,
    topics: Sequence[str],
    files: Sequence[tuple[str, str]] = (),
) -> Paper:
    """A news message on rijksoverheid.nl."""
    moment = local(seen)
    path = f"/actueel/nieuws/{local_day(moment):%Y/%m/%d}/{slug}"
    content = WebPage(title, intro, tuple(blocks), "Nieuwsbericht", moment, office.department, tuple(topics), tuple(files))
    return Paper(path, (Version(moment, content),))


def document(
    folder: str,
    slug: str,
    seen: str,
    title: str,
    intro: str,
    blocks: Sequence[Block],
    office: Office,
    topics: Sequence[str],
    *,
    label: str = "Kamerstuk: Kamerbrief",
    kind: str = "Kamerstuk",
    dated: date | None = None,
    seen_open: str = "",
) -> tuple[Paper, Paper]:
    """A document on rijksoverheid.nl, whose page shows the intro and links to the file, and that file on open.overheid.nl.

    Both carry the date of the document; the path carries the day on which the page was made. The file appears a quarter of an
    hour after the page unless told otherwise.
    """
    moment = local(seen)
    opened = local(seen_open) if seen_open else moment + timedelta(minutes=15)
    day = dated or local_day(moment)
    path = f"/documenten/{folder}/{local_day(moment):%Y/%m/%d}/{slug}"
    identifier = str(uuid5(NAMESPACE_URL, RIJKSOVERHEID + path))
    files = ((f"Download '{title}' (PDF)", f"https://open.overheid.nl/documenten/{identifier}/file"),)
    page = WebPage(title, intro, (), label, midnight(day), office.department, tuple(topics), files)
    opened_document = OpenDocument(
        title=title,
        description=intro,
        kind=kind,
        disclosed=day,
        ministry=office.department[0].lower() + office.department[1:],
        file_name=f"{slug}.pdf",
        blocks=tuple(blocks),
        topics=tuple(topics),
        web_page=RIJKSOVERHEID + path,
        category="onderzoeksrapporten" if kind == "rapport" else "vergaderstukken Staten-Generaal",
    )
    return Paper(path, (Version(moment, page),)), Paper(identifier, (Version(opened, opened_document),))


def rvo_page(path: str, seen: str, page: RvoPage, *changes: tuple[str, RvoPage]) -> Paper:
    """A page of rvo.nl with its later versions, each with the moment from which it shows."""
    later = [Version(local(moment), content) for moment, content in changes]
    return Paper(path, (Version(local(seen), page), *later))


def rvo_news(slug: str, seen: str, title: str, intro: str, blocks: Sequence[Block], subjects: Sequence[str] = ()) -> Paper:
    """A news message of RVO."""
    content = RvoPage(title, intro, tuple(blocks), local_day(local(seen)), api="articles", subjects=tuple(subjects))
    return Paper(f"/nieuws/{slug}", (Version(local(seen), content),))


def checked(page: RvoPage, day: date) -> RvoPage:
    """The same page, checked again on this day: nothing else differs."""
    return replace(page, checked=day)


def letter_file(subject: str, day: date, office: Office, blocks: Sequence[Block], notes: Sequence[str] = ()) -> tuple[Block, ...]:
    """A letter to the House as it stands in the ministry's own PDF, with its notes at the end."""
    head = (
        f"> Retouradres Postbus 1 Den Haag {office.department}",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        f"Datum {dutch_date(day)}",
        f"Betreft {subject}",
        "Geachte Voorzitter,",
    )
    return (*head, *blocks, office.signed, *(f"{number} {note}" for number, note in enumerate(notes, start=1)))
