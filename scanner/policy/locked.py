"""What rules about the lockfile share: the drifts of one asset, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.policy.rule import Facts, Fault, Spot
from scanner.records.asset import Asset
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.lock import Change, Drift, Lock, lock_key

EDITED = "lock.edited"
"""The fact that a change wrote into the lockfile."""


def fact_of(change: Change) -> str:
    """What a difference to the lockfile is called as a fact."""
    return f"lock.{change.value}"


def facts_of(lock: Lock | None) -> Iterator[str]:
    """Everything a lockfile tells as a fact."""
    if lock is not None:
        yield from (fact_of(drift.change) for drift in lock.drifts)
        if lock.edited:
            yield EDITED


def drifts_of(asset: Asset, facts: Facts, changes: frozenset[Change]) -> Iterator[Drift]:
    """The differences of these kinds that resolution found for an asset."""
    lock: Lock | None = facts.lock
    for drift in lock.drifts if lock is not None else ():
        if drift.asset == asset.id and drift.change in changes:
            yield drift


def edits_of(asset: Asset, facts: Facts) -> Iterator[Drift]:
    """What the change under judgement wrote into the blocks of an asset."""
    lock: Lock | None = facts.lock
    keys = set()
    for place in facts.places_of(asset):
        sighting = place.reference.sighting
        revision = sighting.revision if isinstance(sighting.revision, str) else "none"
        keys.add(lock_key(sighting.kind, sighting.name, revision))
    for drift in lock.edited if lock is not None else ():
        if drift.key in keys:
            yield drift


def fault_of(drift: Drift, facts: Facts, name: str, remedy: str, level: Level | None = None) -> Fault:
    """Tell a difference, at the line of its block."""
    lock: Lock = facts.lock
    return Fault(
        message=f"{name}: {drift.what}",
        remedy=remedy,
        evidence=(
            Evidence(
                fact_of(drift.change),
                drift.now,
                drift.source,
                drift.as_of,
                drift.confidence,
                quote=f"locked: {drift.was}",
                location=f"{lock.path}:{drift.line}" if drift.line else None,
            ),
        ),
        level=level,
        spot=Spot(lock.path, drift.line) if drift.line else None,
        about=(drift.change.value, drift.was, drift.now),
    )
