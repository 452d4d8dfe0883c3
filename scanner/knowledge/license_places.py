"""Where in a file license texts stand: whole copies, and changed ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scanner.knowledge.license_text import MAX_TEXTS_IN_A_FILE, identify, own_key
from scanner.records.quick import dataclass

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

MAX_ROUNDS = 8
"""Times a file is asked for further texts; one round finds MAX_TEXTS_IN_A_FILE of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """The lines on which one license text stands."""

    key: str
    """The nearest record where the text is no copy."""
    first: int
    last: int
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Held:
    """The license texts of one file."""

    places: tuple[Place, ...]
    is_unknown_license: bool
    """Whether the file reads like a license and is near to none that is known."""


def held_in(text: str, knowledge: Knowledge) -> Held:
    """Find the license texts in a file; records laid over the shipped ones count too."""
    key = own_key(text, knowledge)
    if key:
        return Held((Place(key, 1, len(text_lines(text)), True),), False)
    return _held_in(text)


@lru_cache(maxsize=64)
def _held_in(text: str) -> Held:
    lines = text_lines(text)
    found: list[Place] = []
    is_unknown = False
    for at in range(MAX_ROUNDS):
        said = identify("\n".join(lines))
        is_unknown = is_unknown or (at == 0 and said.answer == "unknown" and not said.matches)
        found += [Place(each.key, each.start_line, each.end_line, each.is_copy) for each in said.matches]
        if sum(each.is_copy for each in said.matches) < MAX_TEXTS_IN_A_FILE:
            break
        for each in said.matches:
            lines[each.start_line - 1 : each.end_line] = [""] * (each.end_line - each.start_line + 1)
    return Held(tuple(found), is_unknown)


def text_lines(text: str) -> list[str]:
    """The lines of a text as the places of license texts count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
