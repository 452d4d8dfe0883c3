"""JSON files that describe a model: loaded within bounds, with the places of their texts."""

from __future__ import annotations

import json
import re
from typing import Any

from scanner.discovery.source import Source
from scanner.records.sighting import Location

MAX_CHARACTERS = 2_000_000
"""A longer file is no description of a model."""


def load_object(source: Source) -> dict[str, Any]:
    """Load the JSON object of a file; anything else gives an empty one."""
    if len(source.text) > MAX_CHARACTERS:
        source.leave_out(f"longer than {MAX_CHARACTERS} characters: not read as the description of a model")
        return {}
    try:
        loaded = json.loads(source.text)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def find_texts(source: Source, key: str | None, text: str) -> list[Location]:
    """Places of a text as a value, of this key where one is given; without the quotes."""
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    before = rf'"{re.escape(key)}"\s*:\s*"' if key is not None else '"'
    places = []
    for found in re.finditer(before + f"({re.escape(written)})" + '"', source.text):
        line = source.text.count("\n", 0, found.start(1)) + 1
        column = found.start(1) - (source.text.rfind("\n", 0, found.start(1)) + 1) + 1
        places.append(source.locate(line, column, line, column + len(written)))
    return places
