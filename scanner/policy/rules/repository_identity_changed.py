"""Another repository stands under a name than the one that was locked, or seen before.

A name that was given up can be taken by someone else; what is downloaded under it then is not what was
looked at. Without a lockfile it is told by what this machine saw earlier, by the catalog, and by the day the
repository was created.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import drifts_of, fact_of, fault_of
from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

CHANGES = frozenset({Change.IDENTITY})
REDIRECT = "redirect"
"""The fact resolution tells of a name that leads to another repository."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `repository-identity-changed` may be set to."""

    level: Level = Level.ERROR
    """Where the identity is not the locked one."""
    unlocked: Level | None = Level.WARNING
    """Where no lockfile holds an identity, and the name is known to have belonged to another repository."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Compare the Hub's own id of the repository with the locked one; else with what is known of the name."""
    is_locked = False
    for drift in drifts_of(asset, facts, CHANGES):
        is_locked = True
        yield fault_of(
            drift,
            facts,
            asset.name,
            f"find out who holds the name now; if it is meant: lading lock --update {asset.name}",
        )
    told = next((each for each in asset.license.evidence if _is_another(each)), None)
    if told is None or is_locked or options.unlocked is None:
        return
    was = asset.renamed_from if asset.renamed_from != "none" else asset.name
    yield Fault(
        message=f"{was}: another repository answers under this name than the one it was: {told.quote}",
        remedy=f"find out who holds the name now; if it is meant, write {asset.name} and run lading lock",
        evidence=(told,),
        level=options.unlocked,
        about=("redirect", was, asset.name),
    )


def _is_another(evidence: Evidence) -> bool:
    return evidence.fact == REDIRECT and evidence.value == "another repository"


RULE = Rule(
    id="repository-identity-changed",
    judges=Asset,
    options=Options,
    check=check,
    never_baselined=True,
    rests_on=(*map(fact_of, CHANGES), REDIRECT),
    blind_spots=(
        "Mirrors that give no repository id, and a lockfile written without the Hub, hold none.",
        "A redirect met for the first time, without a lockfile and unknown to the catalog, is not judged.",
    ),
)
