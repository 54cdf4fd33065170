"""pydantic's findings in the words of a user: what is wrong, and what to do, without repeating a secret or an address."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from services.secret import shown
from services.settings_model import SettingsModel, model_at

Where = tuple[str | int, ...]

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a block of keys",
    "model_type": "a block of keys",
}
_SECOND_LOOK = {"[key]", "json-invalid"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place of the file, before the place is turned into a line."""

    where: Where
    what: str
    hint: str


def read_model(data: object) -> tuple[SettingsModel | None, tuple[Problem, ...]]:
    """The settings that the data says, or None and everything that keeps it from being settings."""
    if not isinstance(data, dict):
        return None, (Problem((), "the file holds no settings", "begin with language:, organisation:, contact: and sources:"),)
    try:
        return SettingsModel.model_validate_json(json.dumps(data)), ()
    except ValidationError as error:
        found = (_problem(dict(one), data) for one in error.errors(include_url=False, include_context=True))
        return None, tuple(dict.fromkeys(found))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint for a name that is not known: the nearest known one, else all of them, else `otherwise`."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.7)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"known: {', '.join(names)}" if names else otherwise


def dotted(where: Sequence[str | int]) -> str:
    """A place as a user reads it: `digests.ochtend.to[2]`, numbers counted from 1."""
    out = ""
    for step in where:
        out += f"[{step + 1}]" if isinstance(step, int) else f"{'.' if out else ''}{_tame(step)}"
    return out


def at(where: Sequence[str | int], what: str) -> str:
    """What is wrong, with its place before it (nothing before it at the top of the file)."""
    return f"{dotted(where)}: {what}" if where else what


def _tame(step: str) -> str:
    said = shown(step)
    return said[1:-1] if said.startswith("'") else "(name not shown)"


def _problem(error: dict[str, Any], data: object) -> Problem:
    where: Where = tuple(step for step in error["loc"] if step not in _SECOND_LOOK)
    kind = str(error["type"])
    given = _given(data, where)
    if "[key]" in error["loc"]:
        hint = "a name is 1 to 40 lower-case letters, digits, - or _, and begins with a letter"
        return Problem(where, at(where[:-1], f"{shown(where[-1])} is not a name"), hint)
    if kind == "extra_forbidden":
        model = model_at(where[:-1])
        hint = did_you_mean(str(where[-1]), model.model_fields if model else ())
        return Problem(where, at(where[:-1], f"unknown key {shown(where[-1])}"), hint)
    what, hint = _said(kind, error, given, where)
    return Problem(where, at(where, what), hint)


def _said(kind: str, error: dict[str, Any], given: object, where: Where) -> tuple[str, str]:
    context = error.get("ctx", {})
    help_text = _help(where)
    if kind == "missing":
        return "is missing", help_text
    if kind == "rule":
        return str(context["what"]), str(context["hint"])
    if kind == "literal_error":
        known = [part.strip("' ") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"{shown(given)} is not known here", did_you_mean(str(given), known)
    if kind in _TYPES:
        if given is None:
            return "has nothing behind it", f"fill it in: {help_text}" if help_text else "fill it in"
        return f"must be {_TYPES[kind]}, not {_sort(given)}", help_text
    if kind in {"too_short", "string_too_short"}:
        return "is empty", help_text or "write at least one"
    if kind == "string_too_long":
        return "is longer than 500 characters", "shorten it"
    if kind in {"greater_than_equal", "less_than_equal"}:
        return f"{shown(given)} is out of range", help_text
    if kind == "string_pattern_mismatch":
        return _mismatch(given, where), help_text
    return "cannot be used", help_text


def _mismatch(given: object, where: Where) -> str:
    if where and where[-1] == "secret":
        # What stands here may be the secret itself, so it is not repeated, whatever it looks like.
        return "must be the name of an environment variable, not the secret itself"
    return "is empty" if isinstance(given, str) and not given.strip() else f"{shown(given)} is not a name"


def _help(where: Where) -> str:
    steps = list(where)
    while steps:
        model = model_at(steps[:-1])
        if model is not None and str(steps[-1]) in model.model_fields:
            return model.model_fields[str(steps[-1])].description or ""
        steps.pop()
    return ""


def _sort(given: object) -> str:
    if isinstance(given, dict):
        return "a block of keys"
    if isinstance(given, list):
        return "a list"
    return f"the number {given}" if isinstance(given, int | float) and not isinstance(given, bool) else shown(given)


def _given(data: object, where: Where) -> object:
    for step in where:
        try:
            data = data[step]  # type: ignore[index]  # whatever cannot be indexed has no value there
        except (KeyError, IndexError, TypeError):
            return None
    return data


def names_of(data: object, block: str) -> Iterator[str]:
    """The names under a top block of the file (`topics`, `channels`), as far as it is a block."""
    found = data.get(block) if isinstance(data, dict) else None
    yield from found if isinstance(found, dict) else ()
