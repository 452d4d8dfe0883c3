"""Values with holes in them: `${NAME:-default}`, `{{ .Values.x }}`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from scanner.discovery.positions import Lines, cut
from scanner.discovery.source import Source
from scanner.discovery.views import Opaque, Text
from scanner.patterns import regex
from scanner.records.sighting import Location

Locate: TypeAlias = "Callable[[int, int], Location]"
"""Places the characters of a value from one offset up to another."""

_HOLE = regex(
    r"\$\{\{[^{}\n]*\}\}|\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}"
    r"|\$\{(?:(?:oc\.)?env|opt|param|self|ssm|cf|s3|sls|aws)(?:\([^()\n]*\))?:(?P<asked>[^{}\n,]*)"
    r"(?:,(?P<other>[^{}\n]*))?\}"
    r"|\$\{(?P<name>[A-Za-z_][A-Za-z0-9_.:]*?)(?::?[-=?]|:)(?P<default>[^{}\n]*)\}"
    r"|\$\{[A-Za-z_][A-Za-z0-9_.\[\]]*\}|\$[A-Za-z_][A-Za-z0-9_]*|\$\([^()\n]*\)|<%[^%\n]*%>"
)
_DEFAULT_FILTER = regex(
    r"""\|\s*default\s*(?:\(\s*)?["']([^"'\n]+)["']|default\s+["']([^"'\n]+)["']"""
    r"""|coalesce\s[^"'\n]{0,200}["']([^"'\n]+)["']"""
)


def read_value(source: Source, lines: Lines, start: int, end: int) -> Text | Opaque:
    """Read the value that stands between two offsets of a source.

    A value that is one hole with a default is the default; with a hole and none it is decided elsewhere.
    """
    return fill(source.text[start:end], lambda at, to: lines.locate(start + at, start + to))


def read_text(text: Text) -> Text | Opaque:
    """The same for a text that is already cut out and placed."""
    return fill(text.value, lambda at, to: cut(text, at, to).location)


def fill(value: str, locate: Locate) -> Text | Opaque:
    """Fill the holes of a value where they say their default."""
    if "$" not in value and "{{" not in value and "{%" not in value and "<%" not in value:
        return Text(value, locate(0, len(value)))
    holes = list(_HOLE.finditer(value))
    if not holes:
        return Text(value, locate(0, len(value)))
    if len(holes) == 1 and holes[0].span() == (0, len(value.rstrip())):
        return _whole(holes[0], value, locate)
    for hole in holes:
        if _default(hole) is None:
            return Opaque(value[:200], _reason(hole.group(0)), locate(0, len(value)))
    glued = _HOLE.sub(lambda hole: _unquoted(_default(hole) or ""), value)
    return Text(glued, locate(0, len(value)), note="with defaults of its variables")


def _whole(hole: re.Match[str], value: str, locate: Locate) -> Text | Opaque:
    group = "default" if hole["default"] else "other"
    if hole[group]:
        default = _unquoted(hole[group])
        start = value.index(default, hole.start(group)) if default else hole.start(group)
        name = hole["name"] or hole["asked"]
        return Text(default, locate(start, start + len(default)), note=f"default of ${name}")
    if filtered := _DEFAULT_FILTER.search(hole.group(0)):
        at = filtered.lastindex or 1
        start, end = (hole.start() + offset for offset in filtered.span(at))
        return Text(filtered[at], locate(start, end), note="default of a template")
    return Opaque(value[:200], _reason(hole.group(0)), locate(0, len(value)))


def _default(hole: re.Match[str]) -> str | None:
    """What a hole in a longer value says stands there when nobody decides, None where it does not say."""
    said = hole["default"] if hole["default"] is not None else hole["other"]
    if said is not None or not hole.group(0).startswith("{{"):
        return said
    filtered = _DEFAULT_FILTER.search(hole.group(0))
    return filtered[filtered.lastindex or 1] if filtered else None


def _unquoted(written: str) -> str:
    return written.strip().strip("\"'")


def _reason(hole: str) -> str:
    if hole.startswith(("{{", "{%", "<%", "${{")) or "." in hole:
        return "template"
    return "chosen at run time" if hole.startswith("$(") else "environment"
