"""The house rules that a machine can check."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.settings_checks import KINDS
from sources import ADAPTERS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in {"tests", "benchmarks"})
MODULES = sorted(module for room in ROOMS for module in room.rglob("*.py"))
# A migration is a record of the tables of one day; it is never edited, so the limits of size say nothing about it.
EDITED = [module for module in MODULES if "versions" not in module.parts]
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _name(module: Path) -> str:
    return str(module.relative_to(ROOT))


def _public(body: list[ast.stmt], *, inside: bool = False) -> Iterator[_Definition]:
    """The public classes and functions of a module, with the public methods of public classes."""
    for node in body:
        if not isinstance(node, _Definition) or node.name.startswith("_"):
            continue
        # A property's setter and an overload repeat what the first definition says.
        if isinstance(node, ast.ClassDef) or not inside or not any("overload" in ast.dump(d) for d in node.decorator_list):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, inside=True)


def test_imports_run_one_way() -> None:
    """Every contract of import-linter is kept."""
    tool = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_visit_loads_nothing_that_only_sending_needs() -> None:
    """Apprise is 13 MB and a fifth of a second in every one of hundreds of visits a day."""
    said = "import sys, services.watch; print([one for one in ('apprise', 'jinja2', 'prefect') if one in sys.modules])"
    run = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_modules_stay_small() -> None:
    """A module is one noun or one verb."""
    long = {_name(m): n for m in EDITED if (n := len(m.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}


def test_functions_stay_small() -> None:
    """A function fits on a screen, its docstring included."""
    long = []
    for module in EDITED:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.append(f"{_name(module)}:{node.lineno} {node.name} has {lines} lines")
    assert long == []


def test_everything_public_says_what_holds() -> None:
    """Every module, and every public class and function in it, has a docstring."""
    bare = []
    for module in MODULES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(_name(module))
        if module not in EDITED:  # upgrade() and downgrade() say what they do by their name
            continue
        bare += [f"{_name(module)}:{node.lineno} {node.name}" for node in _public(tree.body) if not ast.get_docstring(node)]
    assert bare == []


@pytest.mark.parametrize("room", [*(room.name for room in ROOMS), "topics"])
def test_every_room_stands_on_the_map(room: str) -> None:
    """docs/architecture.md names every top-level room."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"`{room}" in text or f"\n{room} " in text or f"| {room} |" in text


def test_the_map_names_only_files_that_exist() -> None:
    """A file or folder that docs/architecture.md points to is there."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = [word for word in text.split("`")[1::2] if "/" in word and "://" not in word and " " not in word]
    assert len(named) > 10
    assert [word for word in named if not (ROOT / word).exists()] == []


def test_every_adapter_can_be_configured() -> None:
    """A source in the registry is known to the settings, and the other way round."""
    assert set(KINDS) == set(ADAPTERS)
