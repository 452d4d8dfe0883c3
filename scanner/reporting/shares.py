"""Shares of the assets: by license category, by country, by who answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scanner.records.asset import Asset, Category, Party
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.unknown import Unknown

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all."""

    label: str
    count: int
    percent: float
    """Of all that were counted, 0 to 100."""
    start: float
    """Sum of the shares before it, for drawing."""


def shares(labels: Iterable[str]) -> tuple[Share, ...]:
    """Count labels, the most frequent first, the unknown last."""
    counts = Counter(labels)
    total = sum(counts.values())
    order = sorted(counts, key=lambda label: (label == UNKNOWN, -counts[label], label))
    found, start = [], 0.0
    for label in order:
        percent = 100 * counts[label] / total
        found.append(Share(label, counts[label], round(percent, 2), round(start, 2)))
        start += percent
    return tuple(found)


def of_categories(report: Report) -> tuple[Share, ...]:
    """Count the assets by license category."""
    return shares(
        UNKNOWN if isinstance(asset.license.category, Unknown) else asset.license.category.value
        for asset in report.assets
    )


def category_order() -> tuple[str, ...]:
    """List the categories in the order colors are given to them."""
    return (*(category.value for category in Category), UNKNOWN)


def of_countries(report: Report) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    """Answer the four questions of origin apart: publisher, developer, lineage, serving entity."""
    assets = report.assets
    published = shares(_country(asset.publisher) for asset in assets)
    developed = shares(_country(asset.developer) for asset in assets)
    inherited = shares(country for asset in assets for country in _lineage_countries(asset))
    served = shares(_country(asset.serving_entity) for asset in assets if asset.serving_entity is not None)
    return (
        ("Publisher", published),
        ("Developer", developed),
        ("Lineage (any ancestor)", inherited),
        ("Serving entity", served),
    )


def of_parties(report: Report) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    """Count the assets by who developed them, by whose parent that is, and by who serves them."""
    assets = report.assets
    return (
        ("Developer", shares(_entity(asset.developer, "entity") for asset in assets)),
        ("Parent of the developer", shares(_entity(asset.developer, "parent") for asset in assets)),
        (
            "Serving entity",
            shares(_entity(each.serving_entity, "entity") for each in assets if each.serving_entity),
        ),
    )


def _entity(party: Party | Unknown, field: str) -> str:
    if isinstance(party, Unknown):
        return UNKNOWN
    known: str | Unknown = getattr(party, field)
    return UNKNOWN if isinstance(known, Unknown) else known


def _country(party: Party | Unknown) -> str:
    if isinstance(party, Unknown) or isinstance(party.country, Unknown):
        return UNKNOWN
    return party.country


def _lineage_countries(asset: Asset) -> list[str]:
    """Name each country of the ancestors once per asset."""
    if isinstance(asset.lineage, Unknown):
        return [UNKNOWN]
    found = {UNKNOWN if isinstance(each.country, Unknown) else each.country for each in asset.lineage}
    return sorted(found)
