"""Printing: text for people, one JSON document for programs, one line for what went wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any


def say(text: str = "") -> None:
    """A line on standard output."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """What went wrong, on standard error."""
    sys.stderr.write(text + "\n")


def has_colours() -> bool:
    """True when standard output is a terminal that shows colours and nobody asked for none (NO_COLOR, TERM=dumb)."""
    from rich.console import Console

    console = Console()
    return console.is_terminal and not console.no_color and not console.is_dumb_terminal


def say_coloured(pieces: Iterable[tuple[str, str]]) -> None:
    """A line for a terminal: pieces of text, each with a rich style ("" for none), wrapped to its width."""
    from rich.console import Console
    from rich.text import Text

    line = Text()
    for text, style in pieces:
        line.append(text, style)
    Console(highlight=False, markup=False, emoji=False).print(line)


def as_json(value: object) -> None:
    """One JSON document on standard output and nothing else."""
    json.dump(jsonable(value), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def jsonable(value: object) -> Any:
    """Dataclasses, enums and dates as JSON values; anything else as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return {found.name: jsonable(getattr(value, found.name)) for found in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset | set):
        return [jsonable(item) for item in value]
    return value
