"""The shipped calendar of the parliamentary year, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from domain.calendar import Calendar, Recess

FILE = "calendar.yaml"


@cache
def calendar() -> Calendar:
    """The calendar as it was shipped. Raises ValueError, naming the row, for one that cannot be read: a defect of ours."""
    return read(files("services").joinpath(FILE).read_text(encoding="utf-8"))


def read(text: str) -> Calendar:
    """A calendar from its text. Raises ValueError for a row that is not a period."""
    said: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    recesses = []
    for row in said["recesses"]:
        first, last = row["from"], row["until"]
        if not isinstance(first, date) or not isinstance(last, date) or last < first:
            raise ValueError(f"{FILE}: {row.get('name')} is not a period: {first} to {last}")
        if row["basis"] not in ("published", "estimated"):
            raise ValueError(f"{FILE}: {row.get('name')} of {first} has basis {row['basis']!r}")
        recesses.append(Recess(row["name"], first, last, row["basis"] == "published"))
    return Calendar(tuple(recesses), said["valid_until"])
