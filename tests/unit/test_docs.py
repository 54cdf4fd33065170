"""The documentation is checked against the product."""

from __future__ import annotations

import importlib
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from services.yaml_lines import read_text

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")],
)
MAIN = ROOT / "cli" / "main.py"
USER_PAGES = ("README.md", "docs/operating.md")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands() -> dict[str, Any]:
    """Every command of the command line by its full name ("db check"), with its click object."""
    if not MAIN.exists():
        pytest.skip("the command line is not built yet")
    typer = importlib.import_module("typer")
    top = typer.main.get_command(importlib.import_module("cli.main").app)
    found: dict[str, Any] = {}

    def walk(prefix: str, group: Any) -> None:
        for name, command in group.commands.items():
            if getattr(command, "commands", None):
                walk(f"{prefix}{name} ", command)
            elif not command.hidden:
                found[prefix + name] = command

    walk("", top)
    return found


def test_every_command_is_documented() -> None:
    """README or operating.md names each command as it is typed."""
    pages = "\n".join(_text(name) for name in USER_PAGES)
    assert [name for name in _commands() if not re.search(rf"beleidsradar {re.escape(name)}\b", pages)] == []


def test_every_documented_command_exists() -> None:
    """What a page tells to type can be typed."""
    known = _commands()
    groups = {name.split()[0] for name in known if " " in name}
    missing = set()
    for page in PAGES:
        if page.parent.name == "decisions":
            continue
        code = "\n".join(re.findall(r"`[^`\n]+`|```.*?```", page.read_text(encoding="utf-8"), re.DOTALL))
        for first, second in re.findall(r"\bbeleidsradar ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", code):
            if first not in known and not (first in groups and (not second or f"{first} {second}" in known)):
                missing.add(f"{page.name}: {first} {second}".strip())
    assert missing == set()


def test_every_quoted_command_parses() -> None:
    """Each command that a page quotes knows every option that stands with it."""
    known = _commands()
    wrong = set()
    for page in PAGES:
        code = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
        code += [
            line
            for block in re.findall(r"```\w*\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
            for line in block.splitlines()
        ]
        for quoted in code:
            for rest in re.split(r"\bbeleidsradar (?=[a-z])", re.split(r"\s#|&&|;", quoted)[0])[1:]:
                words = rest.split()
                name = next((one for one in (" ".join(words[:2]), words[0]) if one in known), None)
                if name is None:
                    continue  # a group by itself; what is no command at all is the other test's
                options = {option for parameter in known[name].params for option in parameter.opts} | {"--help"}
                wrong |= {
                    f"{page.name}: {name} {word}" for word in re.findall(r"(?<!\S)\[?(--[a-z-]+)", rest) if word not in options
                }
    assert wrong == set()


def test_every_command_has_help() -> None:
    """`--help` is answered, and says what each command does."""
    for name, command in _commands().items():
        with pytest.raises(importlib.import_module("typer").Exit), redirect_stdout(StringIO()):
            command.make_context(name, ["--help"])
    assert [name for name, command in _commands().items() if not (command.help or "").strip()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the repository has that file behind it."""
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_every_variable_is_documented() -> None:
    """operating.md names each environment variable that the code reads, and no other."""
    named = re.compile(r"BELEIDSRADAR_[A-Z][A-Z_]*[A-Z]\b")
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "services").glob("*.py"))
    page = _text("docs/operating.md")
    read = {name for name in named.findall(code) if not name.startswith("BELEIDSRADAR_CHANNEL")}
    said = {name for name in named.findall(page) if not name.startswith("BELEIDSRADAR_CHANNEL")}
    assert read == said
    assert "BELEIDSRADAR_CHANNEL_" in page


def test_every_make_target_that_is_named_exists() -> None:
    """`make X` in a page is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    used = {name for page in PAGES for name in re.findall(r"[`\n]make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert {"demo", "test"} <= used
    assert used <= targets


def test_yaml_examples_can_be_read() -> None:
    """An example that somebody copies has no fault of form."""
    examples = [
        block for page in PAGES for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert examples
    assert [read_text(block, "example").faults for block in examples] == [()] * len(examples)


def test_decisions_are_numbered_without_holes() -> None:
    """Each decision has its number, in its name and in its heading."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        assert page.read_text(encoding="utf-8").startswith(f"# {int(page.name[:4])}. ")
