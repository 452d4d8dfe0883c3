"""Countries and groups of countries: what lies in what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

GROUPS = "territories"


def members(knowledge: Knowledge, code: str) -> frozenset[str]:
    """The countries of a group (`EU`); of anything else, the code itself."""
    group = knowledge.get(GROUPS, code)
    return frozenset(group["members"] if group else [code])


def entry_holding(knowledge: Knowledge, place: str, entries: Iterable[str]) -> str | None:
    """The entry of a list that a country, a group or a region is, or wholly lies in."""
    listed = tuple(entries)
    if place in listed:
        return place
    whole = members(knowledge, place)
    return next((entry for entry in listed if whole <= members(knowledge, entry)), None)


def touches(knowledge: Knowledge, place: str, entries: Iterable[str]) -> bool:
    """Whether a country or group has a country in common with an entry of a list."""
    whole = members(knowledge, place)
    return any(whole & members(knowledge, entry) for entry in entries)
