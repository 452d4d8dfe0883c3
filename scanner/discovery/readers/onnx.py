"""The head of an ONNX file: who produced it and its metadata properties."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.weight_files import bytes_of, make_header, read_pointer, text_of

FORMAT = "onnx"
MAX_PARTS = 10_000
"""Fields of the outer message that are gone through."""
_TEXTS = {2: "producer_name", 3: "producer_version", 4: "domain", 6: "doc_string"}
_GRAPH, _PROPERTY = 7, 14


def read(source: Source) -> Iterator[View]:
    """Read the texts of the outer protobuf message; the graph is passed over by its length.

    The metadata properties stand behind the graph: where the graph is longer than what is read of a
    file, they are not seen, and the fact `cut` says so.

    Source: onnx/onnx.proto of the package onnx 1.23, read 2026-11-22.
    """
    content = bytes_of(source)
    fields: list[tuple[str, str]] = list(read_pointer(content) or ())
    if not fields:
        try:
            fields.extend(_texts(content))
        except _Broken as broken:
            fields.append(("cut", str(broken)))
    yield make_header(source, FORMAT, fields)


class _Broken(Exception):
    """The bytes end, or are no protobuf message."""


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    for number, value in _parts(content):
        if number in _TEXTS:
            yield _TEXTS[number], text_of(value[:100_000])
        elif number == _PROPERTY:
            pair = dict(_parts(value[:1_000_000]))
            yield f"metadata.{text_of(pair.get(1, b''))[:100]}", text_of(pair.get(2, b""))


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Go through the length-delimited fields of a message."""
    at = 0
    for _ in range(MAX_PARTS):
        if at >= len(content):
            return
        tag, at = _number(content, at)
        kind = tag & 7
        if kind == 0:
            _, at = _number(content, at)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        elif kind == 2:
            length, at = _number(content, at)
            if at + length > len(content):
                what = "the graph" if tag >> 3 == _GRAPH else "a field"
                raise _Broken(f"{what} is longer than what is read of a file; what follows was not read")
            yield tag >> 3, content[at : at + length]
            at += length
        else:
            raise _Broken("not a protobuf message")
    raise _Broken(f"more than {MAX_PARTS} fields")


def _number(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(10):
        if at >= len(content):
            raise _Broken("the file ends in the middle of a number")
        value |= (content[at] & 0x7F) << (7 * place)
        at += 1
        if not content[at - 1] & 0x80:
            return value, at
    raise _Broken("not a protobuf message")


READER = Reader(FORMAT, (".onnx",), (), read, reads_headers=True)
