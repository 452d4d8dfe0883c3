"""Notebooks: the program of their code cells, and the way back from it to the raw file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from scanner.cli._fix_python import Call, Module, parse
from scanner.cli._fix_python import is_same_but_for as is_same_python
from scanner.cli._fix_text import Edit
from scanner.discovery.notebook_cells import PYTHON_MAGICS, written_cells
from scanner.records.quick import replace
from scanner.records.sighting import Sighting

MAX_CHARACTERS = 2_000_000
_MAGIC = re.compile(r"[ \t]*(?:[\w.,\[\] ]+=\s*)?[!%?]")
_LETTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|[^\\]", re.DOTALL)
"""A character of a JSON string; two escapes make one character beyond the first 65,536."""

Letter = tuple[str, int, int]
"""A character of the program, and the span of the raw file that stands for it."""


class Notebook:
    """One notebook; its code cells read as one program."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._letters: list[Letter] = []
        self._cells: list[tuple[int, int, int]] = []
        for number, letters in _code_cells(text):
            kept = _without_magics(letters)
            if parse("".join(letter for letter, _, _ in kept)) is not None:
                start = len(self._letters)
                self._letters += kept
                self._cells.append((number, start, len(self._letters)))
                end = self._letters[-1][2] if self._letters else 0
                self._letters.append(("\n", end, end))
        self.program = "".join(letter for letter, _, _ in self._letters)
        self.module = Module(self.program)

    @property
    def is_read(self) -> bool:
        """Whether its program parses."""
        return self.module.is_read

    def pin(self, sighting: Sighting, commit: str, call: Call, reason: str) -> list[Edit] | str:
        """Edits of the raw file that write the commit into the call, or why there are none."""
        place = self._place(sighting)
        if place is None:
            return "the name does not stand there once as a plain text"
        # Where other models stand is told in lines of the raw file; the proof of the change sees to them.
        edits = self.module.pin(*place, commit, replace(call, others=()), reason)
        return edits if isinstance(edits, str) else [self._raw(edit) for edit in edits]

    def _place(self, sighting: Sighting) -> tuple[int, int] | None:
        """Line and column in the program of the text that is the name, where only one in the cell is."""
        quoted = re.compile(rf"([\"'])({re.escape(sighting.name)})\1")
        raw_line = sighting.location.line
        found: list[int] = []
        for number, start, end in self._cells:
            if number == sighting.location.cell:
                found += [each.start(2) for each in quoted.finditer(self.program, start, end)]
        on_line = [at for at in found if self.text.count("\n", 0, self._letters[at][1]) + 1 == raw_line]
        if len(on_line) != 1:
            return None
        at = on_line[0]
        return self.program.count("\n", 0, at) + 1, at - self.program.rfind("\n", 0, at)

    def _raw(self, edit: Edit) -> Edit:
        """The same change in the raw file, written as JSON."""
        text = json.dumps(edit.text)[1:-1]
        if edit.start == edit.end:
            at = self._letters[edit.start - 1][2] if edit.start else 0
            return Edit(at, at, text, edit.reason)
        return Edit(self._letters[edit.start][1], self._letters[edit.end - 1][2], text, edit.reason)


def is_same_but_for(before: str, after: str, keywords: frozenset[str], names: dict[str, str]) -> bool:
    """Whether the new notebook reads as the old one, its code aside, and its program says the same."""
    try:
        old, new = json.loads(before), json.loads(after)
    except (ValueError, RecursionError):
        return False
    same = _without_code(old) == _without_code(new)
    return same and is_same_python(Notebook(before).program, Notebook(after).program, keywords, names)


def _without_code(notebook: Any) -> Any:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source")
            cell["source"] = len(source) if isinstance(source, list) else ""
    return notebook


def _code_cells(text: str) -> Iterator[tuple[int, list[Letter]]]:
    """Number and letters of each code cell."""
    if len(text) > MAX_CHARACTERS:
        return
    try:
        cells = json.loads(text)["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    for cell in written_cells(cells if isinstance(cells, list) else (), text):
        if cell.kind == "code" and len(cell.spans) == len(cell.pieces):
            yield cell.number, [letter for span in cell.spans for letter in _letters(text, *span)]


def _letters(text: str, start: int, end: int) -> Iterator[Letter]:
    """The characters of one JSON string, each with the span it is written in."""
    for found in _LETTER.finditer(text, start + 1, end - 1):
        written = found[0]
        letter: str = json.loads(f'"{written}"') if written.startswith("\\") else written
        yield letter, found.start(), found.end()


def _without_magics(letters: list[Letter]) -> list[Letter]:
    """The cell as Python: lines of shell and IPython become `pass`, a cell of another language nothing."""
    lines: list[list[Letter]] = [[]]
    for each in letters:
        lines[-1].append(each)
        if each[0] == "\n":
            lines.append([])
    kept: list[Letter] = []
    is_first, is_continued = True, False
    for line in lines:
        text = "".join(letter for letter, _, _ in line)
        if is_first and text.startswith("%%") and text[2:].strip().partition(" ")[0] not in PYTHON_MAGICS:
            return []
        if is_continued or _MAGIC.match(text):
            is_continued = text.rstrip().endswith("\\")
            indent = line[: len(text) - len(text.lstrip(" \t"))]
            at = line[0][1]
            kept += [*indent, *((letter, at, at) for letter in "pass"), *line[len(text.rstrip("\n")) :]]
        else:
            kept += line
        is_first = is_first and not text.strip()
    return kept
