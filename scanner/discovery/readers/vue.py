"""Vue components: their scripts, and values in their templates."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.markup import read_markup
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View


def read(source: Source) -> Iterator[View]:
    """Hand scripts on to the reader of their language; expressions in the template are not computed."""
    yield from read_markup(source)


READER = Reader("vue", (".vue",), (), read)
