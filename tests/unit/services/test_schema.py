"""The published schema is the one of the code, and fits what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from services.schema import schema, text
from services.settings import faults

CHANNELS = {"BELEIDSRADAR_CHANNEL_MAIL": "mailtos://smtp.example.nl", "BELEIDSRADAR_CHANNEL_SLACK": "slack://a/b/c"}


def _errors(path: Path) -> list[str]:
    data = YAML(typ="safe", pure=True).load(path)
    return [error.message for error in Draft202012Validator(schema()).iter_errors(data)]


def test_the_schema_is_itself_valid() -> None:
    """Editors can read it."""
    Draft202012Validator.check_schema(schema())


def test_the_published_schema_is_current(root: Path) -> None:
    """`python -m services.schema > sources.schema.json` was run after the last change."""
    assert (root / "sources.schema.json").read_text(encoding="utf-8") == text()


def test_the_shipped_settings_fit(root: Path) -> None:
    """sources.yaml as shipped has no fault and fits the schema."""
    assert _errors(root / "sources.yaml") == []
    assert faults(root / "sources.yaml", CHANNELS) == ()


@pytest.mark.shared
def test_the_sample_fits(shared: Path, root: Path) -> None:
    """The agreed shape of sources.yaml is the one that is built, and has no fault with the shipped pack."""
    sample = shared / "samples" / "sources.yaml"
    assert _errors(sample) == []
    assert faults(sample, CHANNELS | {"BELEIDSRADAR_HOME": str(root)}) == ()


@pytest.mark.parametrize("name", ["04-unknown-keys", "05-types"])
def test_the_schema_refuses_what_the_check_refuses(root: Path, name: str) -> None:
    """Unknown keys and wrong types are underlined while typing."""
    assert _errors(root / "tests" / "unit" / "services" / "broken" / f"{name}.yaml")


def test_every_key_says_what_to_write() -> None:
    """Each property has a description: it is the hint of its faults and the help in an editor."""
    found = schema()
    blocks = [found, *found["$defs"].values(), *found["properties"]["sources"]["properties"].values()]
    keys = [
        (block.get("title"), key) for block in blocks for key, said in block["properties"].items() if not said.get("description")
    ]
    assert keys == []
