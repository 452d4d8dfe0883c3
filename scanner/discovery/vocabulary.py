"""Word lists written as running text, and whether a text holds one of their words."""

from __future__ import annotations

from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


def any_of(parts: Iterable[str], text: str) -> bool:
    """Whether one of some texts stands in another; plain searches beat one expression of many words."""
    for part in parts:  # noqa: SIM110  # asked of every file: a generator costs more than the search
        if part in text:
            return True
    return False
