"""The header of a safetensors file: its metadata, never its tensors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scanner.discovery.plugin import Reader
from scanner.discovery.source import Source
from scanner.discovery.views import View
from scanner.discovery.weight_files import bytes_of, make_header, read_pointer

FORMAT = "safetensors"
MAX_HEADER_BYTES = 100_000_000
"""The format's own limit for the length it states."""
_METADATA = '"__metadata__"'


def read(source: Source) -> Iterator[View]:
    """Read the metadata block of a safetensors file.

    The file starts with the length of a JSON object (8 bytes, little-endian) and that object; tensors
    follow and are never read. Of a header longer than what was read of the file only `__metadata__` is
    taken, and it is said. A file without metadata gives a Header without facts.

    Source: https://huggingface.co/docs/safetensors (format), read 2026-11-22.
    """
    content = bytes_of(source)
    pointer = read_pointer(content)
    if pointer is not None:
        yield make_header(source, FORMAT, pointer)
        return
    length = int.from_bytes(content[:8], "little")
    if len(content) < 10 or not 2 <= length <= MAX_HEADER_BYTES or content[8:9] not in (b"{", b" "):
        yield make_header(source, FORMAT, (("broken", "not a safetensors header"),))
        return
    text = content[8 : 8 + length].decode("utf-8", "replace")
    metadata, note = _metadata(text, is_whole=len(content) >= 8 + length)
    fields = [(name, str(value)) for name, value in metadata.items() if isinstance(value, str | int | float)]
    yield make_header(source, FORMAT, [*fields, *((("cut", note),) if note else ())])


def _metadata(text: str, *, is_whole: bool) -> tuple[dict[str, Any], str]:
    if is_whole:
        try:
            header = json.loads(text)
        except (ValueError, RecursionError):
            return {}, "the header is not JSON"
        found = header.get("__metadata__", {}) if isinstance(header, dict) else {}
        return (found, "") if isinstance(found, dict) else ({}, "the metadata is not an object")
    at = text.find(_METADATA)
    colon = text.find(":", at)
    if at < 0 or colon < 0:
        return {}, "the header is longer than what is read of a file"
    start = colon + 1 + (len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip()))
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return {}, "the header is longer than what is read of a file"
    return (found, "") if isinstance(found, dict) else ({}, "the metadata is not an object")


READER = Reader(FORMAT, (".safetensors",), (), read, reads_headers=True)
