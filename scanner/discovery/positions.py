"""Offsets of a text to lines and columns, and parts cut out of it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

from scanner.discovery.source import Source
from scanner.discovery.views import Text
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, Location

T = TypeVar("T")

_NEWLINE = regex("\n")
_end = re.Match.end


class Lines:
    """Where the lines of one source begin."""

    __slots__ = ("_source", "_starts")

    def __init__(self, source: Source) -> None:
        self._source = source
        # An array: a hostile file may be nothing but line ends.
        self._starts = array("I", (0, *map(_end, _NEWLINE.finditer(source.text))))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character of the text."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def locate(self, start: int, end: int) -> Location:
        """Place of the characters from `start` up to `end` in the raw file."""
        return self._source.locate(*self.place(start), *self.place(end))

    def offset(self, line: int, column: int = 1) -> int:
        """Offset of a line and column (from 1)."""
        return self._starts[line - 1] + column - 1

    def literal(self, start: int, end: int, certainty: Certainty = Certainty.LITERAL) -> Text:
        """The characters from `start` up to `end`, as they stand."""
        return Text(self._source.text[start:end], self.locate(start, end), certainty)

    def part(self, start: int, end: int, language: str, *, is_prose: bool = False) -> Source:
        """Hand out a stretch of the text as a source of another language."""
        text = self._source.text[start:end]
        first, column = self.place(start)
        places = [(first, column - 1), *((first + at, 0) for at in range(1, text.count("\n") + 1))]
        return self._source.embed(text, language, tuple(places), is_prose=is_prose)

    def lines_part(
        self, pieces: list[tuple[int, int, str]], language: str, *, is_prose: bool = False
    ) -> Source:
        """Hand out pieces of lines, (line, columns cut off at its start, what is left), as a source."""
        text = "\n".join(piece for _, _, piece in pieces)
        places = tuple((line, shift) for line, shift, _ in pieces)
        return self._source.embed(text, language, places, is_prose=is_prose)


def within(members: Sequence[T], most: int, what: str, source: Source) -> Sequence[T]:
    """At most so many of some things; where there are more, that is said."""
    if len(members) <= most:
        return members
    source.leave_rest(most, what)
    return members[:most]


def lines_within(source: Source, most: int) -> list[str]:
    """The lines of a text, at most so many; where there are more, that is said."""
    rows = source.text.split("\n")
    if len(rows) <= most:
        return rows
    source.leave_rest(most, "lines", most + 1)
    return rows[:most]


def is_within(row: str, most: int, source: Source, number: int) -> bool:
    """Whether a line is short enough to be looked at; where it is not, that is said."""
    if len(row) > most:
        line = source.locate(number, 1, number, 1).line
        source.leave_out(f"line {line} is longer than {most} characters and was not read")
    return len(row) <= most


def cut(text: Text, start: int, end: int | None = None) -> Text:
    """Part of a text with its own place, where the text stands on one line as written."""
    stop = len(text.value) if end is None else end
    place = text.location
    width = place.end_column - place.column
    if place.line != place.end_line or width < len(text.value):
        return replace(text, value=text.value[start:stop])
    # A quoted literal is wider by its quotes; its words begin behind the first one.
    column = place.column + (1 if width == len(text.value) + 2 else 0)
    return replace(
        text,
        value=text.value[start:stop],
        location=replace(place, column=column + start, end_column=column + stop),
    )
