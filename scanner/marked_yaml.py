"""YAML as people mean it: `NO` stays a string, every value keeps its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from scanner.errors import Mistake, PolicyBroken
from scanner.patterns import compiled_late, regex
from scanner.records.quick import dataclass

MAX_BYTES = 4_000_000
MAX_NODES = 200_000
"""Nodes after aliases are followed; a document above it is refused, so that no alias bomb is expanded."""

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value with its place."""

    value: str | int | float | bool | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list with its place."""

    members: tuple[Node, ...]
    line: int
    column: int

    def __iter__(self) -> Iterator[Node]:
        """Go through the members."""
        return iter(self.members)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping with its place; keys are strings and unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """Look up the value of a key."""
        return next((node for name, node in self.entries if name.value == key), None)

    def items(self) -> Iterator[tuple[str, Scalar, Node]]:
        """Go through (key text, key with place, value)."""
        return ((str(name.value), name, node) for name, node in self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping

_NUMBER = regex(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_GROUPED = regex(r"[0-9][0-9_]*")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_yaml(text: str, file: str) -> Node:
    """Read one YAML document.

    Plain scalars are `true`, `false`, `null`, decimal numbers, or else strings: `NO`, `on`, `12:30`,
    `2026-12-01` and `0x1F` stay as written. An empty document is an empty mapping.

    Raises:
        PolicyBroken: it is no YAML, a key stands twice or is no string, a tag or merge key is used, or
            it is larger than MAX_BYTES or MAX_NODES.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise PolicyBroken((Mistake(file, 0, 0, f"the file is larger than {MAX_BYTES} bytes"),))
    with compiled_late():
        import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        begin = error.context_mark or mark
        from scanner.yaml_advice import advice_for

        advice = advice_for(text, line, column, what, begin.line + 1 if begin else line)
        raise PolicyBroken((Mistake(file, line, column, f"not YAML: {what}", advice),)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise PolicyBroken((Mistake(file, 0, 0, f"not YAML: {str(error).splitlines()[0]}"),)) from error
    finally:
        loader.dispose()
    if node is None:
        return Mapping((), 1, 1)
    builder = _Builder(file)
    built = builder.build(node)
    if builder.mistakes:
        raise PolicyBroken(tuple(builder.mistakes), built)
    return built


def plain(node: Node) -> Plain:
    """Drop the places: dictionaries, lists and scalars as `json` would give them."""
    match node:
        case Scalar(value):
            return value
        case Sequence(members):
            return [plain(member) for member in members]
        case Mapping():
            return {key: plain(value) for key, _, value in node.items()}


class _Builder:
    """Turns PyYAML's nodes into ours, collecting every mistake."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[Mistake] = []
        self.count = 0
        self.open: set[int] = set()

    def refuse(self, node: Any, what: str, *advice: str) -> None:
        mark = node.start_mark
        self.mistakes.append(Mistake(self.file, mark.line + 1, mark.column + 1, what, advice))

    def build(self, node: Any) -> Node:
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.count += 1
        if self.count > MAX_NODES or id(node) in self.open or len(self.open) > 100:
            if self.count <= MAX_NODES:
                self.refuse(node, "the document refers to itself or is nested too deeply")
            elif not any("more than" in mistake.what for mistake in self.mistakes):
                self.refuse(node, f"the document has more than {MAX_NODES} values")
            return Scalar(None, line, column)
        if node.tag and not node.tag.startswith("tag:yaml.org,2002:"):
            self.refuse(node, f"tags have no meaning here: {node.tag}", "remove it, or quote the text")
        self.open.add(id(node))
        try:
            if node.id == "scalar":
                return Scalar(node.value if node.style else _scalar(node.value), line, column)
            if node.id == "sequence":
                return Sequence(tuple(self.build(member) for member in node.value), line, column)
            return self.build_mapping(node, line, column)
        finally:
            self.open.discard(id(node))

    def build_mapping(self, node: Any, line: int, column: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in node.value:
            if key.id != "scalar":
                self.refuse(key, "a key must be text")
                continue
            name = Scalar(key.value, key.start_mark.line + 1, key.start_mark.column + 1)
            if key.value == "<<" and not key.style:
                self.refuse(key, "merge keys (<<) are not read here", "write the keys out")
            elif key.value in entries:
                first = entries[key.value][0].line
                self.refuse(
                    key, f"the key {key.value!r} stands twice", f"first at line {first}: keep one of them"
                )
            else:
                entries[key.value] = (name, self.build(value))
        return Mapping(tuple(entries.values()), line, column)


def _scalar(text: str) -> str | int | float | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if matched := _NUMBER.fullmatch(text.replace("_", "") if _GROUPED.fullmatch(text) else text):
        digits = matched.group(0)
        return float(digits) if matched.group(2) or matched.group(3) else int(digits)
    return text
