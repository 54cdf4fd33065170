"""The JSON Schema of sources.yaml, for editors: `python -m services.schema > sources.schema.json`.

It says the shape. What a schema cannot say (crons, names that must exist, environment) is what `beleidsradar check` is for.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from services.settings_checks import KINDS, WITH_PATHS
from services.settings_model import SettingsModel


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of sources.yaml, with the names of the known sources and their kinds."""
    found = SettingsModel.model_json_schema()
    definitions = found["$defs"]
    source = definitions["SourceModel"]
    sources = found["properties"]["sources"]
    for key in ("additionalProperties", "patternProperties", "propertyNames"):
        sources.pop(key, None)
    sources["additionalProperties"] = False
    sources["properties"] = {name: _for_source(source, name) for name in KINDS}
    del definitions["SourceModel"]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Beleidsradar: sources.yaml"}
    return head | {key: value for key, value in found.items() if key != "title"}


def text() -> str:
    """The schema as it is published: sorted nowhere, indented by two, one newline at the end."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _for_source(source: dict[str, Any], name: str) -> dict[str, Any]:
    own = json.loads(json.dumps(source))
    kinds = KINDS[name]
    own["properties"]["kinds"] |= {"items": {"enum": list(kinds)}} if kinds else {"maxItems": 0}
    if name not in WITH_PATHS:
        own["properties"]["paths"]["maxItems"] = 0
    return dict(own)


if __name__ == "__main__":
    sys.stdout.write(text())
