"""Comments that begin with a hash, as prose."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.positions import Lines
from scanner.discovery.source import Source
from scanner.discovery.views import Prose
from scanner.patterns import regex

_HASH = regex(r"#(?<!\S#)[ \t]*([^\s#][^\n]*)")
_WORTH = regex(r"[\w.-]/[\w.-]|:\d")
MAX_COMMENTS = 50_000
"""Comments of one text with anything in them that could be a name."""


def hash_comments(source: Source) -> Iterator[Prose]:
    """Show comments with anything in them that could be a name or an address."""
    if "#" not in source.text:
        return
    lines, count = Lines(source), 0
    for comment in _HASH.finditer(source.text):
        if _WORTH.search(comment.group(1)):
            line, column = lines.place(comment.start(1))
            yield Prose(comment.group(1), source, line, column)
            count += 1
            if count >= MAX_COMMENTS:
                source.leave_rest(MAX_COMMENTS, "comments", line)
                return
