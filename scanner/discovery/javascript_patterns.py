"""The names a pattern of JavaScript binds: `const { a: [b], c = 1 } = …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.discovery.javascript_tree import Program

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_PATTERN_DEPTH = 6
"""Patterns within patterns (`const {a: {b: [c]}} = x`) that are still taken apart."""
Key = str | int
"""Step into a value: a property or a position."""


def names_in(
    program: Program, pattern: Node, depth: int
) -> Iterator[tuple[str, tuple[Key, ...], Node | None]]:
    """Each name, the steps to it, and what it is where there is nothing there."""
    if depth > MAX_PATTERN_DEPTH:
        program.source.leave_out(f"patterns nested deeper than {MAX_PATTERN_DEPTH} levels were not read")
        return
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield program.text(pattern), (), None
        case "assignment_pattern" | "object_assignment_pattern":
            left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
            for name, path, fallback in names_in(program, left, depth + 1) if left is not None else ():
                yield name, path, fallback if path else right
        case "array_pattern":
            for index, child in enumerate(_positions(pattern)):
                for name, path, fallback in names_in(program, child, depth + 1) if child is not None else ():
                    yield name, (index, *path), fallback
        case "object_pattern":
            yield from _names_in_object(program, pattern, depth)
        case _:
            return


def _names_in_object(
    program: Program, pattern: Node, depth: int
) -> Iterator[tuple[str, tuple[Key, ...], Node | None]]:
    for child in pattern.named_children:
        if child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is None or value is None:
                continue
            step = program.text(key).strip("'\"")
            inner = value
        else:
            name = child.child_by_field_name("left") or child
            step, inner = program.text(name), child
        for name_text, path, fallback in names_in(program, inner, depth + 1):
            yield name_text, (step, *path), fallback


def _positions(pattern: Node) -> Iterator[Node | None]:
    waiting: Node | None = None
    for child in pattern.children[1:-1]:
        if child.type == ",":
            yield waiting
            waiting = None
        else:
            waiting = child
    yield waiting
