"""INI files: sections of settings."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines, is_within, lines_within
from scanner.discovery.scalars import leaf_of
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Table
from scanner.discovery.unit_files import is_unit, read_unit
from scanner.discovery.views import Prose, Text, View
from scanner.patterns import regex

_SECTION = regex(r"[ \t]*\[([^\]\n]{1,200})\]")
_SETTING = regex(
    r"[ \t]*(@?[A-Za-z_][\w.\-/ ]{0,100}?)[ \t]*[=:][ \t]*(\"[^\"\n]*\"|'[^'\n]*'|[^\n]*?)[ \t]*$"
)
_TRAILING = regex(r"[ \t]+[;#].*$")
MAX_LINE = 4_000
"""Characters of a line; a longer one is passed over."""
MAX_LINES = 150_000
"""Lines of one text that are read."""


def read(source: Source) -> Iterator[View]:
    """Read sections and their settings, comments as prose."""
    if not may_name_models(source.text):
        return
    if is_unit(source.file):
        yield from hash_comments(source)
        yield from read_unit(source)
        return
    lines, root = Lines(source), Table()
    current = root
    for number, row in enumerate(lines_within(source, MAX_LINES), 1):
        if row.lstrip().startswith(("#", ";")):
            shift = len(row) - len(row.lstrip()) + 1
            yield Prose(row[shift:], source, number, shift + 1)
        elif found := _SECTION.match(row):
            start = lines.offset(number, found.start(1) + 1)
            current = Table()
            root.entries.append((lines.literal(start, start + len(found.group(1))), current))
        elif is_within(row, MAX_LINE, source, number) and (found := _SETTING.match(row)):
            value, start = found.group(2), found.start(2)
            is_plain = value[:1] not in {'"', "'"}
            if not is_plain:
                value, start = value[1:-1], start + 1
            else:
                value = _TRAILING.sub("", value)
            key_place = source.locate(number, found.start(1) + 1, number, found.end(1) + 1)
            place = source.locate(number, start + 1, number, start + 1 + len(value))
            leaf = leaf_of(value, place, is_plain=is_plain)
            current.entries.append((Text(found.group(1), key_place), leaf))
    yield from read_tree(root, source, "ini")


READER = Reader(
    language="ini",
    endings=(".ini", ".cfg", ".conf", ".ini.example", ".cfg.example", ".conf.example", ".service"),
    names=(".gitmodules",),
    read=read,
)
