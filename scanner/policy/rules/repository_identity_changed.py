"""Another repository stands under a name than the one that was locked.

A name that was given up can be taken by someone else; what is downloaded under it then is not what was
looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import drifts_of, fault_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

CHANGES = frozenset({Change.IDENTITY})


@dataclass(frozen=True, slots=True)
class Options:
    """What `repository-identity-changed` may be set to."""

    level: Level = Level.ERROR


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the Hub's own id of the repository with the locked one."""
    for drift in drifts_of(asset, facts, CHANGES):
        yield fault_of(
            drift,
            facts,
            asset.name,
            f"find out who holds the name now; if it is meant: lading lock --update {asset.name}",
        )


RULE = Rule(
    id="repository-identity-changed",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.LOCK,),
    never_baselined=True,
    blind_spots=("Mirrors that give no repository id, and a lockfile written without the Hub, hold none.",),
)
