"""Every `owner/name` that stands in a text as a word of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.encoded_data import is_encoded
from scanner.patterns import regex

# The engine finds a plain sign many times faster than the beginning of any word: slashes are looked for
# first, then what stands around them.
_BEHIND = regex(r"/(?<=[A-Za-z0-9_.\-]/)[A-Za-z0-9][A-Za-z0-9_.\-]{1,95}(?![\w/@])")
_BEFORE = regex(r"(?<![\w./@:\\\-])[A-Za-z0-9][A-Za-z0-9_.\-]{1,60}\Z")
_NAME = regex(r"(?<![\w./@:\\-])[A-Za-z0-9][A-Za-z0-9_.-]{1,60}/[A-Za-z0-9][A-Za-z0-9_.-]{1,95}(?![\w/@])")
_LONGEST_OWNER = 61


_PICTURE_ITSELF = regex(r";base64,[A-Za-z0-9+/=]{40,}")
_LINE_OF_LETTERS = 60
_LETTERS = regex(rf"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{{{_LINE_OF_LETTERS},}}+")
"""A line of what may be data, as it is wrapped after 64 or 76 letters."""


def without_pictures(text: str) -> str:
    """A text with blanks in the place of pictures written out as letters, which name nothing."""
    if ";base64," not in text:
        return text
    return _PICTURE_ITSELF.sub(lambda found: " " * len(found[0]), text)


def without_data(text: str) -> str:
    """The same without any lines of data written out as letters."""
    text = without_pictures(text)
    if len(text) < _LINE_OF_LETTERS:
        return text
    return _LETTERS.sub(lambda found: " " * len(found[0]) if is_encoded(found[0]) else found[0], text)


def owned_names(text: str) -> Iterator[re.Match[str]]:
    """Find words joined by one slash that are no part of a path, an address or an e-mail; candidates only."""
    for found in _BEHIND.finditer(text):
        slash = found.start()
        # One sign more than an owner has, for what stands in front of it.
        owner = _BEFORE.search(text[max(0, slash - _LONGEST_OWNER - 1) : slash])
        name = _NAME.match(text, slash - len(owner[0])) if owner is not None else None
        if name is not None:
            yield name
