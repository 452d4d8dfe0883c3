"""Java properties: `spring.ai.openai.chat.options.model=gpt-4o`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import is_within, lines_within
from scanner.discovery.scalars import leaf_of
from scanner.discovery.settings_tree import read_tree
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Table
from scanner.discovery.views import Prose, Text, View
from scanner.patterns import regex

_SETTING = regex(r"[ \t]*((?:%[\w,\-]{1,60}\.)?[A-Za-z_][\w.\-\[\]]{0,200})[ \t]*[=:][ \t]*([^\n]*?)[ \t]*$")
"""A key, with the profile it is for in front of it (`%dev.a.b`), and its value."""
MAX_LINE = 4_000
"""Characters of a line; a longer one is passed over."""
MAX_LINES = 200_000
"""Lines of one text that are read."""
MAX_LEVELS = 20
"""Parts of a dotted key that are told apart."""


def read(source: Source) -> Iterator[View]:
    """Read dotted keys as a tree, so that their neighbours are found."""
    if not may_name_models(source.text):
        return
    root = Table()
    for number, row in enumerate(lines_within(source, MAX_LINES), 1):
        if row.lstrip().startswith(("#", "!")):
            shift = len(row) - len(row.lstrip()) + 1
            yield Prose(row[shift:], source, number, shift + 1)
        elif is_within(row, MAX_LINE, source, number) and (found := _SETTING.match(row)) and found.group(2):
            start = found.start(2)
            place = source.locate(number, start + 1, number, start + 1 + len(found.group(2)))
            key_place = source.locate(number, found.start(1) + 1, number, found.end(1) + 1)
            *above, last = found.group(1).split(".", MAX_LEVELS)
            table = root
            for name in above:
                table = _child(table, Text(name, key_place))
            table.entries.append((Text(last, key_place), leaf_of(found.group(2), place, is_plain=True)))
    yield from read_tree(root, source, "properties")


def _child(table: Table, name: Text) -> Table:
    for key, node in reversed(table.entries[-100:]):
        if key.value == name.value and isinstance(node, Table):
            return node
    opened = Table()
    table.entries.append((name, opened))
    return opened


READER = Reader(
    language="properties",
    endings=(".properties", ".properties.example"),
    names=(),
    read=read,
)
