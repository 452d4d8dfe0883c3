"""Compressed data of weight files, expanded within a bound."""

from __future__ import annotations

import bz2
import lzma
import zlib
from typing import Any

MAX_MEMORY_BYTES = 64_000_000
"""What expanding xz data may take besides what comes out."""
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b")
_XZ, _LZMA, _BZIP2 = b"\xfd7zXZ\x00", b"\x5d\x00\x00", b"BZh"
MARKS = (*_ZLIB, _XZ, _LZMA, _BZIP2)
"""First bytes of what `unpack` understands; joblib writes each of these."""


def is_packed(content: bytes) -> bool:
    """Whether the first bytes are those of a format `unpack` understands."""
    return content.startswith(MARKS)


def unpack(content: bytes, most_bytes: int) -> tuple[bytes, bool]:
    """Expand zlib, gzip, bzip2, xz or lzma data up to a bound, and say whether that was all of it.

    What cannot be expanded gives what came so far.
    """
    try:
        expander = _expander(content)
        expanded: bytes = expander.decompress(content, most_bytes)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, MemoryError):
        return b"", False
    return expanded, bool(expander.eof)


def _expander(content: bytes) -> Any:
    if content.startswith(_BZIP2):
        return bz2.BZ2Decompressor()
    if content.startswith((_XZ, _LZMA)):
        return lzma.LZMADecompressor(memlimit=MAX_MEMORY_BYTES)
    return zlib.decompressobj(47)
