"""Parties and hosted models made by hand, for tests of the rules on origin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scanner.records.asset import Asset, Endpoint, ListEntry, Party
from scanner.records.fact import Confidence
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from tests.policy.build import asset

NOT_KNOWN = Unknown("not in this test")


def party(name: str, country: str | None, **changes: Any) -> Party:
    """A publisher; XX and YY are no countries, so that no test speaks of one."""
    made = Party(
        name=name,
        entity=f"{name} Ltd",
        parent=NOT_KNOWN,
        country=country or Unknown("no country is recorded"),
        parent_country=NOT_KNOWN,
        kind="company",
        role="developer",
        lists=(),
        confidence=Confidence.VERIFIED,
        source="a page",
        as_of="2026-10-01",
    )
    return replace(made, **changes)


def entry(list_name: str = "Harbor list", status: str = "listed", **changes: Any) -> ListEntry:
    """An entry that names someone."""
    made = ListEntry(list_name, status, "2026-01-05", "harbor.example", "Ship Holdings", Confidence.VERIFIED)
    return replace(made, **changes)


def hosted(
    name: str, server: Party, region: str | Unknown = NOT_KNOWN, host: str | Unknown = "api.ship.example"
) -> Asset:
    """A hosted model and who serves it."""
    return asset(
        name,
        None,
        kind=Kind.API_MODEL,
        publisher=server,
        developer=server,
        serving_entity=server,
        endpoint=Endpoint(host, region, Unknown("not in this test")),
        lineage=Unknown("a hosted model does not say what it was made from"),
    )
