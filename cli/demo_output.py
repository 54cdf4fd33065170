"""What the demo leaves behind: every message as it arrived, an index, and the archive to try commands on."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from cli.manifest import Manifest
from demo import story
from domain.calendar import local
from domain.digests import Link
from notifications.reading_room import DayRow, write_pages
from services.environment import CLOCK, DATABASE, SOURCES
from services.radar import Radar
from storage.issues import DigestRun

ENGINE_LOG = "engine.log"
ARCHIVE = "archive"
INTRO = (
    "Plain feeds: the entries that were new or touched in the lists of the three sites, an alert each. "
    "You got: the items that the digests of that day told you, in mail or Slack."
)
TRY = ("why kst-32637-480", "diff rvo:wbso", "show kst-32637-480")
"""Commands that work on what the demo leaves behind."""

Mails = Sequence[tuple[str, bytes]]
Messages = Sequence[dict[str, Any]]


def write(radar: Radar, mails: Mails, messages: Messages, output: Manifest) -> tuple[str, ...]:
    """Every mail as .eml with its .html and .txt, every Slack message as .json, index.html, and a copy of the archive."""
    with radar.store.read() as unit:
        runs = unit.issues.runs()
    mailed = [run for run in runs if radar.settings.digests[run.digest].to]
    names: dict[int, list[Link]] = {run.id: [] for run in runs}
    written = []
    for run, (_, raw) in zip(mailed, mails, strict=True):
        stem = _stem(run)
        parsed = _parsed(raw)
        output.new(f"{stem}.eml").write_bytes(raw)
        for kind, ending in (("html", "html"), ("plain", "txt")):
            body = parsed.get_body((kind,))
            output.new(f"{stem}.{ending}").write_text(body.get_content() if body else "", encoding="utf-8")
        written += [f"{stem}.{ending}" for ending in ("eml", "html", "txt")]
        names[run.id] = [
            Link(f"{run.digest} no. {run.number}: {run.subject}", f"{stem}.html"),
            Link("mail", f"{stem}.eml"),
            Link("text", f"{stem}.txt"),
        ]
    for run, payload, part in _slack(runs, messages, radar):
        name = f"{_stem(run)}-slack{f'-{part}' if part > 1 else ''}.json"
        output.new(name).write_text(json.dumps(payload, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.append(name)
        names[run.id].append(Link(f"Slack ({run.digest} no. {run.number})", name))
    write_pages(output.new("index.html").parent, _days(radar, runs, names), intro=INTRO, language="en")
    _archive(radar, output)
    return tuple(sorted([*written, "index.html"]))


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
            note=" · ".join(
                step.words
                for step in story.STEPS
                if local(step.at).date() == day and (step.act is story.Act.VISIT or step.on_page)
            ),
        )
        for day in days
    ]


def _archive(radar: Radar, output: Manifest) -> None:
    """A copy of the home, so that `why`, `diff` and `status` can be tried on what the demo saw."""
    radar.store.close()
    home = radar.settings.home
    files = [path.relative_to(home) for path in sorted(home.rglob("*")) if path.is_file()]
    output.own(f"{ARCHIVE}/{file.as_posix()}" for file in files)
    shutil.copytree(home, output.folder / ARCHIVE, dirs_exist_ok=True)  # keeps the modes: told.key is its owner's alone


def commands(output: Path, program: str, before: Mapping[str, str]) -> tuple[str, ...]:
    """Command lines to try on the archive, as they can be pasted into the shell that started the demo as `program`.

    `before` is that shell's environment: what it says of another home must not lead these commands there.
    """
    start = [f"BELEIDSRADAR_HOME={shlex.quote(str(output / ARCHIVE))}"]
    start += [f"{name}=" for name in (SOURCES, DATABASE, CLOCK) if before.get(name)]
    if Path(program).name == "__main__.py":
        start += [shlex.quote(sys.executable), "-m", Path(program).parent.name]
    else:
        start.append(shlex.quote(program if os.sep in program else shutil.which(program) or program))
    return tuple(" ".join([*start, command]) for command in TRY)


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


def last_text(output: Path, written: Sequence[str]) -> str:
    """The text of the last digest that was mailed; "" when none was."""
    texts = sorted(name for name in written if name.endswith(".txt"))
    return (output / texts[-1]).read_text(encoding="utf-8").rstrip() if texts else ""


def _parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)
