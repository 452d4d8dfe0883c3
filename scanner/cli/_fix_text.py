"""Changes to texts: kept small, applied together, shown as a unified diff."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from scanner.records.quick import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Edit:
    """One span of a text and what stands there afterwards; offsets in code points."""

    start: int
    end: int
    text: str
    reason: str
    """The finding it settles, in its own words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file, before and after."""

    file: str
    before: str
    """`""` for a file that is new."""
    after: str
    reasons: tuple[str, ...]


def apply(text: str, edits: Iterable[Edit]) -> str | None:
    """The text with all edits made; None where two of them touch the same span."""
    ordered = sorted(set(edits), key=lambda edit: (edit.start, edit.end))
    pieces, at = [], 0
    for edit in ordered:
        if edit.start < at:
            return None
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def line_starts(text: str) -> list[int]:
    """Offset at which each line begins, by the line ends Python and YAML know."""
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def diff(change: Change) -> str:
    """A unified diff that `git apply` and `patch` take, with the reasons as remarks above it."""
    before = "/dev/null" if not change.before else f"a/{change.file}"
    made = difflib.unified_diff(_lines(change.before), _lines(change.after), before, f"b/{change.file}")
    said = "".join(f"# {_printable(reason)}\n" for reason in change.reasons)
    return said + "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made
    )


def _lines(text: str) -> list[str]:
    """Lines as diff tools count them: by line feeds alone."""
    pieces = text.split("\n")
    return [f"{line}\n" for line in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
