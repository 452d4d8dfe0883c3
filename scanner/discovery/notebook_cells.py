"""The cells of a notebook, and where the raw file has the strings of their sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]  # documented for subclasses of the decoder
from typing import Any, TypeAlias

from scanner.patterns import regex
from scanner.records.quick import dataclass

PYTHON_MAGICS = frozenset(
    {"time", "timeit", "capture", "prun", "python", "python3", "debug", "memit", "mprun"}
)
"""Cell magics (`%%time`) whose cell is Python."""

_SOURCE_KEY = regex(r'"source"\s*:\s*')
_BETWEEN = regex(r"[\s,]*")

Span: TypeAlias = tuple[int, int]
"""Start and end of a string in the raw file, its quotes included."""


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """One cell as the file has it."""

    number: int
    kind: str
    pieces: tuple[str, ...]
    spans: tuple[Span, ...]
    """A span for each piece; none where the raw file does not have them as the cell does."""


def written_cells(cells: Sequence[Any], text: str) -> Iterator[WrittenCell]:
    """Each cell that has a source; `cells` are those of the notebook that `text` is."""
    sources = _sources(text)
    for number, cell in enumerate(cells):
        written = cell.get("source") if isinstance(cell, dict) else None
        pieces = [written] if isinstance(written, str) else written
        if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
            continue
        spans = next((spans for values, spans in sources if values == pieces), ())
        yield WrittenCell(number, str(cell.get("cell_type")), tuple(pieces), tuple(spans))


def _sources(text: str) -> Iterator[tuple[list[str], list[Span]]]:
    """Each `"source"` of the raw file: its strings, and where they stand."""
    for found in _SOURCE_KEY.finditer(text):
        at = found.end()
        values: list[str] = []
        spans: list[Span] = []
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
                spans.append((at, end))
                at = end
                if not is_list:
                    break
        except ValueError:
            continue
        yield values, spans
