"""One written scalar to a leaf of the settings tree."""

from __future__ import annotations

from scanner.discovery.placeholders import read_text
from scanner.discovery.tree_nodes import Leaf
from scanner.discovery.views import Constant, Text
from scanner.records.sighting import Certainty, Location

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


def leaf_of(value: str, location: Location, *, is_plain: bool, is_alias: bool = False) -> Leaf:
    """Make a leaf of a scalar; plain `true`, `null` and numbers are constants, not names."""
    if is_plain and (constant := constant_of(value, location)) is not None:
        return Leaf(constant, raw=Text(value, location))
    certainty = Certainty.FOLDED if is_alias else Certainty.LITERAL
    text = Text(value, location, certainty)
    if "$" not in value and "{{" not in value and "<%" not in value:
        return Leaf(text)
    return Leaf(read_text(text), raw=text)


def constant_of(value: str, location: Location) -> Constant | None:
    """The constant a plain scalar is, None where it is text."""
    lowered = value.lower()
    if lowered in _WORDS:
        return Constant(_WORDS[lowered], location)
    if value[:1] in "0123456789-+." and len(value) < 40:
        try:
            return Constant(float(value), location)
        except ValueError:
            return None
    return None
