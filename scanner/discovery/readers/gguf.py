"""The key-values at the head of a GGUF file: name, license, base models, who quantized it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.weight_files import MAX_FIELD, bytes_of, make_header, read_pointer, text_of
from scanner.records.quick import dataclass

FORMAT = "gguf"
MAX_PAIRS = 100_000
"""Key-values that are gone through."""
MAX_KEY_BYTES = 65_535
"""The format's own limit for a key."""
MAX_STRING_BYTES = 1_000_000
"""A longer string is passed over."""
MAX_MEMBERS = 5_000_000
"""Strings of arrays that are passed over, together."""
MAX_DATASETS = 64
"""Members of `general.datasets` that are kept."""
_PLAIN = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_DATASETS = "general.datasets"


class _Cut(Exception):
    """The bytes end, or say what cannot be."""


@dataclass(slots=True)
class _Bytes:
    content: bytes
    at: int = 0
    order: str = "<"
    is_first_version: bool = False

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.content):
            raise _Cut("the key-values are longer than what is read of a file")
        self.at += count
        return self.content[self.at - count : self.at]

    def number(self, code: str) -> float:
        (value,) = struct.unpack(self.order + code, self.take(struct.calcsize("<" + code)))
        return value  # type: ignore[no-any-return]  # struct gives what the code says

    def count(self) -> int:
        return int(self.number("I" if self.is_first_version else "Q"))


def read(source: Source) -> Iterator[View]:
    """Read the scalar key-values named `general.…` and `general.datasets`; other arrays are passed over.

    Where the bytes end before the key-values do, what was read so far is given with the fact `cut`.

    Source: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, read 2026-11-22.
    """
    content = bytes_of(source)
    pointer = read_pointer(content)
    if pointer is not None:
        yield make_header(source, FORMAT, pointer)
        return
    fields: list[tuple[str, str]] = []
    if not content.startswith(b"GGUF"):
        fields.append(("broken", "does not start like a GGUF file"))
    else:
        try:
            _read_pairs(_Bytes(content, 4), fields)
        except _Cut as cut:
            fields.append(("cut", str(cut)))
    yield make_header(source, FORMAT, fields)


def _read_pairs(stream: _Bytes, fields: list[tuple[str, str]]) -> None:
    version = int(stream.number("I"))
    if version > 0xFFFF:
        stream.order = ">"
        version = int.from_bytes(version.to_bytes(4, "little"), "big")
    stream.is_first_version = version == 1
    fields.append(("gguf.version", str(version)))
    fields.append(("gguf.tensors", str(stream.count())))
    pairs = stream.count()
    members = [0]
    for _ in range(min(pairs, MAX_PAIRS)):
        length = stream.count()
        if length > MAX_KEY_BYTES:
            raise _Cut("a key is longer than the format allows")
        key = text_of(stream.take(length))
        kept: list[str] | None = [] if key == _DATASETS else None
        value = _value(stream, int(stream.number("I")), members, kept)
        if value is not None and key.startswith("general."):
            fields.append((key, value))
        fields.extend((f"{key}.{at}", text) for at, text in enumerate((kept or ())[:MAX_DATASETS]))
        if kept is not None and len(kept) > MAX_DATASETS:
            fields.append(("cut", f"more than {MAX_DATASETS} datasets"))
    if pairs > MAX_PAIRS:
        raise _Cut(f"more than {MAX_PAIRS} key-values")


def _value(stream: _Bytes, kind: int, members: list[int], kept: list[str] | None) -> str | None:
    """Read a scalar as text; pass over an array, whose texts are put into `kept` where there is one."""
    if kind in _PLAIN:
        value = stream.number(_PLAIN[kind])
        return str(value).lower() if isinstance(value, bool) else str(value)
    if kind == _STRING:
        length = stream.count()
        content = stream.take(length)
        return text_of(content) if length <= MAX_STRING_BYTES else None
    if kind != _ARRAY:
        raise _Cut(f"a value is of the unknown type {kind}")
    inner, length = int(stream.number("I")), stream.count()
    if inner in _PLAIN:
        stream.take(length * struct.calcsize("<" + _PLAIN[inner]))
        return None
    if inner != _STRING:
        raise _Cut("an array of arrays is not read")
    for _ in range(length):
        members[0] += 1
        if members[0] > MAX_MEMBERS:
            raise _Cut(f"arrays of more than {MAX_MEMBERS} members")
        text = stream.take(stream.count())
        if kept is not None and len(kept) <= MAX_DATASETS:
            kept.append(text_of(text[:MAX_FIELD]))
    return None


READER = Reader(FORMAT, (".gguf",), (), read, reads_headers=True)
