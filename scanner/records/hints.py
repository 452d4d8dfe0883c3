"""The types of a record's fields, made out of what its annotations say."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any

from scanner.records.quick import annotations_of


def type_hints(record: type) -> dict[str, Any]:
    """As `typing.get_type_hints`, for classes whose annotations are plain types; a third of the time.

    What many fields of a module say alike (`str | Unknown`) is made into a type once.
    """
    found: dict[str, Any] = {}
    for base in reversed(record.__mro__):
        for name, said in annotations_of(base).items():
            found[name] = _meaning(base.__module__, said) if isinstance(said, str) else said
    return found


@cache
def _meaning(module: str, said: str) -> Any:
    return eval(said, vars(sys.modules[module]))  # noqa: S307  # our own annotations, as typing does
