"""YAML read strictly, with the line of every key and item.

YAML 1.2 (so `no` is text, and 20:00 is not a number). What the format allows but nobody should write here is a fault: duplicate
keys, tabs, tags, merge keys, several documents, anchors that hold themselves. Nothing is constructed but text, numbers, true and
false, nothing, lists and mappings; a date stays text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from domain.errors import Fault
from services.secret import looks_secret, shown

Where = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_MOST_BYTES = 2_000_000
_MOST_NODES = 200_000
_SECRET = "this looks like a secret or a channel address"
_SECRET_HINT = "take it out, change it at its owner, and put the new one into the environment"
_PLAIN_WORDS = (
    ("'\\t'", "a tab stands where the file is indented", "indent with spaces"),
    ("undefined alias", "an alias (*name) points to nothing", "write the value out"),
    ("another document", "a second document begins here", "remove the line with ---; one file holds one document"),
    ("unexpected end of stream", "a quote is opened here or above and never closed", "close it on the same line"),
    ("mapping values are not allowed here", "a second ':' on this line, or a line that is indented too far", "quote the value"),
    ("could not find expected ':'", "a ':' is missing", "write key: value"),
    (
        "expected ',' or",
        "a list or block in brackets is not closed, or a ',' is missing",
        "check the brackets on the lines above",
    ),
    ("expected <block end>", "this line is not indented like its neighbours", "align it with the line it belongs to"),
    ("cannot start any token", "a value begins with a character that means something else in YAML", "put the value in quotes"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What a file says (`data`, None when it cannot be read), the line of every key and item, and what is wrong with its form.

    One text gives one object, shared by all who read it: `data` is to be read only."""

    file: str
    data: object = None
    lines: Mapping[Where, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def line(self, where: Where) -> int:
        """The 1-based line of this key or item, or of the nearest thing around it that stands in the file."""
        for length in range(len(where), 0, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 1

    def fault(self, where: Where, what: str, hint: str) -> Fault:
        """A fault at this place of the file."""
        return Fault(self.file, self.line(where), what, hint)


def read_file(path: Path, file: str, missing_hint: str, kept: Mapping[Path, str] | None = None) -> Marked:
    """The file at `path`, called `file` in messages; a file that is not there or not text has one fault and no data.

    With `kept`, texts by absolute path, these are read in the place of the files (`services.last_good`)."""
    if kept is not None and (text := kept.get(Path(os.path.abspath(path)))) is not None:
        return read_text(text, file)
    try:
        if path.stat().st_size > _MOST_BYTES:
            return Marked(file, faults=(Fault(file, 0, "this file is larger than 2 MB", "check that it is the right file"),))
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Marked(file, faults=(Fault(file, 0, "there is no such file", missing_hint),))
    except OSError as error:
        return Marked(file, faults=(Fault(file, 0, f"cannot be read: {error.strerror}", "check the path and its rights"),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Marked(file, faults=(Fault(file, line, "a character is not UTF-8", "save the file as UTF-8"),))
    return read_text(text, file)


def read_text(text: str, file: str) -> Marked:
    """The text as values with lines. Never raises: what is wrong stands in `faults`, all of it as far as the text can be read."""
    marked = _read(text)
    return replace(marked, file=file, faults=tuple(replace(fault, file=file) for fault in marked.faults))


@lru_cache(maxsize=32)  # a quarter of a second for a topic pack, and the same files are read at every visit
def _read(text: str) -> Marked:
    file = ""
    faults = [
        Fault(file, number, _SECRET, _SECRET_HINT) for number, line in enumerate(text.splitlines(), 1) if looks_secret(line)
    ]
    if re.search(r"^%YAML\s+(?!1\.2\b)", text, re.MULTILINE):
        faults.append(Fault(file, 1, "only YAML 1.2 is read", "remove the %YAML line"))
        return Marked(file, faults=tuple(faults))
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        return Marked(file, faults=(*faults, _syntax(error, file)))
    except YAMLError:
        line = next((n for n, raw in enumerate(text.splitlines(), 1) if not raw.replace("\t", " ").isprintable()), 0)
        faults.append(Fault(file, line, "a control character stands in the text", "remove it"))
        return Marked(file, faults=tuple(faults))
    except RecursionError:
        return Marked(file, faults=(*faults, Fault(file, 0, "blocks are nested too deeply", "check the brackets")))
    builder = _Builder(file)
    data = builder.value(node, ()) if node is not None else None
    return Marked(file, data, builder.lines, tuple(dict.fromkeys((*faults, *builder.faults))))


class _Builder:
    """Turns composed nodes into plain values, noting lines and faults on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Where, int] = {}
        self.faults: list[Fault] = []
        self._open: list[int] = []
        self._nodes = 0

    def value(self, node: Node, where: Where) -> object:
        """The plain value of a node that stands at `where`."""
        self._nodes += 1
        line = node.start_mark.line + 1
        if id(node) in self._open or len(self._open) > 50 or self._nodes > _MOST_NODES:
            self._refuse(line, "an alias repeats itself, or blocks are nested too deeply", "write the value out")
            return None
        self._open.append(id(node))
        try:
            if isinstance(node, MappingNode):
                return self._mapping(node, where)
            if isinstance(node, SequenceNode):
                return [self._item(item, (*where, index)) for index, item in enumerate(node.value)]
            return self._scalar(node, line)
        finally:
            self._open.pop()

    def _item(self, node: Node, where: Where) -> object:
        self.lines[where] = node.start_mark.line + 1
        return self.value(node, where)

    def _mapping(self, node: MappingNode, where: Where) -> dict[str, object]:
        out: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.tag != f"{_TAG}str":
                merge = isinstance(key_node, ScalarNode) and key_node.tag == f"{_TAG}merge"
                what = "merge keys (<<) are not read" if merge else "a key must be plain text"
                self._refuse(line, what, "write the keys out" if merge else "put it in quotes")
                continue
            key = str(key_node.value)
            place = (*where, key)
            if key in out:
                first = self.lines[place]
                self._refuse(line, f"{shown(key)} stands here a second time; first on line {first}", "keep one of the two")
                self.value(value_node, (*place, "[second]"))
                continue
            self.lines[place] = line
            out[key] = self.value(value_node, place)
        return out

    def _scalar(self, node: Node, line: int) -> object:
        text = str(node.value)
        tag = str(node.tag)
        if looks_secret(text):
            self._refuse(line, _SECRET, _SECRET_HINT)
        kind = tag.removeprefix(_TAG)
        if kind in {"str", "timestamp", "value"}:
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        try:
            if kind == "int":
                digits = text.replace("_", "")
                return int(digits, 0) if digits.lstrip("+-")[:2] in {"0x", "0o"} else int(digits)
            if kind == "float":
                return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
        except ValueError:
            return text
        self._refuse(line, "a tag (!) is not read", "write plain text, a number, true or false")
        return text

    def _refuse(self, line: int, what: str, hint: str) -> None:
        self.faults.append(Fault(self.file, line, what, hint))


def _syntax(error: MarkedYAMLError, file: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    problem = str(error.problem or error.context or "")
    line = mark.line + 1 if mark is not None else 0
    if "end of stream" in problem and error.context_mark is not None:
        line = error.context_mark.line + 1
    for words, what, hint in _PLAIN_WORDS:
        if words in problem:
            return Fault(file, line, what, hint)
    return Fault(file, line, "this is not YAML", "compare the line with the example sources.yaml")
