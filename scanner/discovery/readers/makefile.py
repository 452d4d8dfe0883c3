"""Makefiles and justfiles: variables and recipes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.comments import hash_comments
from scanner.discovery.interest import may_name_models
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import is_within, within
from scanner.discovery.shell_commands import read_shell
from scanner.discovery.shell_state import MAX_ENVIRONMENT, Setting
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Opaque, Text, View
from scanner.patterns import regex

MAX_LINE = 4_000
"""Characters of a line that is read as a variable."""

_VARIABLE = regex(
    r"(?:export[ \t]+|override[ \t]+)*([A-Za-z_][A-Za-z0-9_.]*)[ \t]*(?:\?|:{0,3}|\+|!)="
    r"[ \t]*(.*?)[ \t]*(?:#.*)?$"
)
_NAME = regex(r"\$\(([A-Za-z_][A-Za-z0-9_]*)\)")
_JUST_NAME = regex(r"\{\{[ ]?([A-Za-z_][A-Za-z0-9_]*)[ ]?\}\}")
_PREFIX = regex(r"[ \t]*[@+-]*[ \t]*")


def read(source: Source) -> Iterator[View]:
    """Read variables, then every recipe with them put in."""
    if not may_name_models(source.text):
        return
    yield from hash_comments(source)
    variables: dict[str, Text | Opaque] = {}
    recipe: list[tuple[int, int, str]] = []
    for number, row in enumerate(source.text.split("\n"), 1):
        if row.startswith(("\t", "    ")) and row.strip():
            shift = matched.end() if (matched := _PREFIX.match(row)) else 0
            recipe.append((number, shift, row[shift:]))
            continue
        yield from _recipe(source, recipe, variables)
        recipe = []
        if is_within(row, MAX_LINE, source, number) and (found := _VARIABLE.match(row)):
            name, start = found.group(1), found.start(2)
            value = found.group(2)
            if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
                start, value = start + 1, value[1:-1]
            if not value or "$" in value:
                variables.pop(name, None)
                continue
            place = source.locate(number, start + 1, number, start + 1 + len(value))
            variables[name] = Text(value, place)
            yield Entry((name,), variables[name], (), "makefile")
    yield from _recipe(source, recipe, variables)


def _recipe(
    source: Source, rows: list[tuple[int, int, str]], variables: dict[str, Text | Opaque]
) -> Iterator[View]:
    if not rows or not source.may_embed():
        return
    # `$(NAME)` becomes `${NAME}`: as long, and what the shell lexer knows.
    pieces = [_JUST_NAME.sub(_just, _NAME.sub(r"${\1}", text)).replace("$$", " $") for _, _, text in rows]
    lines = tuple((line, shift) for line, shift, _ in rows)
    inner = source.embed("\n".join(pieces), "shell", lines)
    set_before = within(tuple(variables.items()), MAX_ENVIRONMENT, "variables set for one recipe", source)
    settings: tuple[Setting, ...] = tuple(set_before)
    yield from read_shell(inner, settings)


def _just(found: re.Match[str]) -> str:
    text = "${" + found.group(1) + "}"
    return text + " " * (len(found.group(0)) - len(text))


READER = Reader(
    language="makefile",
    endings=(".mk", ".make", ".just"),
    names=("Makefile", "Makefile.*", "GNUmakefile", "makefile", "justfile", "Justfile", ".justfile"),
    read=read,
)
