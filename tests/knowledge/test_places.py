"""What lies in what: countries, groups of them, labels."""

from __future__ import annotations

import pytest

from scanner.knowledge.places import entry_holding, members, touches
from scanner.knowledge.store import Knowledge, open_knowledge


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return open_knowledge()


def test_a_group_is_its_countries_and_a_country_is_itself(shipped: Knowledge) -> None:
    assert members(shipped, "DE") == {"DE"}
    assert members(shipped, "EEA") - members(shipped, "EU") == {"IS", "LI", "NO"}
    assert members(shipped, "EU") - members(shipped, "EEA") == set()


@pytest.mark.parametrize(
    ("place", "entries", "holding"),
    [
        ("FR", ("EU",), "EU"),
        ("FR", ("EU", "FR"), "FR"),
        ("EU", ("EEA",), "EEA"),
        ("EEA", ("EU",), None),
        ("EU", ("FR",), None),
        ("GB", ("EU", "EEA"), None),
        ("eu-central-1", ("eu-central-1",), "eu-central-1"),
    ],
)
def test_the_entry_that_holds_a_place(
    shipped: Knowledge, place: str, entries: tuple[str, ...], holding: str | None
) -> None:
    assert entry_holding(shipped, place, entries) == holding


def test_a_group_touches_what_has_a_country_of_it(shipped: Knowledge) -> None:
    assert [touches(shipped, "EU", each) for each in (("FR",), ("US", "EEA"), ("US",), ())] == [
        True,
        True,
        False,
        False,
    ]
