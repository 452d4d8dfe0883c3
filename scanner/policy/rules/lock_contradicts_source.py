"""The lockfile says something else of a commit than the repository or the catalog says."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import drifts_of, fact_of, fault_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

CHANGES = frozenset({Change.CONTRADICTED})


@dataclass(frozen=True, slots=True)
class Options:
    """What `lock-contradicts-source` may be set to."""

    level: Level = Level.ERROR


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the locked license with every other statement about the same commit."""
    for drift in drifts_of(asset, facts, CHANGES):
        yield fault_of(
            drift, facts, asset.name, f"write down what the source says: lading lock --update {asset.name}"
        )


RULE = Rule(
    id="lock-contradicts-source",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.LOCK,),
    rests_on=tuple(sorted(map(fact_of, CHANGES))),
    never_baselined=True,
    blind_spots=(
        "Offline only the catalog can contradict; it seldom names a commit, and then this is a question.",
    ),
)
