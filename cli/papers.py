"""merges, fetch and gaps: which papers are one, and which are missing."""

from __future__ import annotations

from cli import opening
from cli.output import as_json, say
from services import citing, holes, merging
from services import fetch as fetching
from services.when import when

MOST_SHOWN = 40
"""Lines of a list that a person reads; `--json` has them all."""


def merges(*, json: bool) -> None:
    """The merge log, a merge a line with its reasons below."""
    radar = opening.radar(create=False)
    found = merging.merges(radar)
    if json:
        as_json({"merges": found})
        return
    if not found:
        say("no merges: every address is a paper of its own")
    now = radar.clock.now()
    for one in found:
        undone = f"  UNDONE {when(one.undone, now)}" if one.undone else ""
        say(f"{one.number:>4}  {when(one.at, now)}  {one.merged} is a copy of {one.kept}{undone}")
        for reason in one.reasons:
            say(f"      because: {reason}")
        for address in one.addresses:
            say(f"      {address}")


def undo(number: int, *, json: bool) -> None:
    """Two papers again."""
    done = merging.undo(opening.radar(create=False), number)
    if json:
        as_json(done)
        return
    say(f"merge {done.number} is undone: {done.taken} and {done.kept} are two papers from now on")
    for address in done.addresses:
        say(f"  {done.taken}: {address}")


def fetch(paper: str, *, json: bool) -> None:
    """One paper into the archive."""
    done = fetching.fetch(opening.radar(create=True), paper)
    if json:
        as_json(done)
        return
    say(f"{done.id}  {done.kind}  item {done.item}{'  (was in the archive already)' if done.known else ''}")
    say(done.title)
    say(done.url)


def gaps(dossier: str, *, json: bool) -> None:
    """Cited papers that are not there, holes in dossiers, and cited addresses of other sites."""
    radar = opening.radar(create=False)
    with radar.store.read() as unit:
        found = citing.gaps(radar, unit)
        missing = holes.holes(radar, unit, dossier)
    cited = [one for one in found.papers if not dossier or one.id.startswith(f"kst-{dossier}-")]
    others = () if dossier else found.elsewhere
    if json:
        as_json(
            {
                "cited": [{"id": one.id, "source": one.source, "url": one.url, "cited_by": dict(one.cited_by)} for one in cited],
                "missing": missing,
                "elsewhere": [{"url": one.url, "cited_by": dict(one.cited_by)} for one in others],
            }
        )
        return
    say(f"cited and not in the archive: {len(cited)}")
    for gap in cited[:MOST_SHOWN]:
        how = f"beleidsradar fetch {gap.id}" if gap.source else "no watched site has it"
        if gap.id.startswith("url:"):
            say(f"  beleidsradar fetch {gap.url}")
        else:
            say(f"  {gap.id}  ({how}){f'  {gap.url}' if gap.url else ''}")
        for paper, sentence in gap.cited_by[:3]:
            say(f"    {paper}: «{sentence}»")
    _more(len(cited))
    say(f"numbers missing in a dossier: {len(missing)}")
    for hole in missing[:MOST_SHOWN]:
        say(f"  {hole.id}  (between {hole.below} and {hole.above}, passed over since {hole.since})")
    _more(len(missing))
    say(f"cited addresses of sites that nobody watches: {len(others)}")
    for gap in others[:MOST_SHOWN]:
        say(f"  {gap.url}  ({', '.join(paper for paper, _ in gap.cited_by[:3])})")
    _more(len(others))


def _more(total: int) -> None:
    if total > MOST_SHOWN:
        say(f"  and {total - MOST_SHOWN} more; --json has them all")
