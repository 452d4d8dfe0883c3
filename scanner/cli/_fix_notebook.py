"""Notebooks: the program of their code cells, and the way back from it to the raw file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]  # documented for subclasses of the decoder
from typing import Any

from scanner.cli._fix_python import Call, Module, parse
from scanner.cli._fix_python import is_same_but_for as is_same_python
from scanner.cli._fix_text import Edit
from scanner.records.quick import replace
from scanner.records.sighting import Sighting

MAX_CHARACTERS = 2_000_000
_SOURCE_KEY = re.compile(r'"source"\s*:\s*')
_BETWEEN = re.compile(r"[\s,]*")
_MAGIC = re.compile(r"[ \t]*(?:[\w.,\[\] ]+=\s*)?[!%?]")
_PYTHON_CELLS = ("%%time", "%%timeit", "%%capture", "%%python")

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
        sources = _sources(text)
        for number, cell in enumerate(cells):
            written = cell.get("source")
            pieces = [written] if isinstance(written, str) else written
            letters = next((found for values, found in sources if values == pieces), None)
            if cell.get("cell_type") == "code" and letters is not None:
                yield number, letters
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _sources(text: str) -> Iterator[tuple[list[str], list[Letter]]]:
    """Each `"source"` of the raw file: its strings, and their letters."""
    for found in _SOURCE_KEY.finditer(text):
        at = found.end()
        values: list[str] = []
        letters: list[Letter] = []
        is_list = text[at : at + 1] == "["
        at += is_list
        try:
            while True:
                between = _BETWEEN.match(text, at)
                at = between.end() if between else at
                if text[at : at + 1] != '"':
                    break
                value, end = scanstring(text, at + 1, True)
                values.append(value)
                letters += _letters(text, at + 1, end - 1)
                at = end
                if not is_list:
                    break
        except ValueError:
            continue
        yield values, letters


def _letters(text: str, at: int, end: int) -> Iterator[Letter]:
    """The characters of one JSON string, each with the span it is written in."""
    while at < end:
        size = 1
        if text[at] == "\\":
            size = 6 if text[at + 1] == "u" else 2
            # Two escapes make one character beyond the first 65,536.
            is_pair = size == 6 and text[at + 2 : at + 4].lower() in ("d8", "d9", "da", "db")
            size = 12 if is_pair and text.startswith("\\u", at + 6) else size
        letter: str = json.loads(f'"{text[at : at + size]}"') if size > 1 else text[at]
        yield letter, at, at + size
        at += size


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
        if is_first and text.startswith("%%") and not text.startswith(_PYTHON_CELLS):
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
