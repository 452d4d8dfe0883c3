"""Whether two places of Python files lie in one function."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from scanner.discovery.source import Source
from scanner.patterns import regex
from scanner.records.sighting import Location

_BEGINS = regex(r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]", re.MULTILINE)
"""A function or class begins a line."""


def beside(name: Location, source: Source) -> Callable[[Location], bool]:
    """Tell of places whether they lie in the same function as a name, its parameters included.

    Read off where functions begin, and only once it is asked: what follows a function on the level
    around it counts as its own.
    """
    known: list[list[int]] = []

    def is_beside(other: Location) -> bool:
        if other.file != name.file or source.lines is not None:
            return False
        if not known:
            known.append(_beginnings(name.file, source))
        begins = known[0]
        return 0 < bisect_right(begins, name.line) == bisect_right(begins, other.line)

    return is_beside


def _beginnings(file: str, source: Source) -> list[int]:
    """Lines functions and classes begin in."""
    text: str | None = source.text
    if file != source.file:
        text = source.neighbours.read(file) if source.neighbours is not None else None
    lines, line, end = [], 1, 0
    for begun in _BEGINS.finditer(text or ""):
        line += (text or "").count("\n", end, begun.start())
        end = begun.start()
        lines.append(line)
    return lines
