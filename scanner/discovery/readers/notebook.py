"""Jupyter notebooks: code cells as one program, markdown as prose, magics as what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from scanner.discovery import python_newer
from scanner.discovery.notebook_cells import PYTHON_MAGICS, written_cells
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import within
from scanner.discovery.python_module import MAX_CHARACTERS
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, View
from scanner.errors import UnreadableFile
from scanner.patterns import regex
from scanner.records.quick import dataclass, replace

MAX_CELLS = 20_000
"""Cells of one notebook that are read."""

_SHELL_CELLS = frozenset({"bash", "sh", "shell", "script", "system", "sx", "!"})
_MAGIC_LINE = regex(r"^(\s*)(?:[\w.,\[\] ]+=\s*(?=[!%][A-Za-z]))?(![ \t]*|%)(?=[\w./$~{(])(.*)$")
_TIMED = regex(
    r"^(\s*)%(?:time|timeit|prun|lprun|memit|mprun)[ \t]+"
    r"(?:-(?:[fsTDml][ \t]+[^\s-]\S*|[A-Za-z]+[ \t]*\d*)[ \t]+)*(?=[^\s-])"
)
_BARE_COMMAND = regex(
    r"^(\s*)()((?:(?:pip3?|conda|mamba|uv pip)[ \t]+(?:install|uninstall|update)|cd|ls|mkdir|cat|rm|cp|mv)"
    r"[ \t]+[\w./~\-].*)$"
)
"""A command IPython runs without any sign in front, where no variable has its name."""
_HELP = regex(r"^(\s*)(?:\?{1,2}[ \t]*[\w.*]+|%{0,2}[\w.*]+(?:\[[\w'\"]*\])?(?:\.[\w*]+)*\?{1,2})[ \t;]*$")
"""A line that asks IPython what a thing is: `pipeline?`, `model.generate??`, `?pipeline`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines with their raw lines and the columns before them."""

    number: int
    kind: str
    lines: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def read(source: Source) -> Iterator[View]:
    """Read a notebook; outputs are passed over.

    Raises:
        UnreadableFile: it is no JSON, or not of the shape of a notebook.
    """
    try:
        notebook = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("not a notebook: no JSON") from error
    language = _language(notebook)
    program: list[tuple[str, tuple[int, int], int]] = []
    for cell in _cells(notebook, source):
        if cell.kind == "markdown":
            yield _embed(source, cell, cell.lines, cell.places, "markdown", is_prose=True)
        elif cell.kind == "code" and language == "python":
            yield from _code(source, cell, program)
        elif cell.kind == "code":
            yield _embed(source, cell, cell.lines, cell.places, language)
    if program:
        text = "\n".join(line for line, _, _ in program)
        placed = source.embed(text, "python", tuple(place for _, place, _ in program))
        yield Embedded(replace(placed, cells=tuple(number for _, _, number in program)))


def _language(notebook: Any) -> str:
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    for key, name in (("language_info", "name"), ("kernelspec", "language")):
        found = metadata.get(key) if isinstance(metadata, dict) else None
        if isinstance(found, dict) and isinstance(found.get(name), str):
            language = str(found[name]).lower()
            return "python" if "python" in language else language
    return "python"


def _cells(notebook: Any, source: Source) -> Iterator[Cell]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if cells is None and isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        raise UnreadableFile("a notebook of format 3: convert it with `jupyter nbconvert --to notebook`")
    if not isinstance(cells, list):
        raise UnreadableFile("not a notebook: it has no cells")
    lines_before = _LinesBefore(source.text)
    for cell in written_cells(within(cells, MAX_CELLS, "cells", source), source.text):
        lines: list[str] = []
        places: list[tuple[int, int]] = []
        is_open = False
        for at, piece in enumerate(cell.pieces):
            offset = cell.spans[at][0] if cell.spans else 0
            line, column = lines_before.place(offset)
            for part in piece.splitlines(keepends=True):
                if is_open:
                    lines[-1] += part.rstrip("\r\n")
                else:
                    lines.append(part.rstrip("\r\n"))
                    places.append((line + 1, column))
                is_open = not part.endswith(("\n", "\r"))
        yield Cell(cell.number, cell.kind, tuple(lines), tuple(places))


class _LinesBefore:
    """Lines and columns of rising offsets: the line ends between them are counted, not kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = self._line = self._start = 0

    def place(self, offset: int) -> tuple[int, int]:
        """Lines in front of an offset, and its column from 1."""
        if offset < self._offset:
            self._offset = self._line = self._start = 0
        if between := self._text.count("\n", self._offset, offset):
            self._line += between
            self._start = self._text.rfind("\n", self._offset, offset) + 1
        self._offset = offset
        return self._line, offset - self._start + 1


def _code(source: Source, cell: Cell, program: list[tuple[str, tuple[int, int], int]]) -> Iterator[Embedded]:
    """Take a code cell apart: cell magics by their name, shell lines out, the rest to the program."""
    lines, places = cell.lines, cell.places
    while lines and not lines[0].strip():
        lines, places = lines[1:], places[1:]
    if not lines:
        return
    if lines[0].startswith("%%"):
        name, _, rest = lines[0][2:].strip().partition(" ")
        lines, places = lines[1:], places[1:]
        if name in ("writefile", "file"):
            path = [word for word in rest.split() if not word.startswith("-")][-1:] or ["unnamed.txt"]
            yield _embed(source, cell, lines, places, f"file:{path[0]}")
            return
        if name in _SHELL_CELLS:
            yield _embed(source, cell, lines, places, "shell")
            return
        if name not in PYTHON_MAGICS:
            language = {"js": "javascript", "javascript": "javascript", "html": "html"}.get(name)
            if language:
                yield _embed(source, cell, lines, places, language)
            return
    if not _is_python(lines):
        lines, commands = _take_magics(lines, places)
        for command in commands:
            yield _embed(source, cell, *command, "shell")
        if not _is_python(lines):
            yield _embed(source, cell, lines, places, "python")
            return
    program.extend((line, place, cell.number) for line, place in zip(lines, places, strict=True))


_Lines: TypeAlias = tuple[tuple[str, ...], tuple[tuple[int, int], ...]]


def _take_magics(
    lines: tuple[str, ...], places: tuple[tuple[int, int], ...]
) -> tuple[tuple[str, ...], list[_Lines]]:
    """Take `!command` and `%magic` lines out of a cell: what is left is Python, line by line."""
    kept: list[str] = []
    commands: list[_Lines] = []
    is_continued = False
    for line, place in zip(lines, places, strict=True):
        if is_continued:
            text, where = commands[-1]
            commands[-1] = ((*text, line), (*where, place))
            kept.append("")
        elif asked := _HELP.match(line):
            kept.append(asked[1] + "pass")
            continue
        elif found := _MAGIC_LINE.match(line) or _BARE_COMMAND.match(line):
            if timed := _TIMED.match(line):
                # The statement is Python as it stands; `0;` keeps its columns.
                kept.append(timed[1] + "0;".ljust(timed.end() - len(timed[1])) + line[timed.end() :])
                continue
            raw, shift = place
            start = found.start(3)
            sign = found[2].strip() or "!"
            commands.append(((_as_shell(sign, line[start:]),), ((raw, shift + start),)))
            kept.append(found[1] + "pass")
        else:
            kept.append(line)
            continue
        is_continued = line.rstrip().endswith("\\")
    return tuple(kept), [command for command in commands if command[0][0]]


def _as_shell(sign: str, text: str) -> str:
    """`!command`, `%pip …`, `%run …`, `%env X=Y` as the shell would be told; empty for other magics."""
    if sign == "!":
        return re.sub(r"\{([A-Za-z_][\w.]*)\}", lambda hole: "$" + "_" * (len(hole[0]) - 1), text)
    name, _, rest = text.partition(" ")
    if name in ("env", "set_env"):
        variable, _, value = rest.strip().partition("=" if "=" in rest else " ")
        return f"export {variable.strip()}={value.strip()}"
    return text if name in ("pip", "run", "sx", "system", "sh", "bash") else ""


def _is_python(lines: tuple[str, ...]) -> bool:
    import warnings

    if sum(map(len, lines)) > MAX_CHARACTERS:
        return True  # the reader of Python says that it is too long
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            python_newer.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _embed(
    source: Source,
    cell: Cell,
    lines: tuple[str, ...],
    places: tuple[tuple[int, int], ...],
    language: str,
    *,
    is_prose: bool = False,
) -> Embedded:
    inner = source.embed("\n".join(lines), language, places, is_prose=is_prose)
    return Embedded(replace(inner, cell=cell.number))


READER = Reader("notebook", (".ipynb",), (), read)
