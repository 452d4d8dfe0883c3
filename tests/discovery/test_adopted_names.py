"""Tests of names that had no owner once."""

from __future__ import annotations

import pytest

from scanner.discovery.adopted_names import is_adopted
from tests.discovery.reading import world


@pytest.mark.parametrize(
    ("name", "expected"),
    [("t5-small", True), ("roberta-base", True), ("gpt2", False), ("tern-small", False)],
)
def test_an_old_name_leads_to_the_owner_it_was_given(name: str, expected: bool) -> None:
    assert is_adopted(name, world()) is expected
