"""The types of fields are those the library finds."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import typing
from typing import Any

import pytest

import scanner.records
from scanner.policy.compose import all_rules
from scanner.records.hints import type_hints


def records() -> list[Any]:
    found: list[Any] = [rule.options for rule in all_rules()]
    for listed in pkgutil.iter_modules(scanner.records.__path__):
        module = importlib.import_module(f"scanner.records.{listed.name}")
        found += [
            held
            for held in vars(module).values()
            if isinstance(held, type)
            and dataclasses.is_dataclass(held)
            and held.__module__ == module.__name__
        ]
    return found


@pytest.mark.parametrize("record", records(), ids=lambda each: f"{each.__module__}.{each.__qualname__}")
def test_the_types_are_those_the_library_finds(record: type) -> None:
    assert type_hints(record) == typing.get_type_hints(record)
