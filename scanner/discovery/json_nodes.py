"""JSON to the settings tree, with places, broken ends borne."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from scanner.discovery.positions import Lines
from scanner.discovery.scalars import leaf_of
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import MAY_BE_NAME, Leaf, Listing, Node, Table
from scanner.discovery.views import Constant, Text
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.records.sighting import Location

MAX_TOKENS = 750_000
"""Words and signs of one text that are read."""
MAX_LEVELS = 104
"""A little more than settings are followed, so that what lies deeper is noticed there."""

_TOKEN = regex(
    r"""[ \t\r\n\ufeff]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/|\#[^\n]*"""
    r"""|(?P<string>"(?:[^"\\]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+')|(?P<sign>[{}\[\]:,])|(?P<word>[^\s{}\[\]:,"'/\#]+)""",
    re.DOTALL,
)


@dataclass(slots=True)
class _Parser:
    source: Source
    lines: Lines
    tokens: Iterator[tuple[str, int, int]]
    nowhere: Location
    """Stands in for the places of keys nobody asks for."""
    count: int = 0


def read_values(source: Source) -> Iterator[Node]:
    """Read every JSON value of a text (one in a JSON file, one per line in JSON Lines).

    Raises:
        UnreadableFile: it begins with nothing like JSON.
    """
    lines = Lines(source)
    parser = _Parser(source, lines, _tokens(source.text), source.locate(1, 1, 1, 1))
    for kind, start, end in parser.tokens:
        if kind == "broken":
            raise UnreadableFile(f"not JSON at line {lines.place(start)[0]}")
        yield _value(parser, kind, start, end, 0)
        if parser.count > MAX_TOKENS:
            source.leave_rest(MAX_TOKENS, "words and signs")
            return


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    at, length = 0, len(text)
    while at < length:
        matched = _TOKEN.match(text, at)
        if matched is None:
            yield "broken", at, at + 1
            at += 1
            continue
        if matched.lastgroup:
            yield matched.lastgroup, matched.start(), matched.end()
        at = matched.end()


def _next(parser: _Parser) -> tuple[str, int, int] | None:
    parser.count += 1
    if parser.count > MAX_TOKENS:
        return None
    return next(parser.tokens, None)


def _value(parser: _Parser, kind: str, start: int, end: int, depth: int) -> Node:
    text = parser.source.text
    if kind == "string":
        return _string(parser, start, end)
    if kind == "sign" and text[start] == "{":
        return _object(parser, depth + 1)
    if kind == "sign" and text[start] == "[":
        return _array(parser, depth + 1)
    word = text[start:end]
    place = parser.lines.locate(start, end)
    leaf = leaf_of(word, place, is_plain=True)
    return leaf if isinstance(leaf.value, Constant) else Leaf(Constant(None, place))


def _string(parser: _Parser, start: int, end: int) -> Leaf:
    written = parser.source.text[start + 1 : end - 1]
    place = parser.lines.locate(start + 1, end - 1)
    value = written
    if "\\" in written:
        try:
            value = json.loads(f'"{written}"', strict=False)
        except ValueError:
            value = written
    return leaf_of(str(value), place, is_plain=False)


def _object(parser: _Parser, depth: int) -> Table:
    table, key = Table(), None
    while (token := _next(parser)) is not None:
        kind, start, end = token
        sign = parser.source.text[start] if kind == "sign" else ""
        if sign == "}":
            break
        if sign in {",", "]"} or kind == "broken":
            key = None
        elif sign == ":":
            continue
        elif key is None and kind in {"string", "word"}:
            key = _key(parser, kind, start, end)
        elif depth > MAX_LEVELS:
            _value_too_deep(parser, sign)
            key = None
        else:
            node = _value(parser, kind, start, end, depth)
            if key is not None:
                table.entries.append((key, node))
            key = None
    return table


def _value_too_deep(parser: _Parser, sign: str) -> None:
    """Step over a value nested deeper than anyone writes."""
    level = 1 if sign in {"{", "["} else 0
    while level > 0 and (token := _next(parser)) is not None:
        if token[0] == "sign":
            level += {"{": 1, "[": 1, "}": -1, "]": -1}.get(parser.source.text[token[1]], 0)


def _key(parser: _Parser, kind: str, start: int, end: int) -> Text:
    if kind == "string":
        start, end = start + 1, end - 1
    text = parser.source.text[start:end]
    # The exact place of a key is worked out only where it may itself be a name.
    return Text(text, parser.lines.locate(start, end) if MAY_BE_NAME.search(text) else parser.nowhere)


def _array(parser: _Parser, depth: int) -> Listing:
    listing = Listing()
    while (token := _next(parser)) is not None:
        kind, start, end = token
        sign = parser.source.text[start] if kind == "sign" else ""
        if sign == "]":
            break
        if sign in {",", ":", "}"} or kind == "broken":
            continue
        if depth > MAX_LEVELS:
            _value_too_deep(parser, sign)
        else:
            listing.members.append(_value(parser, kind, start, end, depth))
    return listing
