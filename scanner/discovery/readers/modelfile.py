"""Ollama Modelfiles: the model a new one is made from, and its adapters."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Text, View
from scanner.patterns import regex

_INSTRUCTION = regex(r"(?i)[ \t]*(FROM|ADAPTER)[ \t]+(\"[^\"\n]+\"|'[^'\n]+'|\S+)[ \t]*(?:#.*)?$")
_SHOWN = regex(r"(?i)[ \t]*#[ \t]*(FROM)[ \t]+([A-Za-z0-9][\w.-]*:[\w.-]+)[ \t]*$")
"""What `ollama show --modelfile` writes above the file it found: the name the model was asked by."""
_QUOTES = regex(r'"""')

MENTIONED = "# FROM"
"""Key of a tag that stands in a comment."""


def read(source: Source) -> Iterator[View]:
    """Read `FROM` and `ADAPTER`; what stands between triple quotes is a template, not an instruction.

    A tag in a comment (`# FROM name:tag`) is shown under the key `# FROM`.
    """
    yield from hash_comments(source)
    is_quoted = False
    for number, row in enumerate(source.text.split("\n"), 1):
        if not is_quoted and (found := _INSTRUCTION.match(row)):
            value, start = found.group(2), found.start(2)
            if value[0] in "\"'":
                value, start = value[1:-1], start + 1
            place = source.locate(number, start + 1, number, start + 1 + len(value))
            yield Entry((found.group(1).upper(),), Text(value, place), (), "modelfile")
        elif not is_quoted and (shown := _SHOWN.match(row)):
            place = source.locate(number, shown.start(2) + 1, number, shown.end(2) + 1)
            yield Entry((MENTIONED,), Text(shown[2], place), (), "modelfile")
        if len(_QUOTES.findall(row)) % 2:
            is_quoted = not is_quoted


READER = Reader(
    language="modelfile",
    endings=(".modelfile",),
    names=(
        "Modelfile",
        "Modelfile.*",
        "Modelfile-*",
        "*.Modelfile",
        "modelfile",
        "*_Modelfile",
        "*-Modelfile",
    ),
    read=read,
)
