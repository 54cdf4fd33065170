"""check: everything that can be wrong before the first visit."""

from __future__ import annotations

import os

import typer

from cli.output import as_json, complain, say
from services.environment import sources_path
from services.settings_readiness import readiness


def check(*, json: bool) -> None:
    """Every fault in a line with what to do, warnings beside them; exit 2 when there is any fault."""
    found = readiness(sources_path(os.environ), os.environ)
    for warning in found.warnings:
        complain(f"warning: {warning}")
    for fault in found.faults:
        complain(str(fault))
    if json:
        as_json(found)
    if found.faults:
        complain(f"{len(found.faults)} {'fault' if len(found.faults) == 1 else 'faults'}")
        raise typer.Exit(2)
    if not json:
        say("sources.yaml, topics, channels and environment are fine")
        say(f"database: {found.database}")
