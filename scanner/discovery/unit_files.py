"""Units of systemd: what a service starts, with the variables set for it."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.positions import Lines, is_within, lines_within
from scanner.discovery.shell_commands import read_settings, read_shell
from scanner.discovery.shell_state import Setting
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Text, View
from scanner.patterns import regex

MAX_LINES = 20_000
"""Lines of one unit that are read."""
MAX_LINE = 4_000
"""Characters of a line of a unit; a longer one is passed over."""

_ENTRY = regex(r"[ \t]*(Environment|Exec(?:Start(?:Pre|Post)?|Reload|StopPost|Stop|Condition))[ \t]*=[ \t]*")
_PREFIX = regex(r"[@\-:+!|]*")
"""Signs before a program that say how it is started (systemd.service, ExecStart=)."""

Rows = list[tuple[int, int, str]]


def is_unit(file: str) -> bool:
    """Whether a file of this name is a unit that starts something."""
    return file.endswith(".service")


def read_unit(source: Source) -> Iterator[View]:
    """Read `ExecStart=` and its like as commands, `Environment=` as the variables set for them."""
    lines = Lines(source)
    environment: list[Setting] = []
    commands: list[Rows] = []
    for name, rows in _entries(source):
        if name == "Environment":
            environment.extend(read_settings(lines.lines_part(_unquoted(rows), "shell")))
        else:
            commands.append(rows)
    used: set[str] = set()
    for rows in commands if source.may_embed() else ():
        line, shift, text = rows[0]
        prefix = _PREFIX.match(text)
        cut = prefix.end() if prefix else 0
        inner = lines.lines_part([(line, shift + cut, text[cut:]), *rows[1:]], "shell")
        yield from read_shell(inner, tuple(environment), used=used)
    beside = tuple((name, value.value) for name, value in environment if isinstance(value, Text))
    for name, value in environment:
        yield Entry((name,), value, beside, "shell" if name in used else "env")


def _unquoted(rows: Rows) -> Rows:
    """`"A=b" "C=d"` as a shell writes it: the quotes around an assignment become spaces."""
    return [(line, shift, text.replace('"', " ").replace("'", " ")) for line, shift, text in rows]


def _entries(source: Source) -> Iterator[tuple[str, Rows]]:
    """Each entry with its rows (line, columns cut off, text); a row that ends in a backslash goes on."""
    rows: Rows = []
    name = ""
    for number, row in enumerate(lines_within(source, MAX_LINES), 1):
        if not is_within(row, MAX_LINE, source, number):
            continue
        if rows and rows[-1][2].rstrip().endswith("\\"):
            rows.append((number, 0, row))
            continue
        if rows:
            yield name, rows
        found = _ENTRY.match(row)
        name = found[1] if found else ""
        rows = [(number, found.end(), row[found.end() :])] if found else []
    if rows:
        yield name, rows
