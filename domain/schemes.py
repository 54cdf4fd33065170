"""Scheme sheets: what a page or act says about a subsidy scheme, fact by fact, each with the sentence it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class SchemeField(StrEnum):
    """The facts a sheet can hold. `part` of a fact tells regions, brackets and project types apart."""

    STATUS = "status"
    OPENS = "opens"
    CLOSES = "closes"
    CEILING = "ceiling"
    BUDGET = "budget"
    RATE = "rate"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    THRESHOLD = "threshold"
    TARGET_GROUP = "target_group"
    ALLOCATION = "allocation"
    DEADLINE = "deadline"


class SchemeStatus(StrEnum):
    """The status labels of rvo.nl (`reference`: its own filter list); UNKNOWN keeps the raw label in the fact's sentence."""

    OPEN = "open"
    OPENING_SOON = "opening_soon"
    CLOSED_TEMPORARILY = "closed_temporarily"
    CLOSED = "closed"
    EXHAUSTED = "exhausted"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """How to read the value of a fact."""

    LABEL = "label"  # plain text
    CENTS = "cents"  # integer euro cents, as decimal digits
    PERCENT = "percent"  # hundredths of a per cent, as decimal digits: "3200" is 32 %
    MOMENT = "moment"  # ISO 8601: a date, or a local date and time in Europe/Amsterdam ("2021-12-20T17:00")


@dataclass(frozen=True, slots=True)
class SchemeFact:
    """One fact: which field, of which part of the scheme, what value in what unit, and the sentence that says so."""

    field: SchemeField
    value: str
    unit: Unit
    sentence: str
    part: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What this fact is about: facts of two sheets with the same key are the same fact at two times."""
        return (self.field.value, self.part)


@dataclass(frozen=True, slots=True)
class SchemeSheet:
    """All facts that one version of one page or act states about one scheme. `scheme` is its id (`wbso`, `mit`)."""

    scheme: str
    name: str
    facts: tuple[SchemeFact, ...]
    provisional: bool = True

    def get(self, field: SchemeField, part: str = "") -> SchemeFact | None:
        """The fact with this key, or None when the page does not state it."""
        return next((f for f in self.facts if f.field is field and f.part == part), None)

    def to_json(self) -> dict[str, Any]:
        """A JSON-ready form from which `from_json` rebuilds an equal sheet."""
        return {
            "scheme": self.scheme,
            "name": self.name,
            "provisional": self.provisional,
            "facts": [[f.field.value, f.value, f.unit.value, f.sentence, f.part] for f in self.facts],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> SchemeSheet:
        """The sheet that `to_json` wrote down."""
        return SchemeSheet(
            scheme=data["scheme"],
            name=data["name"],
            provisional=data["provisional"],
            facts=tuple(
                SchemeFact(SchemeField(field), value, Unit(unit), sentence, part)
                for field, value, unit, sentence, part in data["facts"]
            ),
        )
