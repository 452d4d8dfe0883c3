"""The lockfile no longer describes what the project uses."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.locked import drifts_of, fact_of, fault_of
from scanner.policy.rule import Facts, Fault, Need, Rule
from scanner.records.asset import Asset
from scanner.records.finding import Level
from scanner.records.lock import Change
from scanner.records.quick import dataclass

CHANGES = frozenset({Change.BASE, Change.RENAMED, Change.GATED, Change.GONE})


@dataclass(frozen=True, slots=True)
class Options:
    """What `lock-stale` may be set to."""

    level: Level = Level.WARNING
    """For a repository that was renamed, gated or withdrawn, or names another base."""
    unlocked: Level | None = Level.WARNING
    """For a name the lockfile does not hold; off leaves those alone."""
    moved: Level | None = Level.NOTE
    """For a reference without a fixed revision whose repository has a newer commit; off is silent."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Speak of names that are not locked, and of repositories that have moved on."""
    update = f"lading lock --update {asset.name}"
    for drift in drifts_of(asset, facts, CHANGES):
        yield fault_of(drift, facts, asset.name, f"look at it, then: {update}")
    if options.unlocked is not None:
        for drift in drifts_of(asset, facts, frozenset({Change.UNLOCKED})):
            yield Fault(
                message=f"{drift.now} is not locked yet",
                remedy="run lading lock",
                level=options.unlocked,
                setting="unlocked",
                about=("unlocked",),
            )
    if options.moved is not None:
        for drift in drifts_of(asset, facts, frozenset({Change.COMMIT})):
            yield fault_of(drift, facts, asset.name, update, options.moved)


RULE = Rule(
    id="lock-stale",
    judges=Asset,
    options=Options,
    check=check,
    needs=(Need.LOCK,),
    rests_on=tuple(sorted(map(fact_of, {*CHANGES, Change.UNLOCKED, Change.COMMIT}))),
    blind_spots=("A block whose name the project no longer uses is told by lading lock --check only.",),
)
