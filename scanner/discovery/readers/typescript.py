"""TypeScript without JSX, read by its syntax tree."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.javascript_views import read_program
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View


def read(source: Source) -> Iterator[View]:
    """Give calls, names with values and comments; types and import specifiers are never values."""
    yield from read_program(source, "typescript")


READER = Reader("typescript", (".ts", ".mts", ".cts"), (), read)
