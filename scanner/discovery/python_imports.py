"""Imports of a Python file that lead to other files of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.config_keys import snake
from scanner.discovery.source import Neighbours
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

_ASSIGNED = regex(r"(?m)^(\w+)\s*[:=]")
_KEEPERS = words("cfg client clients conf config configs configuration env options setting settings")
"""Words of functions and classes that hold the settings of a project, whatever stands in them."""


def find_module(importer: str, dotted: str, neighbours: Neighbours) -> tuple[str, str] | None:
    """Find the project file a dotted import means: (path, rest of the name inside the file).

    `dotted` may lead with dots, as in a relative import. None for libraries.
    """
    level = len(dotted) - len(dotted.lstrip("."))
    parts = [part for part in dotted.lstrip(".").split(".") if part]
    if not level and (not parts or parts[0] not in neighbours.modules):
        return None
    roots = list(_roots(importer, level))
    # The longest path counts, then the nearest: `app.config` is no name in a file `app/app.py`.
    for taken in range(len(parts), -1 if level else 0, -1):
        for root in roots:
            base = "/".join([*root, *parts[:taken]])
            candidates = (
                (f"{base}.py", f"{base}/__init__.py") if taken else (f"{base}/__init__.py".lstrip("/"),)
            )
            for path in candidates:
                if path != importer and neighbours.has(path):
                    return path, ".".join(parts[taken:])
    return None


def _roots(importer: str, level: int) -> Iterator[tuple[str, ...]]:
    folders = tuple(importer.split("/")[:-1])
    if level:
        if level - 1 <= len(folders):
            yield folders[: len(folders) - level + 1]
        return
    for depth in range(len(folders), -1, -1):
        yield folders[:depth]
        yield (*folders[:depth], "src")


def gives(text: str, name: str) -> bool:
    """Whether a file gives those who import this name of it a constant, settings or what it imports itself.

    Asked before it is parsed.
    """
    if not _KEEPERS.isdisjoint(snake(name).split("_")):
        return True
    if any(found[1] == name for found in _ASSIGNED.finditer(text)):
        return True
    return re.search(rf"\bimport\b[^;=]{{0,400}}?\b{re.escape(name)}\b", text) is not None
