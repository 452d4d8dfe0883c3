"""What every reader of weight files shares: bytes, places, bounds, Git LFS pointers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from scanner.discovery.source import Source
from scanner.discovery.views import Header
from scanner.patterns import regex

MAX_FIELDS = 400
"""Facts of one header that are kept."""
MAX_FIELD = 2_000
"""Characters of one fact."""
_POINTER = b"version https://git-lfs.github.com/spec/v1"
_HASH = regex(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_SIZE = regex(rb"^size (\d{1,19})$", re.MULTILINE)
_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

Fields = tuple[tuple[str, str], ...]


def bytes_of(source: Source) -> bytes:
    """Return the first bytes of the file, which came as latin-1 text."""
    return source.text.encode("latin-1", "replace")


def make_header(source: Source, format_name: str, fields: Iterable[tuple[str, str]]) -> Header:
    """Build the view of a header; texts are cut to a line that can be shown."""
    kept: list[tuple[str, str]] = []
    for name, text in fields:
        if len(kept) >= MAX_FIELDS:
            kept.append(("cut", f"more than {MAX_FIELDS} facts"))
            break
        if len(text) > MAX_FIELD:
            source.leave_out(f"facts of its header longer than {MAX_FIELD} characters were read up to there")
        kept.append((_clean(name)[:200], _clean(text)[:MAX_FIELD]))
    for name, text in kept:
        if name in ("cut", "broken") or text.startswith("not determined"):
            source.leave_out(f"{format_name}: {text}")
    return Header(format_name, tuple(kept), source.locate(1, 1, 1, 1))


def read_pointer(content: bytes) -> Fields | None:
    """Read a Git LFS pointer: the hash and size of the file it stands for. None for anything else."""
    if not content.startswith(_POINTER) or len(content) > 1024:
        return None
    found, size = _HASH.search(content), _SIZE.search(content)
    fields = [("stored", "git-lfs")]
    if found:
        fields.append(("sha256", found[1].decode("ascii")))
    if size:
        fields.append(("size_bytes", str(int(size[1]))))
    return tuple(fields)


def is_ggml_name(name: str) -> bool:
    """Whether a `.bin` is named as whisper.cpp names its models (`ggml-base.en.bin`)."""
    return name.lower().endswith(".bin") and "ggml" in name.lower()


def expand(content: bytes, most_bytes: int) -> bytes:
    """Expand zlib, gzip or raw deflate data up to a bound; what cannot be expanded gives what came so far."""
    for window in (47, -15):
        expander = zlib.decompressobj(window)
        try:
            expanded = expander.decompress(content, most_bytes)
        except zlib.error:
            continue
        if expanded:
            return expanded
    return b""


def text_of(content: bytes) -> str:
    """Decode a text of a header."""
    return content.decode("utf-8", "replace")


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
