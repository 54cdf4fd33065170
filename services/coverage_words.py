"""The coverage register in Dutch, as the page that a board reads and prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from domain.calendar import clock_time, local, long_day, short_day
from notifications.coverage_page import Cell, Part, Register, Table
from services.coverage_values import Day, DayState, DigestReport, Report, SourceReport
from storage.accounts import GapAccount

STATES = {
    DayState.COMPLETE: "volledig",
    DayState.FILLED: "volledig, via een tweede weg",
    DayState.GAP: "gat",
    DayState.NOT_YET: "nog niet bevestigd",
    DayState.BEFORE: "nog niet gevolgd",
}


def page_of(found: Report) -> Register:
    """The page."""
    return Register(
        title=f"Dekking {_day(found.since)} tot en met {_day(found.until)}",
        lines=(
            f"Wat Beleidsradar voor {found.organisation} heeft nagekeken, gelezen en gemeld. Stand van {_moment(found.made)}.",
            *_short(found),
        ),
        parts=(
            Part("Per bron", tables=(_visits(found), _papers(found), _events(found))),
            Part("Dag voor dag", tables=(_days(found),)),
            Part(
                "Achterstand",
                ("Een bron loopt achter als een gepland bezoek uitbleef of niet elke lijst antwoordde.", *_known_from(found)),
                (_lags(found),),
            ),
            Part("Gaten", ("Een gat is een tijdvak dat een lijst van een bron niet meer kon tonen.",), (_gaps(found),)),
            Part("Nieuwsbrieven", tables=(_digests(found), _late(found))),
            Part("Zoektermen", tables=(_packs(found),)),
            Part("Wat niet wordt gevolgd", (", ".join(found.not_watched) or "Niets opgegeven.",)),
        ),
    )


def _short(found: Report) -> Iterator[str]:
    """The answer in a sentence per question."""
    days = [day for source in found.sources for day in source.days if day.state is not DayState.BEFORE]
    whole = sum(1 for day in days if day.state in (DayState.COMPLETE, DayState.FILLED))
    open_gaps = sum(1 for source in found.sources for gap in source.gaps if gap.filled is None)
    lags = sum(len(source.lags) for source in found.sources)
    known = " (voor zover bekend)" if any(found.unknown_lags(source) for source in found.sources) else ""
    behind = f"keren achter{known}: {lags}"
    yield f"Van {len(days)} gevolgde brondagen zijn er {whole} volledig nagekeken; {behind}; open gaten: {open_gaps}."
    papers = sum(source.papers.listed for source in found.sources)
    unread = sum(source.papers.unread + source.papers.failed for source in found.sources)
    yield f"Nieuw op de lijsten: {papers} stukken, waarvan {unread} nog ongelezen."
    events, told, held = (sum(getattr(one.events, name) for one in found.sources) for name in ("found", "told", "held"))
    yield f"Gebeurtenissen (nieuw, gewijzigd, beantwoord): {events}, waarvan {told} gemeld en {held} lager gerangschikt."
    late = sum(len(digest.late) for digest in found.digests)
    missing = sum(len(digest.missing) for digest in found.digests)
    yield f"Nummers te laat: {late}; nummers die ontbreken: {missing}."


def _visits(found: Report) -> Table:
    heads = (
        "Bron",
        "Bijgewerkt tot",
        "Gepland",
        "Bezocht",
        "Goed",
        "Deels",
        "Verworpen",
        "Afgebroken",
        "Hervat",
        "Langste pauze",
    )
    rows = []
    for source in found.sources:
        seen = source.visits
        counts = (seen.planned, seen.made, seen.accepted, seen.partly)
        rows.append(
            (
                Cell(source.title),
                Cell(_moment(source.complete_until) if source.complete_until else "nooit", bad=source.complete_until is None),
                *map(_number, counts),
                _number(seen.rejected, bad=bool(seen.rejected)),
                _number(seen.open),
                _number(seen.resumed),
                Cell(_minutes(seen.longest_pause), number=True),
            )
        )
    return Table("Bezoeken", heads, tuple(rows))


def _papers(found: Report) -> Table:
    heads = ("Bron", "Op de lijst", "Gelezen", "Nog ongelezen", "Niet leesbaar", "Vervallen", "Eerste opname")
    rows = []
    for source in found.sources:
        papers = source.papers
        rows.append(
            (
                Cell(source.title),
                *map(_number, (papers.listed, papers.read)),
                _number(papers.unread, bad=bool(papers.unread)),
                _number(papers.failed, bad=bool(papers.failed)),
                _number(papers.gone),
                _number(source.first_look.listed),
            )
        )
    return Table("Stukken die nieuw op een lijst kwamen", heads, tuple(rows))


def _events(found: Report) -> Table:
    heads = ("Bron", "Gebeurtenissen", "Gemeld", "Lager", "Wacht", "Eerste opname", "Ter goedkeuring", "Ingetrokken", "Overig")
    rows = []
    for source in found.sources:
        seen = source.events
        counts = (seen.found, seen.told, seen.held, seen.waiting, seen.quiet, seen.awaiting, seen.retracted)
        rows.append((Cell(source.title), *map(_number, counts), _number(seen.rejected + seen.unselected)))
    return Table("Wat ermee gebeurde", heads, tuple(rows))


def _days(found: Report) -> Table:
    """Days that stand alike at every source are one row."""
    heads = ("Dag", *(source.title for source in found.sources), "Bezoeken", "Nieuw")
    together = list(zip(*(source.days for source in found.sources), strict=True))
    rows = []
    for _, group in groupby(together, key=lambda days: [(day.state, day.until) for day in days]):
        stretch = list(group)
        first, last = stretch[0][0].day, stretch[-1][0].day
        name = _short_day(first) if first == last else f"{_short_day(first)} t/m {_short_day(last)}"
        rows.append(
            (
                Cell(name),
                *(_state(day) for day in stretch[0]),
                _number(sum(day.visits for days in stretch for day in days)),
                _number(sum(day.listed for days in stretch for day in days)),
            )
        )
    return Table("", heads, tuple(rows), "Geen dagen in deze periode.")


def _state(day: Day) -> Cell:
    if day.state is DayState.PARTLY and day.until is not None:
        return Cell(f"tot {clock_time(day.until)}")
    return Cell(STATES[day.state], bad=day.state in (DayState.GAP, DayState.NOT_YET))


def _lags(found: Report) -> Table:
    rows = tuple(
        (
            Cell(source.title),
            Cell(_on_one_line(_moment(lag.since))),
            Cell(_on_one_line(_moment(lag.until) if lag.until else "nu nog"), bad=lag.until is None),
            Cell(_minutes(int(((lag.until or found.made) - lag.since).total_seconds() // 60)), number=True),
            Cell("; ".join(lag.why) or "geen bezoek"),
        )
        for source in found.sources
        for lag in source.lags
    )
    return Table("", ("Bron", "Van", "Tot", "Duur", "Waardoor"), rows, "Geen bron liep achter.")


def _known_from(found: Report) -> Iterator[str]:
    """A line for the sources of which nobody can say whether they lagged in the first part of the period."""
    late = [f"{one.title} {_moment(one.lags_from)}" for one in found.sources if one.lags_from and found.unknown_lags(one)]
    if late:
        yield f"Achterstand is bekend vanaf: {'; '.join(late)}. Daarvoor werd de bron niet gevolgd of is niet elk bezoek bewaard."


def _on_one_line(text: str) -> str:
    """With blanks at which no line is broken: beside a long reason a column of moments would be one word wide."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _gaps(found: Report) -> Table:
    heads = ("Bron", "Lijst", "Van", "Tot", "Opgevuld")
    rows = tuple(_gap(source, gap) for source in found.sources for gap in source.gaps)
    return Table("", heads, rows, "Geen gaten.")


def _gap(source: SourceReport, gap: GapAccount) -> tuple[Cell, ...]:
    filled = f"{_moment(gap.filled)}, door {gap.by or 'een andere lijst'}" if gap.filled else "nee"
    return (
        Cell(source.title),
        Cell(gap.route),
        Cell(_moment(gap.since)),
        Cell(_moment(gap.until)),
        Cell(filled, bad=gap.filled is None),
    )


def _digests(found: Report) -> Table:
    heads = ("Nieuwsbrief", "Nummers", "Van", "Tot", "Ontbreekt", "Berichten", "Bezorgd", "Wacht", "Opgegeven")
    return Table("Verschenen", heads, tuple(_issues(digest) for digest in found.digests), "Geen nieuwsbrieven.")


def _issues(digest: DigestReport) -> tuple[Cell, ...]:
    return (
        Cell(digest.digest),
        _number(digest.issues),
        *(Cell(str(number) if number else "–", number=True) for number in (digest.first, digest.last)),
        Cell(", ".join(map(str, digest.missing)) or "–", bad=bool(digest.missing)),
        *map(_number, (digest.messages, digest.delivered, digest.waiting)),
        _number(digest.given_up, bad=bool(digest.given_up)),
    )


def _late(found: Report) -> Table:
    rows = tuple(
        (Cell(digest.digest), _number(late.number), Cell(_moment(late.planned)), Cell(_moment(late.made)))
        for digest in found.digests
        for late in digest.late
    )
    return Table("Te laat gemaakt", ("Nieuwsbrief", "Nummer", "Gepland", "Gemaakt"), rows, "geen.")


def _packs(found: Report) -> Table:
    rows = tuple(
        (Cell(pack.topic), Cell(pack.version or "–"), Cell(_moment(pack.since)), Cell(pack.fingerprint[:12]))
        for pack in found.packs
    )
    return Table("Van kracht geworden", ("Onderwerp", "Versie", "Sinds", "Vingerafdruk"), rows, "niets gewijzigd.")


def _number(count: int, *, bad: bool = False) -> Cell:
    return Cell(str(count), number=True, bad=bad)


def _minutes(count: int) -> str:
    """A duration in its two largest parts: "45 min", "3 uur en 20 min", "2 dagen en 20 uur"."""
    days, hours, minutes = count // (24 * 60), count // 60 % 24, count % 60
    parts = (f"{days} {'dag' if days == 1 else 'dagen'}", f"{hours} uur", f"{minutes} min")
    first = 0 if days else 1 if hours else 2
    counts = (days, hours, minutes)
    return (
        " en ".join(part for part, number in zip(parts[first : first + 2], counts[first : first + 2], strict=True) if number)
        or "0 min"
    )


def _day(day: date) -> str:
    return long_day(day)


def _short_day(day: date) -> str:
    return f"{short_day(day)} {day.year}"


def _moment(moment: datetime) -> str:
    return f"{_short_day(local(moment).date())} {clock_time(moment)}"
