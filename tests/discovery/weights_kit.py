"""Writes heads of weight files by hand and reads them back."""

from __future__ import annotations

import json
import struct

from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import Header
from scanner.records.sighting import Scope


def headers(reader: Reader, content: bytes, file: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Format and facts of every header a reader finds."""
    source = Source(file, content.decode("latin-1"), reader.language, Scope.SHIPPED)
    return [(view.format, list(view.fields)) for view in reader.read(source) if isinstance(view, Header)]


def safetensors(header: dict, tensors: bytes = b"\0" * 16) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + tensors


def gguf_text(text: str, order: str = "<") -> bytes:
    return struct.pack(order + "Q", len(text.encode())) + text.encode()


def gguf(pairs: list[tuple[str, int, bytes]], count: int | None = None, order: str = "<") -> bytes:
    """A GGUF head; each pair is key, type and the encoded value."""
    head = b"GGUF" + struct.pack(order + "IQQ", 3, 0, len(pairs) if count is None else count)
    return head + b"".join(
        gguf_text(key, order) + struct.pack(order + "I", kind) + value for key, kind, value in pairs
    )


def varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def field(number: int, value: bytes | int) -> bytes:
    """One protobuf field."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 123\n"
POINTER_FACTS = [("stored", "git-lfs"), ("sha256", "a" * 64), ("size_bytes", "123")]
