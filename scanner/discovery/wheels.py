"""Models that are installed like packages: addresses of spaCy wheels."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.positions import Lines
from scanner.discovery.source import Source
from scanner.discovery.views import Link
from scanner.patterns import regex

_WHEEL = regex(r"https?://[^\s\"'<>]{1,400}?/[a-z]{2,3}_[a-z]+_[a-z_]+_(?:sm|md|lg|trf)-[^\s\"'<>#]{1,120}")
MAX_WHEELS = 1_000
"""Addresses of packages of one file."""


def model_wheels(source: Source) -> Iterator[Link]:
    """Show the addresses of models among the packages a project installs."""
    if "spacy-models" not in source.text and "_core_" not in source.text:
        return
    lines = Lines(source)
    for count, found in enumerate(_WHEEL.finditer(source.text)):
        if count >= MAX_WHEELS:
            source.leave_rest(MAX_WHEELS, "addresses of packages", lines.place(found.start())[0])
            return
        yield Link(found.group(0), lines.locate(*found.span()), True)
