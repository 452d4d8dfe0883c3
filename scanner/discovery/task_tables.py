"""Commands by their names: scripts of a package, tasks of a runner, processes of a platform."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.config_keys import snake
from scanner.discovery.positions import within
from scanner.discovery.shell_commands import read_shell
from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import View
from scanner.discovery.vocabulary import words

MAX_TASKS = 2_000
"""Commands of one table that are read."""
_TABLES = words("tasks scripts processes")
"""Keys of tables whose members are commands: poe, taskipy, pixi, mise, hatch, pdm, fly."""


def read_tasks(table: Table, source: Source) -> Iterator[View]:
    """Read the members of a table as commands; what is said of a command beside it is read elsewhere."""
    for _, node in within(table.entries, MAX_TASKS, "commands of one table", source):
        members = node.members if isinstance(node, Listing) else [node]
        for leaf in within(members, MAX_TASKS, "commands of one table", source):
            inner = leaf.as_source(source, "shell") if isinstance(leaf, Leaf) else None
            if inner is not None and source.may_embed():
                yield from read_shell(inner)


def find_tasks(root: Node, source: Source) -> Iterator[View]:
    """Read every table of commands in a tree of settings; it is no deeper than its reader allows."""
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Listing):
            pending.extend(node.members)
        elif isinstance(node, Table):
            for key, member in node.entries:
                if isinstance(member, Table) and snake(key.value) in _TABLES:
                    yield from read_tasks(member, source)
                pending.append(member)
