"""Values with holes in them."""

from __future__ import annotations

import pytest

from scanner.discovery.placeholders import fill
from scanner.discovery.views import Text
from scanner.records.sighting import Location


def _place(start: int, end: int) -> Location:
    return Location("a", 1, start + 1, 1, end + 1)


@pytest.mark.parametrize(
    ("value", "expected", "column"),
    [
        ("plain", "plain", 1),
        ("${A:-b/c}", "b/c", 6),
        ("${A-b}", "b", 5),
        ("${A:b}", "b", 5),
        ('{{ .Values.x | default "b/c" }}', "b/c", 25),
        ("x/${A:-b}", "x/b", 1),
        ("$5", "$5", 1),
    ],
)
def test_a_default_fills_its_hole(value: str, expected: str, column: int) -> None:
    filled = fill(value, _place)
    assert isinstance(filled, Text)
    assert (filled.value, filled.location.column) == (expected, column)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("${A}", "environment"),
        ("x/$A", "environment"),
        ("{{ .Values.x }}", "template"),
        ("${var.x}", "template"),
        ("$(cat x)", "chosen at run time"),
    ],
)
def test_a_hole_without_a_default_is_decided_elsewhere(value: str, reason: str) -> None:
    filled = fill(value, _place)
    assert not isinstance(filled, Text)
    assert (filled.expression, filled.reason) == (value, reason)
