"""Recognizes license texts."""

from __future__ import annotations

from scanner.knowledge.store import Knowledge


def keys_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """Keys of the licenses whose text stands in a file."""
    return frozenset()
