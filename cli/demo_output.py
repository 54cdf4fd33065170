"""What the demo leaves behind: every message as it arrived, an index, and the archive to try commands on."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from demo import story
from demo.sites import Miniature
from domain.calendar import local
from domain.digests import Link
from domain.errors import UsageError
from notifications.reading_room import DayRow, write_pages
from services.radar import Radar
from storage.outbox import DigestRun

MARK = ".beleidsradar-demo"
Mails = Sequence[tuple[str, bytes]]
Messages = Sequence[dict[str, Any]]


def clear(output: Path) -> None:
    """An empty folder for the demo. Raises UsageError rather than delete anything that no demo wrote."""
    if output.exists():
        if any(output.iterdir()) and not (output / MARK).exists():
            raise UsageError(f"{output} is not empty and was not written by the demo; name another folder with --output")
        shutil.rmtree(output)
    output.mkdir(parents=True)
    (output / MARK).touch()


def write(radar: Radar, sites: Miniature, mails: Mails, messages: Messages, output: Path) -> tuple[str, ...]:
    """Every mail as .eml with its .html and .txt, every Slack message as .json, index.html, and a copy of the archive."""
    with radar.store.read() as unit:
        runs = unit.outbox.runs()
    mailed = [run for run in runs if radar.settings.digests[run.digest].to]
    names: dict[int, list[Link]] = {run.id: [] for run in runs}
    for run, (_, raw) in zip(mailed, mails, strict=True):
        stem = _stem(run)
        parsed = _parsed(raw)
        (output / f"{stem}.eml").write_bytes(raw)
        for kind, ending in (("html", "html"), ("plain", "txt")):
            body = parsed.get_body((kind,))
            (output / f"{stem}.{ending}").write_text(body.get_content() if body else "", encoding="utf-8")
        names[run.id] = [
            Link(f"{run.digest} nr. {run.number}: {run.subject}", f"{stem}.html"),
            Link("mail", f"{stem}.eml"),
            Link("tekst", f"{stem}.txt"),
        ]
    for run, payload, part in _slack(runs, messages, radar):
        name = f"{_stem(run)}-slack{f'-{part}' if part > 1 else ''}.json"
        (output / name).write_text(json.dumps(payload, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        names[run.id].append(Link(f"Slack ({run.digest} nr. {run.number})", name))
    write_pages(output, _days(radar, runs, names), language="en")
    _archive(radar, output / "archive")
    return tuple(sorted(path.name for path in output.iterdir() if path.is_file() and path.name not in (MARK, "engine.log")))


def _slack(runs: Sequence[DigestRun], messages: Messages, radar: Radar) -> list[tuple[DigestRun, dict[str, Any], int]]:
    """Each Slack message with the issue it belongs to, in order of arrival."""
    with radar.store.read() as unit:
        deliveries = [d for d in unit.outbox.deliveries() if d.channel == "slack" and d.delivered is not None]
    by_key = {run.id: run for run in runs}
    ordered = sorted(deliveries, key=lambda d: (d.delivered or d.created, d.id))
    return [(by_key[d.run_id], payload, d.part) for d, payload in zip(ordered, messages, strict=True)]


def _stem(run: DigestRun) -> str:
    return f"{local(run.made):%Y-%m-%d-%H%M}-{run.digest}-nr-{run.number}"


def _days(radar: Radar, runs: Sequence[DigestRun], names: dict[int, list[Link]]) -> list[DayRow]:
    """Per day what plain feeds would have sent (every new or touched entry) and what the reader got."""
    plain: Counter[date] = Counter()
    told: Counter[date] = Counter()
    with radar.store.read() as unit:
        for source in radar.settings.sources:
            for visit in unit.visits.all(source):
                counts = visit.counts
                plain[local(visit.started).date()] += counts.get("new", 0) + counts.get("changed", 0)
        for run in runs:
            told[local(run.made).date()] += len(json.loads(run.renderings["json"])["items"])
    days = sorted({local(step.at).date() for step in story.STEPS})
    return [
        DayRow(
            day=day,
            plain=plain[day],
            told=told[day],
            digests=tuple(link for run in runs if local(run.made).date() == day for link in names[run.id]),
            note=" · ".join(step.words for step in story.STEPS if local(step.at).date() == day and step.act is story.Act.VISIT),
        )
        for day in days
    ]


def _archive(radar: Radar, folder: Path) -> None:
    """A copy of the home, so that `why`, `diff` and `status` can be tried on what the demo saw."""
    radar.store.close()
    shutil.copytree(radar.settings.home, folder)


def missing_kinds(mails: Mails, messages: Messages) -> tuple[str, ...]:
    """Which of the five kinds stands in no mail, or in no Slack message, under its own heading. Empty when the story is whole."""
    # The Startdossier shows what stood there before; only news counts here.
    mailed = "\n".join(text_of(raw) for _, raw in mails if "Startdossier" not in _parsed(raw)["subject"])
    slacked = "\n".join(json.dumps(message, ensure_ascii=False) for message in messages if "Startdossier" not in message["text"])
    return tuple(
        f"no {kind} ([{badge} · …]) in {where}"
        for kind, badge in story.FIVE_KINDS.items()
        for where, text in (("mail", mailed), ("Slack", slacked))
        if f"[{badge} · " not in text
    )


def text_of(raw: bytes) -> str:
    """The plain part of a mail."""
    part = _parsed(raw).get_body(("plain",))
    return str(part.get_content()) if part else ""


def last_text(output: Path) -> str:
    """The text of the last digest that was mailed."""
    texts = sorted(output.glob("*.txt"))
    return texts[-1].read_text(encoding="utf-8").rstrip() if texts else ""


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)
