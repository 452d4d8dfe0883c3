"""Lines for a terminal or a pipe: labels, wrapping, and color where wanted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from scanner.patterns import regex
from scanner.records.quick import dataclass, field
from scanner.reporting.escaping import one_line

LABEL_COLUMNS = 10
"""Indent, the longest label (`question`), right-aligned."""
GAP = "  "
NARROWEST = 40
_WORDS = regex(r"""(?:"[^"]*"|'[^']*'|\S)+""")
"""Words of a command; what stands in quotation marks is not taken apart."""
_NUMBERED = regex(r" *\d+\. ")
_TO_BE_FILLED_IN = "lading policy exception add "
_GOES_ON = " \\"


@dataclass(slots=True)
class Page:
    """Text in the making, line by line. Every text is made harmless on its way in."""

    width: int
    lines: list[list[tuple[str, str]]] = field(default_factory=list)
    """Each line is a list of (text, style)."""

    def blank(self) -> None:
        """Leave a line free, never two, and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append([])

    def paragraph(self, text: str, style: str = "", indent: int = 0) -> None:
        """Write a text, wrapped at the width."""
        for line in wrap(one_line(text), self._room(indent)):
            self.lines.append([(" " * indent, ""), (line, style)])

    def entry(self, text: str, style: str = "") -> None:
        """Write one entry of a list; further lines stand under its text."""
        for at, line in enumerate(wrap(one_line(text), self._room(4))):
            self.lines.append([("  - " if at == 0 else "    ", "dim"), (line, style)])

    def labeled(self, label: str, text: str, label_style: str = "dim", style: str = "") -> None:
        """Write a text beside its label; further lines stand under the text."""
        indent = LABEL_COLUMNS + len(GAP)
        for at, line in enumerate(wrap(one_line(text), self._room(indent))):
            shown = label if at == 0 else ""
            self.lines.append([(shown.rjust(LABEL_COLUMNS), label_style), (GAP, ""), (line, style)])

    def remedy(self, text: str) -> None:
        """Write what settles a finding; a command to be filled in stands apart, so that it can be copied."""
        words, command = part_command(text)
        self.labeled("fix", words, "green")
        indent = LABEL_COLUMNS + len(GAP)
        for line in wrap_command(one_line(command), self._room(indent)):
            self.lines.append([(" " * indent, ""), (line, "")])

    def _room(self, indent: int) -> int:
        return max(self.width, NARROWEST) - indent

    def text(self, *, color: bool) -> str:
        """Hand out everything that was written, with color codes only where asked for."""
        if color:
            return self._colored()
        plain = ("".join(text for text, _ in line).rstrip() for line in self.lines)
        return "\n".join(plain) + "\n"

    def _colored(self) -> str:
        from io import StringIO

        from rich.console import Console
        from rich.text import Text

        out = StringIO()
        console = Console(
            file=out,
            force_terminal=True,
            color_system="standard",
            width=10_000,
            highlight=False,
            markup=False,
            emoji=False,
            no_color=False,
            legacy_windows=False,
        )
        for line in self.lines:
            console.print(Text.assemble(*line, no_wrap=True), soft_wrap=True)
        return out.getvalue()


def wrap(text: str, columns: int) -> list[str]:
    """Break a text between words; a word longer than the line stays whole, so that it can be copied."""
    return fill(text.split(), columns)


def part_command(text: str) -> tuple[str, str]:
    """Part a text from the command to be filled in at its end, which may be empty."""
    words, command, rest = text.partition(_TO_BE_FILLED_IN)
    return (words, command + rest) if rest else (text, "")


def wrap_command(text: str, columns: int) -> list[str]:
    """Break a command as a shell wants it; nothing of an empty one."""
    lines = fill(_WORDS.findall(text), columns - len(_GOES_ON)) if text else []
    return [*(line + _GOES_ON for line in lines[:-1]), *lines[-1:]]


def hang(line: str, columns: int) -> list[str]:
    """Break an indented line or numbered entry, further lines deeper; a command at its end stands apart."""
    indent = len(line) - len(line.lstrip(" "))
    deeper = indent + (3 if _NUMBERED.match(line) else 2)
    if columns_of(line) <= columns:
        return [line]
    words, command = part_command(line)
    first, *rest = wrap(words, columns - deeper)
    more = [*rest, *wrap_command(command, columns - deeper)]
    return [" " * indent + first, *(" " * deeper + each for each in more)]


def fill(words: Iterable[str], columns: int) -> list[str]:
    """Put words on lines, as many as fit on each; one at least, however long."""
    lines: list[str] = []
    line, used = "", 0
    for word in words:
        needed = columns_of(word)
        if line and used + 1 + needed > columns:
            lines.append(line)
            line, used = word, needed
        else:
            line, used = (f"{line} {word}", used + 1 + needed) if line else (word, needed)
    return [*lines, line]


def columns_of(text: str) -> int:
    """Count the columns a text takes: two for wide letters, none for marks that sit on a letter."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )
