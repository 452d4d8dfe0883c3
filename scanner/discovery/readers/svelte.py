"""Svelte and Astro components: their scripts, and values in their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.markup import read_markup
from scanner.discovery.plugin import Reader
from scanner.discovery.positions import Lines
from scanner.discovery.source import Source
from scanner.discovery.views import Embedded, View
from scanner.patterns import regex

_FRONT = regex(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def read(source: Source) -> Iterator[View]:
    """Hand scripts and the front block of Astro on; expressions in the template are not computed."""
    front = _FRONT.match(source.text)
    if front is not None:
        yield Embedded(Lines(source).part(front.start(1), front.end(1), "typescript"))
    yield from read_markup(source, "typescript" if source.file.endswith(".astro") else "javascript")


READER = Reader("svelte", (".svelte", ".astro"), (), read)
