"""The digest as one JSON document: every fact of the value, for machines and archives."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from domain.digests import Digest
from notifications.safe import clean


def render_json(digest: Digest) -> str:
    """The digest as indented JSON in field order, with its `counts`; moments in ISO 8601, enums by value. Byte-deterministic.

    Unlike the other renderings it holds everything at every length: whoever reads it selects for themselves.
    """
    document = {**_plain(digest), "counts": dict(digest.counts())}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"a digest holds no {type(value).__name__}")
