"""The providers in outline: what each of them is asked for before one is found, and no more.

Compiled into the index beside that of the recorded calls: the whole records are four times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_ASKED = ("prefixes", "spellings", "model_patterns", "model_paths", "role")
_ASKED_OF_MEMBERS = {"hosts": ("pattern",), "client_defaults": ("library", "prefix", "calls", "except")}


def outline_of(providers: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Draw the outline from the bodies of the records, by key: records of the same shape, with fewer fields.

    Members stand in their order: what was found by one of its fields is read whole by its number.
    """
    outline: dict[str, Any] = {}
    for key, body in providers:
        drawn = {name: body[name] for name in _ASKED if name in body}
        for field, asked in _ASKED_OF_MEMBERS.items():
            members = body.get(field)
            if isinstance(members, list) and all(isinstance(member, dict) for member in members):
                members = [{name: member[name] for name in asked if name in member} for member in members]
            if members is not None:
                drawn[field] = members
        outline[key] = drawn
    return outline
