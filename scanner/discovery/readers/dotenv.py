"""Environment files: `.env`, `.env.example`, `production.env`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.placeholders import read_value
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines, within
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Opaque, Prose, Text, View
from scanner.patterns import regex

_LINE = regex(
    r"^[ \t]*(?P<commented>\#[ \t]*)?(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*"
    r"(?P<value>\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\s#\n][^\n]*|)",
    re.MULTILINE,
)
MAX_SETTINGS = 5_000
"""Settings of one file that are looked at."""
MAX_SIBLINGS = 200
"""Settings that explain each other; of more, those whose names tell of others."""
_TELLING = regex(r"(?:URL|BASE|HOST|ENDPOINT|PROVIDER|REVISION|TRUST|MODELSCOPE)", re.IGNORECASE)
MAX_VALUE = 20_000
"""Characters of a value that are looked at."""

_COMMENT = regex(r"^[ \t]*\#([^\n]*)", re.MULTILINE)


def read(source: Source) -> Iterator[View]:
    """Read `NAME=value` lines; a value may be quoted, followed by a comment, or hold `${NAME:-default}`.

    Of more than MAX_SETTINGS the first are shown.
    """
    lines = Lines(source)
    found: list[tuple[str, Text | Opaque]] = []
    for line in _LINE.finditer(source.text):
        start, end = line.span("value")
        if line["commented"] or start == end:
            continue
        written = line["value"]
        if written[0] in "\"'" and len(written) > 1:
            start, end = start + 1, end - 1
        else:
            end = start + len(_without_comment(written))
            if len(written) > MAX_VALUE:
                source.leave_out(f"values longer than {MAX_VALUE} characters were read up to there")
        if end > start:
            found.append((line["name"], read_value(source, lines, start, end)))
        if len(found) >= MAX_SETTINGS:
            source.leave_rest(MAX_SETTINGS, "settings", lines.place(end)[0] + 1)
            break
    siblings = [(name, value.value) for name, value in found if isinstance(value, Text)]
    if len(siblings) > MAX_SIBLINGS:
        siblings = [pair for pair in siblings if _TELLING.search(pair[0])]
    beside = tuple(within(siblings, MAX_SIBLINGS, "settings that tell of one name", source))
    for name, value in found:
        yield Entry((name,), value, beside, "env")
    for comment in _COMMENT.finditer(source.text):
        line_number, column = lines.place(comment.start(1))
        yield Prose(comment.group(1), source, line_number, column)


def _without_comment(value: str) -> str:
    """Cut a comment that stands behind the value, after a space."""
    for at, sign in enumerate(value[:MAX_VALUE]):
        if sign == "#" and at and value[at - 1] in " \t":
            return value[:at].rstrip()
    return value[:MAX_VALUE].rstrip()


READER = Reader(
    language="dotenv",
    endings=(".env", ".env.example", ".env.sample", ".env.template", ".env.dist", ".env.local"),
    names=(".env", ".env.*", "env.example", "env.sample", "env.template", "*.env.*", "dotenv", ".flaskenv"),
    read=read,
)
