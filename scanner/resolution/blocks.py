"""From a resolution to the blocks of a lockfile, and from blocks to what to ask."""

from __future__ import annotations

from scanner.records.asset import Ancestor, Asset, Resolution
from scanner.records.fact import Confidence
from scanner.records.lock import Lock, LockedAncestor, LockedBlock, LockedLicense, LockedText
from scanner.records.sighting import Certainty, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown
from scanner.resolution.drift import LOCKED_KINDS
from scanner.resolution.license_of import TEXT_HASH, confidence_of

_CATALOG = "catalog"
"""Who knows repositories, but has not read this one."""
NOT_THERE = frozenset({"missing", "missing-or-private", "missing-revision", "disabled"})


def blocks_of(resolution: Resolution) -> tuple[LockedBlock, ...]:
    """One block for each name the project depends on and somebody knows; sorted by key."""
    assets = {asset.id: asset for asset in resolution.assets}
    blocks: dict[str, LockedBlock] = {}
    for reference in resolution.references:
        sighting, asset = reference.sighting, assets[reference.asset]
        if sighting.role is Role.DEPENDENCY and is_lockable(asset):
            block = _block(sighting, asset)
            blocks[block.key] = block
    return tuple(blocks[key] for key in sorted(blocks))


def is_lockable(asset: Asset) -> bool:
    """Whether there is something to remember: a source knew the name and had it."""
    if asset.kind not in LOCKED_KINDS or isinstance(asset.answered_by, Unknown):
        return False
    return asset.availability not in NOT_THERE


def merge(
    before: Lock | None, blocks: tuple[LockedBlock, ...], unanswered: frozenset[str]
) -> tuple[LockedBlock, ...]:
    """Keep the old block of what could not be asked this time (keys in `unanswered`)."""
    merged = {block.key: block for block in blocks}
    for block in before.blocks if before else ():
        if block.key in unanswered:
            merged[block.key] = block
    return tuple(merged[key] for key in sorted(merged))


def why_kept(before: LockedBlock, now: LockedBlock | None, *, is_offline: bool) -> str | None:
    """Why what is locked says more than what answers now; None where it is to be written anew.

    `now` is None where nothing knew the name. The catalog never replaces what was read from the repository
    itself, nor a commit; offline an answer remembered from an earlier day replaces nothing either.
    """
    if now is None:
        return "nothing could be asked that knows it"
    loses_commit = isinstance(before.commit, str) and isinstance(now.commit, Unknown)
    if now.answered_by == _CATALOG and (loses_commit or before.answered_by != _CATALOG):
        return "only the catalog could be asked"
    if not is_offline or now.answered_by == _CATALOG:
        return None
    is_older = isinstance(before.as_of, str) and isinstance(now.as_of, str) and now.as_of < before.as_of
    return f"what could be asked is older: of {now.as_of}" if is_older else None


def sightings_of(lock: Lock) -> tuple[Sighting, ...]:
    """The references of a lockfile as sightings, each at the line of its block."""
    return tuple(
        Sighting(
            kind=block.kind,
            name=block.reference,
            revision=block.revision,
            role=Role.DEPENDENCY,
            scope=Scope.SHIPPED,
            certainty=Certainty.LITERAL,
            detector="lockfile",
            location=Location(lock.path, block.line, 1, block.line, 1),
        )
        for block in lock.blocks
    )


def _block(sighting: Sighting, asset: Asset) -> LockedBlock:
    texts = sorted({(str(e.location), str(e.value)) for e in asset.license.evidence if e.fact == TEXT_HASH})
    party, bases, data = asset.publisher, asset.lineage, asset.trained_on
    return LockedBlock(
        kind=sighting.kind,
        reference=sighting.name,
        revision=sighting.revision if isinstance(sighting.revision, str) else "none",
        name=asset.name,
        commit=asset.commit,
        identity=asset.repository_id,
        license=LockedLicense(
            asset.license.expression,
            asset.license.key,
            asset.license.declared,
            tuple(LockedText(path, sha256) for path, sha256 in texts),
        ),
        publisher=party if isinstance(party, Unknown) else party.name,
        lineage=bases if isinstance(bases, Unknown) else tuple(_ancestor(each) for each in bases),
        gated=asset.gated,
        modality=asset.modality,
        availability=asset.availability,
        answered_by=str(asset.answered_by),
        as_of=asset.as_of,
        confidence=confidence_of(asset.license) if asset.license.declared else Confidence.UNVERIFIED,
        trained_on=tuple(map(_ancestor, data))
        if isinstance(bases, Unknown) and isinstance(data, tuple)
        else None,
    )


def _ancestor(ancestor: Ancestor) -> LockedAncestor:
    return LockedAncestor(
        ancestor.name,
        ancestor.of,
        ancestor.kind,
        ancestor.relation,
        ancestor.license_declared,
        ancestor.license_key,
        ancestor.confidence,
    )
