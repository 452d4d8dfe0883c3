"""Bytes of a file to text, defensively."""

from __future__ import annotations

import codecs

from scanner.errors import UnreadableFile
from scanner.patterns import regex

_ODD = regex("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_BINARY_SHARE = 0.3
"""Share of control characters above which a text without NUL bytes is still no text."""


def decode_text(content: bytes) -> str:
    """Decode a text file: UTF-8, or UTF-16/32 where a byte-order mark says so.

    Invalid bytes become U+FFFD, so that places stay countable. Line ends become `\\n`; a byte-order mark
    is dropped, as editors do.

    Raises:
        UnreadableFile: it holds NUL bytes or mostly control characters, so it is no text.
    """
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        text = content.decode("utf-32", "replace")
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
    else:
        if b"\0" in content:
            raise UnreadableFile("holds NUL bytes: not text")
        text = content.decode("utf-8-sig", "replace")
    head = text[:4096]
    plain = head.encode() if head.isascii() else b""
    odd = len(plain) - len(plain.translate(None, _CONTROL)) if plain else len(_ODD.findall(head))
    if odd > len(head) * _BINARY_SHARE:
        raise UnreadableFile("mostly unprintable bytes: not text")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")
