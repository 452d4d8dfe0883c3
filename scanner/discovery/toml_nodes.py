"""TOML to the settings tree, with places."""

from __future__ import annotations

import json
import re

from scanner.discovery.positions import Lines
from scanner.discovery.scalars import leaf_of
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Constant, Text
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

MAX_TOKENS = 300_000
"""Values of one text that are read."""
MAX_LEVELS = 60
"""Values within values that are read."""

_HEADER = regex(r"[ \t]*(\[\[?)[ \t]*([^\]\n]{1,400}?)[ \t]*\]\]?[ \t]*(?:#[^\n]*)?(?:\n|$)")
_KEY_PART = regex(r"\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|([A-Za-z0-9_\-]+)")
_BLANK = regex(r"(?:[ \t\n]|#[^\n]*)*+")
_SPACE = regex(r"[ \t]*+")
_BASIC = regex(r'"((?:[^"\\\n]|\\.)*+)"')
_LITERAL = regex(r"'([^'\n]*)'")
_LONG = regex(r'"""((?:[^"\\]|\\.|"(?!""))*+)"""' + r"|'''((?:[^']|'(?!''))*+)'''", re.DOTALL)
_PLAIN = regex(r"[^\s,\]}#]+")


@dataclass(slots=True)
class _Toml:
    source: Source
    lines: Lines
    at: int = 0
    count: int = 0
    root: Table = field(default_factory=Table)


def read_toml(source: Source) -> Table:
    """Read tables, arrays of tables, inline tables, arrays and strings as far as they go; never fails."""
    toml = _Toml(source, Lines(source))
    text, current = source.text, toml.root
    while toml.at < len(text) and toml.count < MAX_TOKENS:
        toml.count += 1
        _skip(toml, _BLANK)
        if toml.at >= len(text):
            break
        if header := _HEADER.match(text, toml.at):
            current = _open(toml, header)
            toml.at = header.end()
        elif not _pair(toml, current, 0):
            newline = text.find("\n", toml.at)
            toml.at = len(text) if newline < 0 else newline + 1
    if toml.count >= MAX_TOKENS:
        source.leave_rest(MAX_TOKENS, "values", toml.lines.place(toml.at)[0])
    return toml.root


def _skip(toml: _Toml, pattern: re.Pattern[str]) -> None:
    if matched := pattern.match(toml.source.text, toml.at):
        toml.at = matched.end()


def _open(toml: _Toml, header: re.Match[str]) -> Table:
    """The table a header names; each `[[…]]` opens a new one in its list."""
    place, start = toml.root, header.start(2)
    parts = list(_KEY_PART.finditer(header.group(2)))
    if len(parts) > MAX_LEVELS:
        _too_deep(toml)
        parts = parts[:MAX_LEVELS]
    for index, part in enumerate(parts):
        group = next(at for at in (1, 2, 3) if part.group(at) is not None)
        name = toml.lines.literal(start + part.start(group), start + part.end(group))
        is_last = index == len(parts) - 1
        place = _child(place, name, is_new=is_last and header.group(1) == "[[")
    return place


def _child(table: Table, name: Text, *, is_new: bool) -> Table:
    node = next((node for key, node in reversed(table.entries[-200:]) if key.value == name.value), None)
    if isinstance(node, Listing) and node.members and isinstance(node.members[-1], Table) and not is_new:
        return node.members[-1]
    if isinstance(node, Table) and not is_new:
        return node
    opened = Table()
    if is_new and isinstance(node, Listing):
        node.members.append(opened)
    else:
        table.entries.append((name, Listing([opened]) if is_new else opened))
    return opened


def _too_deep(toml: _Toml) -> None:
    toml.source.leave_out(f"values nested deeper than {MAX_LEVELS} levels were not read")


def _pair(toml: _Toml, table: Table, depth: int) -> bool:
    """Read `a.b = value` into a table."""
    text, names = toml.source.text, list[Text]()
    while matched := _KEY_PART.match(text, toml.at):
        group = next(at for at in (1, 2, 3) if matched.group(at) is not None)
        names.append(toml.lines.literal(*matched.span(group)))
        toml.at = matched.end()
        _skip(toml, _SPACE)
        if not text.startswith(".", toml.at):
            break
        if len(names) > MAX_LEVELS:
            _too_deep(toml)
            break
        toml.at += 1
        _skip(toml, _SPACE)
    if not names or not text.startswith("=", toml.at):
        return False
    toml.at += 1
    _skip(toml, _SPACE)
    for name in names[:-1]:
        table = _child(table, name, is_new=False)
    node = _value(toml, depth)
    if node is None:
        return False
    table.entries.append((names[-1], node))
    return True


def _value(toml: _Toml, depth: int) -> Node | None:
    text = toml.source.text
    toml.count += 1
    if depth > MAX_LEVELS:
        _too_deep(toml)
        return None
    if toml.count > MAX_TOKENS:
        return None
    if matched := _LONG.match(text, toml.at):
        return _long(toml, matched)
    if matched := _BASIC.match(text, toml.at) or _LITERAL.match(text, toml.at):
        toml.at = matched.end()
        value = matched.group(1)
        if "\\" in value and matched.re is _BASIC:
            try:
                value = str(json.loads(f'"{value}"', strict=False))
            except ValueError:
                value = matched.group(1)
        return leaf_of(value, toml.lines.locate(*matched.span(1)), is_plain=False)
    if text.startswith("[", toml.at):
        return _array(toml, depth + 1)
    if text.startswith("{", toml.at):
        return _inline(toml, depth + 1)
    if matched := _PLAIN.match(text, toml.at):
        toml.at = matched.end()
        return Leaf(Constant(_constant(matched.group(0)), toml.lines.locate(*matched.span())))
    return None


def _constant(word: str) -> bool | None:
    return {"true": True, "false": False}.get(word)


def _long(toml: _Toml, matched: re.Match[str]) -> Leaf:
    group = 1 if matched.group(1) is not None else 2
    start, end = matched.span(group)
    if toml.source.text.startswith("\n", start):
        start += 1
    toml.at = matched.end()
    value = toml.source.text[start:end]
    line, column = toml.lines.place(start)
    rows = value.split("\n")
    lines = tuple((line + at, column - 1 if at == 0 else 0, row) for at, row in enumerate(rows))
    return Leaf(Text(value, toml.lines.locate(start, end)), None, lines)


def _array(toml: _Toml, depth: int) -> Listing:
    listing, text = Listing(), toml.source.text
    toml.at += 1
    while toml.at < len(text) and toml.count < MAX_TOKENS:
        _skip(toml, _BLANK)
        if text.startswith("]", toml.at):
            toml.at += 1
            break
        if text.startswith(",", toml.at):
            toml.at += 1
            continue
        node = _value(toml, depth)
        if node is None:
            break
        listing.members.append(node)
    return listing


def _inline(toml: _Toml, depth: int) -> Table:
    table, text = Table(), toml.source.text
    toml.at += 1
    while toml.at < len(text) and toml.count < MAX_TOKENS:
        _skip(toml, _BLANK)
        if text.startswith("}", toml.at):
            toml.at += 1
            break
        if text.startswith(",", toml.at):
            toml.at += 1
            continue
        if not _pair(toml, table, depth):
            break
    return table
