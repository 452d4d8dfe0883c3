"""Is the compiled index still that of the sources? If not, compile it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from scanner.digests import sha256
from scanner.errors import KnowledgeBroken
from scanner.knowledge.index_file import Index, read_index, sign, write_index


def fresh_index(sources: Path, path: Path) -> Index:
    """Give the index of the sources as they are now.

    Names, sizes and times of the sources decide, which costs a few milliseconds; only when they differ is
    the content hashed, and only when that differs too is YAML parsed. Two processes that compile at once
    write the same bytes, each in one step. Where the checkout cannot be written to, the index is kept in
    the user's cache folder.

    Raises:
        KnowledgeBroken: a source has mistakes.
    """
    signature = sign(sources)
    places = [path]
    if (index := _try_read(path)) and index.signature == signature:
        return index
    places.append(_cache_place(sources))
    if (cached := _try_read(places[1])) and cached.signature == signature:
        return cached

    from scanner.knowledge.compile import compile_sources, digest_sources

    digest = digest_sources(sources)
    known = next((found for found in (index, cached) if found and found.digest == digest), None)
    built = known or compile_sources(sources)
    current = Index(built.database, built.digest, built.as_of, signature)
    for place in places:
        with contextlib.suppress(OSError):
            write_index(place, current)
            break
    return current


def _try_read(path: Path) -> Index | None:
    # In a checkout a damaged index is no reason to stop: the sources are here to compile it from.
    try:
        return read_index(path)
    except KnowledgeBroken:
        return None


def _cache_place(sources: Path) -> Path:
    from scanner.settings import read_settings

    name = sha256(str(sources.resolve()).encode())[:16]
    return read_settings().cache_folder / f"knowledge-{name}.sqlite"
