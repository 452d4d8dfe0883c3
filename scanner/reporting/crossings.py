"""Lineages that cross countries, each told in one line."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.records.asset import Ancestor, Asset
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Crossing:
    """An asset that descends from work of another country than its publisher's."""

    name: str
    words: str
    """`published in XX, from ORG/BASE (YY)`: bases of other countries, nearest first; no training data."""


def crossings(report: Report) -> tuple[Crossing, ...]:
    """Find the assets with a base whose publisher's country is another; unknown countries cross nothing."""
    found = (_crossing(asset) for asset in report.assets)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _crossing(asset: Asset) -> Crossing | None:
    publisher = asset.publisher
    if isinstance(publisher, Unknown) or isinstance(asset.lineage, Unknown):
        return None
    country = publisher.country
    if isinstance(country, Unknown):
        return None
    models = (base for base in asset.lineage if base.kind is not Kind.HF_DATASET)
    abroad = [base for base in models if isinstance(base.country, str) and base.country != country]
    if not abroad:
        return None
    return Crossing(asset.name, f"published in {country}, from {_bases(abroad)}")


def _bases(bases: Iterable[Ancestor]) -> str:
    nearest = sorted(bases, key=lambda base: (base.depth, base.name))
    return ", ".join(dict.fromkeys(f"{base.name} ({base.country})" for base in nearest))
