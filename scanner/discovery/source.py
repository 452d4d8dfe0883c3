"""A piece of text on its way to a reader, and where it stands in the file."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.records.sighting import Location, Scope


@dataclass(frozen=True, slots=True)
class Source:
    """Text of one language: a whole file, a notebook cell, a block inside another file."""

    file: str
    text: str
    language: str
    """Id of the reader that understands it: `python`, `shell`, `yaml`, …"""
    scope: Scope
    is_prose: bool = False
    """Whether it stands in documentation (a fenced block): everything in it is a mention."""
    cell: int | None = None
    lines: tuple[tuple[int, int], ...] | None = None
    """For each line of the text: (raw line of the file from 1, columns to add). None: the file itself."""
    depth: int = 0
    """How many texts it is nested in; MAX_DEPTH bounds it."""

    def locate(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        """Place a span of this text (from 1, in code points, end exclusive) in the raw file."""
        first, shift = self._raw(line)
        last, end_shift = self._raw(end_line)
        return Location(self.file, first, column + shift, last, end_column + end_shift, self.cell)

    def _raw(self, line: int) -> tuple[int, int]:
        if self.lines is None:
            return line, 0
        return self.lines[min(max(line, 1), len(self.lines)) - 1] if self.lines else (line, 0)


MAX_DEPTH = 5
"""Texts within texts (shell in YAML in a notebook …) that are still followed."""
