"""What to do about a text that is no YAML: the line as it stands, and the usual causes."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.patterns import regex

MAX_QUOTED = 80
MAX_TABS = 5
"""Lines with tabs that are counted out."""
_NO_GAP = regex(r"""\s*(?:- )?["']?[\w.-]+["']?:[^\s/:].*""")
"""A key and its value without a space behind the colon."""
_TWO_COLONS = regex(r"""\s*(?:- )?[\w.-]+:\s+[^"'\[{\s].*?:(?:\s|$)""")
"""A value that is not in quotes and has a colon and a space in it."""
_SIGNS = "@`%*&!"
"""What a text cannot begin with unless it is in quotes."""
_NAMED = (("an alias", "*"), ("an anchor", "&"), ("a directive", "%"), ("a tag", "!"))
"""What the parser calls the things those signs begin."""


def advice_for(text: str, line: int, column: int, problem: str, opened: int) -> tuple[str, ...]:
    """The line that cannot be read, and what probably has to be changed in it.

    `line` and `column` count from 1; `opened` is the line in which the thing that is read began.
    """
    lines = text.splitlines()
    if not 1 <= line <= len(lines) + 1:
        return ()
    here = lines[line - 1] if line <= len(lines) else ""
    at = line if here.strip() else max((at for at in range(1, line) if lines[at - 1].strip()), default=0)
    quoted = (f"line {at} reads {lines[at - 1].strip()[:MAX_QUOTED]!r}",) if at else ()
    return (*quoted, *_causes(lines, line, here[column - 1 : column], problem, opened))


def _causes(lines: list[str], line: int, sign: str, problem: str, opened: int) -> Iterator[str]:
    tabs = [at for at, each in enumerate(lines, 1) if "\t" in each[: len(each) - len(each.lstrip())]]
    before = next((at for at in range(line - 1, 0, -1) if lines[at - 1].strip()), 0)
    here = lines[line - 1] if line <= len(lines) else ""
    if tabs:
        more = f" and {len(tabs) - MAX_TABS} more" if len(tabs) > MAX_TABS else ""
        yield f"indent with spaces: tabs begin line {', '.join(map(str, tabs[:MAX_TABS]))}{more}"
    elif (first := next((known for word, known in _NAMED if word in problem), sign)) and first in _SIGNS:
        yield f"put a text that begins with {first} in quotes"
    elif "single document" in problem:
        yield "one policy per file: take out the line --- between them"
    elif "quoted scalar" in problem:
        yield f"a quotation mark is opened in line {opened} and not closed"
    elif "flow" in problem or "',' or" in problem:
        at = f"in line {opened}" if opened < line else "before that"
        yield f"a bracket is opened {at} and not closed"
    elif "mapping values" in problem and _TWO_COLONS.match(here):
        yield "put a text that has a colon and a space in it in quotes"
    elif here.lstrip().startswith("-") and not here.lstrip().startswith(("- ", "---")):
        yield "put a space behind the dash"
    elif before and _NO_GAP.fullmatch(lines[before - 1]):
        yield f"put a space behind the colon in line {before}"
    else:
        yield "begin lines that belong together in the same column"
