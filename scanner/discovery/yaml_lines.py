"""YAML that is no YAML yet: templates, read line by line."""

from __future__ import annotations

import re

from scanner.discovery.positions import Lines, lines_within
from scanner.discovery.scalars import leaf_of
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Text
from scanner.patterns import regex
from scanner.records.quick import dataclass, field

MAX_LINES = 60_000
"""Lines of one template that are read."""
MAX_LEVELS = 100
"""Values within values that are read."""
MAX_MEMBERS = 2_000
"""Members of a list written on one line."""
MAX_COMMENTS = 50
"""Comments and blank lines between a key and what stands below it."""

_DIRECTIVE = regex(
    r"\s*(?:\{\{-?\s*(?:/\*|if|else|end|range|with|define|include|template|block|toYaml|\$|-).*\}\}|\{%.*%\}|%\{.*\}"
    r"|\{#.*#\})\s*$"
)
_KEY = regex(
    r"(?P<key>\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'|[^\s\"'#\[\]{}&*!|>%@,-][^\s:#{}\[\],]{0,200}|-[\w-]+)\s*:(?=\s|$)"
)
_BLOCK = regex(r"[|>][+-]?[0-9]?[+-]?\s*(?:#.*)?$")
_FLOW = regex(r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|(\{\{.*?\}\}|\$\{[^}]*\}|[^,\[\]\s][^,\[\]]*)")
_PAIR = regex(
    r"(?:^|(?<=[{,\s\"']))([A-Za-z_][\w.\-/]{0,100})[\"']?\s*:\s+"
    r"(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|(\{\{.*?\}\}|\$\{[^}]*\}[^,{}]*|[^,{}\s][^,{}]*))"
)
_ANCHOR = regex(r"(?:[&!][\w.\-/:]+\s+)+")


@dataclass(slots=True)
class _Level:
    """An open mapping or list and the column it stands at."""

    indent: int
    node: Table | Listing


@dataclass(slots=True)
class _LineReader:
    source: Source
    lines: Lines
    rows: list[str]
    at: int = 0
    stack: list[_Level] = field(default_factory=list)


def read_lines(source: Source) -> Node:
    """Read a text that looks like YAML as far as its lines go; never fails.

    Lines that only steer a template are passed over; a value that is a hole is decided elsewhere.
    """
    reader = _LineReader(source, Lines(source), lines_within(source, MAX_LINES))
    root = Table()
    reader.stack = [_Level(-1, root)]
    while reader.at < len(reader.rows):
        row = reader.rows[reader.at]
        stripped = row.strip()
        if not stripped or stripped.startswith(("#", "---", "...", "%")) or _DIRECTIVE.match(row):
            reader.at += 1
            continue
        _row(reader, row)
    return root


def _row(reader: _LineReader, row: str) -> None:
    column = len(row) - len(row.lstrip(" \t"))
    parent: Table | Listing | None = None
    dashes, dash = 0, column
    while row[column : column + 2] in {"- ", "-"} and dashes < MAX_LEVELS:
        parent = _open_list(reader, column)
        dashes, dash = dashes + 1, column
        column += 1
        column += len(row[column:]) - len(row[column:].lstrip(" \t"))
    if column >= len(row):
        reader.at += 1
        return
    matched = _KEY.match(row, column)
    if matched is None:
        reader.at += 1
        if parent is not None and isinstance(parent, Listing):
            parent.members.append(_value(reader, row, column, dash))
        return
    table = _open_table(reader, column, parent)
    key = matched["key"].strip("\"'")
    start = matched.start("key") + (1 if matched["key"][0] in "\"'" else 0)
    line = reader.at + 1
    name = Text(key, reader.source.locate(line, start + 1, line, start + 1 + len(key)))
    behind = matched.end() + len(row[matched.end() :]) - len(row[matched.end() :].lstrip(" \t"))
    reader.at += 1
    rest = row[behind:]
    if not rest or rest.startswith("#") or _DIRECTIVE.match(rest):
        _expect_children(reader, table, name, column)
    else:
        table.entries.append((name, _value(reader, row, behind, column)))


def _expect_children(reader: _LineReader, table: Table, name: Text, column: int) -> None:
    """Look ahead to see whether a list or a mapping follows."""
    for row in reader.rows[reader.at : reader.at + MAX_COMMENTS]:
        stripped = row.strip()
        if not stripped or stripped.startswith("#") or _DIRECTIVE.match(row):
            continue
        indent = len(row) - len(row.lstrip(" \t"))
        is_list = stripped.startswith("- ") or stripped == "-"
        if indent > column or (is_list and indent == column):
            node: Table | Listing = Listing() if is_list else Table()
            table.entries.append((name, node))
            _go_down(reader, indent, node)
        return
    if reader.at + MAX_COMMENTS < len(reader.rows):
        reader.source.leave_rest(MAX_COMMENTS, "lines without settings below a key", reader.at + 1)


def _go_down(reader: _LineReader, indent: int, node: Table | Listing) -> None:
    if len(reader.stack) < MAX_LEVELS:
        reader.stack.append(_Level(indent, node))
    else:
        reader.source.leave_out(f"values nested deeper than {MAX_LEVELS} levels were not read")


def _open_list(reader: _LineReader, column: int) -> Listing:
    while len(reader.stack) > 1 and reader.stack[-1].indent > column:
        reader.stack.pop()
    top = reader.stack[-1]
    while len(reader.stack) > 1 and top.indent == column and isinstance(top.node, Table):
        reader.stack.pop()
        top = reader.stack[-1]
    if isinstance(top.node, Listing) and top.indent == column:
        return top.node
    listing = Listing()
    _hang(top.node, listing, reader)
    _go_down(reader, column, listing)
    return listing


def _open_table(reader: _LineReader, column: int, parent: Table | Listing | None) -> Table:
    if parent is None:
        while len(reader.stack) > 1 and (
            reader.stack[-1].indent > column
            or (reader.stack[-1].indent == column and isinstance(reader.stack[-1].node, Listing))
        ):
            reader.stack.pop()
        top = reader.stack[-1]
        if isinstance(top.node, Table):
            return top.node
        parent = top.node
    table = Table()
    _hang(parent, table, reader)
    _go_down(reader, column, table)
    return table


def _hang(parent: Table | Listing, node: Table | Listing, reader: _LineReader) -> None:
    if isinstance(parent, Listing):
        parent.members.append(node)
    else:
        line = min(reader.at + 1, len(reader.rows))
        parent.entries.append((Text("?", reader.source.locate(line, 1, line, 1)), node))


def _value(reader: _LineReader, row: str, start: int, column: int) -> Node:
    """Read the value that begins here; a block takes the lines below it."""
    line = reader.at
    if matched := _ANCHOR.match(row, start):
        start = matched.end()
    rest = row[start:]
    if _BLOCK.match(rest):
        return _block(reader, column, is_folded=rest[0] == ">")
    if rest.startswith("[") and "]" in rest:
        return _flow(reader, row, start, line)
    if rest.startswith("{") and not rest.startswith("{{") and "}" in rest:
        return _flow_table(reader, row, start, line)
    if rest[:1] in "\"'" and (end := rest.find(rest[0], 1)) > 0:
        return _leaf(reader, rest[1:end], line, start + 1, is_plain=False)
    rest = re.split(r"\s#", rest)[0].rstrip()
    return _leaf(reader, rest, line, start, is_plain=True)


def _leaf(reader: _LineReader, value: str, line: int, start: int, *, is_plain: bool) -> Leaf:
    place = reader.source.locate(line, start + 1, line, start + 1 + len(value))
    return leaf_of(value, place, is_plain=is_plain)


def _flow(reader: _LineReader, row: str, start: int, line: int) -> Listing:
    listing, stop = Listing(), row.rfind("]")
    for found in _FLOW.finditer(row, start + 1, stop):
        group = next(at for at in (1, 2, 3) if found.group(at) is not None)
        value = found.group(group).rstrip()
        listing.members.append(_leaf(reader, value, line, found.start(group), is_plain=group == 3))
        if len(listing.members) > MAX_MEMBERS:
            reader.source.leave_rest(MAX_MEMBERS, "members of one list", line)
            break
    return listing


def _flow_table(reader: _LineReader, row: str, start: int, line: int) -> Table:
    """Read `{name: X, value: ${Y}}`, which is no YAML before its holes are filled."""
    table, stop = Table(), row.rfind("}")
    for found in _PAIR.finditer(row, start + 1, stop):
        place = reader.source.locate(line, found.start(1) + 1, line, found.end(1) + 1)
        group = next(at for at in (2, 3, 4) if found.group(at) is not None)
        value = found.group(group).rstrip()
        leaf = _leaf(reader, value, line, found.start(group), is_plain=group == 4)
        table.entries.append((Text(found[1], place), leaf))
        if len(table.entries) > MAX_MEMBERS:
            reader.source.leave_rest(MAX_MEMBERS, "members of one mapping", line)
            break
    return table


def _block(reader: _LineReader, column: int, *, is_folded: bool) -> Leaf:
    pieces: list[tuple[int, str]] = []
    while reader.at < len(reader.rows):
        row = reader.rows[reader.at]
        if row.strip() and len(row) - len(row.lstrip(" \t")) <= column:
            break
        pieces.append((reader.at + 1, row))
        reader.at += 1
    while pieces and not pieces[-1][1].strip():
        pieces.pop()
    indent = min((len(row) - len(row.lstrip(" ")) for _, row in pieces if row.strip()), default=0)
    lines = tuple((line, indent, row[indent:]) for line, row in pieces)
    first = lines[0][0] if lines else max(reader.at, 1)
    last = lines[-1] if lines else (first, 0, "")
    place = reader.source.locate(first, indent + 1, last[0], indent + 1 + len(last[2]))
    return Leaf(Text("\n".join(piece for _, _, piece in lines), place), None, lines, is_folded)
