"""HTML: inline scripts, values of inputs and options, comments, links to the hubs."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.markup import read_markup
from scanner.discovery.own_reports import passes_over
from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View


def read(source: Source) -> Iterator[View]:
    """Hand scripts on to the reader of their language; import maps, styles own reports are passed over."""
    if not passes_over(source):
        yield from read_markup(source)


READER = Reader("html", (".html", ".htm", ".xhtml"), (), read)
