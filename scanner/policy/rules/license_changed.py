"""The license of a model, or its license text, is not the one that was locked.

A license can change in place: same name, same weights, other terms. What was granted for the old terms
does not hold for the new ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import drifts_of, fact_of, fault_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

CHANGES = frozenset({Change.LICENSE, Change.TEXT})


@dataclass(frozen=True, slots=True)
class Options:
    """What `license-changed` may be set to."""

    level: Level = Level.WARNING


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare what is declared now with the lockfile."""
    for drift in drifts_of(asset, facts, CHANGES):
        yield fault_of(
            drift, facts, asset.name, f"read the new terms, then: lading lock --update {asset.name}"
        )


RULE = Rule(
    id="license-changed",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.LOCK,),
    rests_on=tuple(sorted(map(fact_of, CHANGES))),
    blind_spots=(
        "Offline nothing newer than the lockfile is known, so nothing is seen to change.",
        "The text is compared only where it was read: by lading lock, or where the card names no license.",
    ),
)
